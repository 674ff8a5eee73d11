import { z } from "zod";
import { ConditionView, Time } from "./common";

/** A finding with what to do about it. */
export const PostureFinding = ConditionView.extend({
  remedy: z.string(),
  /** The page on which what is found is shown, and changed where it can be. */
  way: z.object({ href: z.string(), word: z.string() }),
  /** Where the remedy is a change: forms with its value and reason filled in. */
  plans: z.array(z.object({ href: z.string(), words: z.string() })),
  /** Lines of Kafka's own tools that make it good, where the console does not write; `$BOOTSTRAP` is the cluster's addresses. */
  commands: z.string().nullable(),
  /** Whom it falls on: how many tenants, and the first of them. null: none in particular. */
  affects: z.object({ count: z.number(), tenants: z.array(z.object({ id: z.string(), name: z.string() })) }).nullable(),
});
export type PostureFinding = z.infer<typeof PostureFinding>;

/** One check: what it looks for, how much it found, and where it could not look. */
export const PostureCheck = z.object({
  rule: z.string(),
  label: z.string(),
  looksFor: z.string(),
  found: z.number(),
  unseen: z.array(z.object({ clusterId: z.string(), reason: z.string(), partly: z.boolean() })),
});
export type PostureCheck = z.infer<typeof PostureCheck>;

export const PostureCounts = z.object({ danger: z.number(), warn: z.number(), info: z.number(), acknowledged: z.number() });
export type PostureCounts = z.infer<typeof PostureCounts>;

/** What is wrong by construction: findings worst first, and every check with what it could not see. */
export const PostureView = z.object({
  at: Time.nullable(),
  /** The oldest of the clusters' last checks; null: a cluster was never checked. */
  checkedAt: Time.nullable(),
  counts: PostureCounts,
  /** At most 200 of `total`; the CSV has all. */
  findings: z.array(PostureFinding),
  total: z.number(),
  clusterNames: z.record(z.string(), z.string()),
  checks: z.array(PostureCheck),
});
export type PostureView = z.infer<typeof PostureView>;

/** Findings that began or ended, the newest first. */
export const PostureHistory = z.object({
  /** At most 200 of `total`. */
  conditions: z.array(ConditionView),
  total: z.number(),
});
export type PostureHistory = z.infer<typeof PostureHistory>;
