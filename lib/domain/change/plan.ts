import { z } from "zod";
import { ObservedNumber, ProblemView, Time } from "@/lib/domain/views/common";
import { PlannedOperation } from "./operation";
import { ChangeRequest } from "./request";

/**
 * How bad a consequence is, worst first. `loss`: unread records or data go. `breach`: a promise of ours is broken. `breaks`: clients
 * fail or misbehave. `throttles`: somebody is held back. `permanent`: cannot be taken back. `room`: capacity, partitions, disks.
 * `unseen`: what could not be looked at. `note`: good to know. `fine`: what was looked at and is well.
 */
export const CONSEQUENCE_CLASSES = ["loss", "breach", "breaks", "throttles", "permanent", "room", "unseen", "note", "fine"] as const;
export const ConsequenceClass = z.enum(CONSEQUENCE_CLASSES);
export type ConsequenceClass = z.infer<typeof ConsequenceClass>;

const Link = z.object({ label: z.string(), href: z.string() });

export const Consequence = z.object({
  class: ConsequenceClass,
  /** With its numbers: "kestrel-archive loses 145 million records it has not read." */
  sentence: z.string(),
  detail: z.string().nullable(),
  tenantId: z.string().nullable(),
  clusterId: z.string().nullable(),
  links: z.array(Link),
  /** Another request that avoids it: "Keep 4 days instead: nothing unread is lost". */
  instead: z.object({ label: z.string(), request: ChangeRequest }).nullable(),
});
export type Consequence = z.infer<typeof Consequence>;

/** Why something cannot be done, and the way out. With a `field` it is about that part of the request. */
export const Refusal = z.object({
  field: z.string().nullable(),
  reason: z.string(),
  wayOut: z.string(),
  link: Link.nullable(),
});
export type Refusal = z.infer<typeof Refusal>;

/** A tenant or topic of the scope that the change leaves alone, with the reason; the rest goes on. */
export const LeftOut = z.object({ subject: z.string(), tenantId: z.string().nullable(), reason: z.string(), link: Link.nullable() });
export type LeftOut = z.infer<typeof LeftOut>;

/** A mark on a form's scale: the tier's default or bound, a preset. */
export const Mark = z.object({ label: z.string(), value: z.number() });

/** What the retention ruler draws. Times in milliseconds before now. */
export const RetentionRuler = z.object({
  kind: z.literal("retention"),
  nowMs: z.number().nullable(),
  afterMs: z.number().nullable(),
  marks: z.array(Mark),
  staysBytes: ObservedNumber,
  goesBytes: ObservedNumber,
  groups: z.array(
    z.object({
      clusterId: z.string(),
      groupId: z.string(),
      topic: z.string(),
      timeBehindMs: z.number().nullable(),
      losesRecords: z.number().nullable(),
      hasMembers: z.boolean(),
    }),
  ),
});
export type RetentionRuler = z.infer<typeof RetentionRuler>;

/** What the form for quotas draws: for each rule and broker the rates of the last hour against the value now and after. */
export const QuotaScale = z.object({
  kind: z.literal("quota"),
  rows: z.array(
    z.object({
      tenantId: z.string().nullable(),
      clusterId: z.string(),
      entity: z.string(),
      key: z.string(),
      now: z.number().nullable(),
      after: z.number().nullable(),
      promised: z.number().nullable(),
      /** How `after` follows from what is given, for a person to check. */
      arithmetic: z.string().nullable(),
      brokers: z.array(
        z.object({
          brokerId: z.number(),
          peakPerSecond: z.number().nullable(),
          meanPerSecond: z.number().nullable(),
          /** Minutes of the last hour in which the rate was above the value after. */
          minutesAbove: z.number().nullable(),
          minutesSeen: z.number(),
        }),
      ),
    }),
  ),
});
export type QuotaScale = z.infer<typeof QuotaScale>;

/** The chain of sizes a record passes; each must admit it. */
export const SizeChain = z.object({
  kind: z.literal("message-size"),
  steps: z.array(
    z.object({ where: z.string(), key: z.string(), bytes: z.number().nullable(), source: z.string(), fits: z.boolean().nullable() }),
  ),
  largestRecordBytes: ObservedNumber,
  marks: z.array(Mark),
});
export type SizeChain = z.infer<typeof SizeChain>;

export const PlanPicture = z.discriminatedUnion("kind", [RetentionRuler, QuotaScale, SizeChain]);
export type PlanPicture = z.infer<typeof PlanPicture>;

/** What has to be put where the resources are managed, instead of applying. */
export const Patch = z.object({
  by: z.string(),
  text: z.string(),
  /** Everything is managed elsewhere. false: the operations that are left are carried out here. */
  whole: z.boolean(),
});

/**
 * What a change would do, decided from facts that were read once. With refusals nothing can be applied. `confirm` says what a person
 * must give: a reason for what can lose data, and the name to type for what loses unread or much data.
 */
export const Plan = z.object({
  request: ChangeRequest,
  /** What the button says: "Set retention to 3 days on 4 topics". */
  title: z.string(),
  operations: z.array(PlannedOperation),
  consequences: z.array(Consequence),
  refusals: z.array(Refusal),
  leftOut: z.array(LeftOut),
  picture: PlanPicture.nullable(),
  confirm: z.object({ reasonRequired: z.boolean(), typeName: z.string().nullable() }),
  /** How the operations are sent, in words: "IncrementalAlterConfigs, one request". */
  means: z.string(),
  patch: Patch.nullable(),
});
export type Plan = z.infer<typeof Plan>;

/** How many operations a plan's answer lists; the rest is counted. */
export const OPERATIONS_SHOWN = 500;

export const PlanView = Plan.extend({
  /** SHA-256 of the values to be written, the request and the worst consequence's class; apply takes it. */
  fingerprint: z.string(),
  counts: z.object({ operations: z.number(), units: z.number(), tenants: z.number(), topics: z.number(), clusters: z.number() }),
  /** Names the facts the plan was decided on, for a while; typing sends it again so that nothing is read anew. */
  factsId: z.string(),
  factsAt: Time,
  /** What could not be read for it. */
  problems: z.array(ProblemView),
  /** What the brokers themselves said to it; null: not asked. */
  validation: z
    .object({
      /** All that were asked about would be accepted. */
      ok: z.boolean(),
      problems: z.array(ProblemView),
      /** Operations on clusters that nobody was asked about; they are checked when they are carried out. */
      unasked: z.number(),
    })
    .nullable(),
});
export type PlanView = z.infer<typeof PlanView>;
