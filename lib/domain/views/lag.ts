import { z } from "zod";
import { ObservedNumber, Owner, ProblemView, Time } from "./common";

export const GROUP_TYPES = ["classic", "consumer", "share", "streams", "unknown"] as const;

/**
 * `ok` · `behind`: past the tier's objective · `stuck`: commits unmoved for five minutes while records wait · `losing`: committed
 * below the log's start, unread records are gone · `no-members` · `no-commits` · `not-applicable`: a share group has no offsets · `unknown`.
 */
export const LAG_STATES = ["ok", "behind", "stuck", "losing", "no-members", "no-commits", "not-applicable", "unknown"] as const;
export const LagState = z.enum(LAG_STATES);
export type LagState = z.infer<typeof LagState>;

export const PartitionLag = z.object({
  topic: z.string(),
  partition: z.number(),
  /** Offsets are decimal strings: they exceed what a JSON number holds exactly. null: not known. */
  startOffset: z.string().nullable(),
  committedOffset: z.string().nullable(),
  endOffset: z.string().nullable(),
  recordsBehind: z.number().nullable(),
  timeBehindMs: z.number().nullable(),
  /** Records that were unread and are gone: committed below the log's start. */
  lostRecords: z.number(),
  /** Records between the committed offset and the log's start: how much room is left before loss. */
  headroomRecords: z.number().nullable(),
  movedAt: Time.nullable(),
  leaderId: z.number().nullable(),
  memberId: z.string().nullable(),
  reason: z.string().nullable(),
});
export type PartitionLag = z.infer<typeof PartitionLag>;

export const GroupSummary = z.object({
  clusterId: z.string(),
  groupId: z.string(),
  type: z.enum(GROUP_TYPES),
  /** Kafka's own word for the group's state. */
  kafkaState: z.string(),
  hasMembers: z.boolean().nullable(),
  owner: Owner,
  topics: z.array(z.string()),
  state: LagState,
  reason: z.string().nullable(),
  recordsBehind: ObservedNumber,
  timeBehindMs: ObservedNumber,
  /** Time behind over the retention of the worst topic; 1 is loss. null: not known. */
  retentionShare: z.number().nullable(),
  lostRecords: z.number(),
  stuckSince: Time.nullable(),
  /** When Kafka drops the commits of a group without members (KIP-211); null: has members, or not known. */
  commitsExpireAt: Time.nullable(),
  objectiveMs: z.number().nullable(),
});
export type GroupSummary = z.infer<typeof GroupSummary>;

export const GroupMember = z.object({
  memberId: z.string(),
  clientId: z.string(),
  host: z.string(),
  instanceId: z.string().nullable(),
  assigned: z.array(z.object({ topic: z.string(), partitions: z.array(z.number()) })),
});

export const GroupDetail = GroupSummary.extend({
  partitions: z.array(PartitionLag),
  /** null: could not be read, see problems. */
  members: z.array(GroupMember).nullable(),
  coordinatorId: z.number().nullable(),
  problems: z.array(ProblemView),
  at: Time.nullable(),
});
export type GroupDetail = z.infer<typeof GroupDetail>;

/** The headline of a tenant: its worst group with members. */
export const LagHeadline = z.object({
  state: z.enum([...LAG_STATES, "none", "shared"]),
  clusterId: z.string().nullable(),
  groupId: z.string().nullable(),
  recordsBehind: z.number().nullable(),
  timeBehindMs: z.number().nullable(),
  reason: z.string().nullable(),
});
export type LagHeadline = z.infer<typeof LagHeadline>;
