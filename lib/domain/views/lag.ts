import { z } from "zod";
import { ObservedNumber, Owner, PageInfo, ProblemView, SourceName, Time } from "./common";

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
  timeAtLeast: z.literal(true).exactOptional().describe("The first unread record is older than what was watched."),
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
  /** Time behind over the retention of the worst topic; 1 is loss, and "at least" where the time is. null: not known. */
  retentionShare: z.number().nullable(),
  /** null: cannot be seen. */
  lostRecords: z.number().nullable(),
  stuckSince: Time.nullable(),
  /** When Kafka drops the commits of a group without members (KIP-211); null: has members, or not known. */
  commitsExpireAt: Time.nullable(),
  objectiveMs: z.number().nullable(),
  /**
   * AWS's own figures by topic, where the brokers do not tell. The time is AWS's estimate of the time to *drain* the worst partition:
   * it is not how old the unread records are, and is compared with no objective and no retention.
   */
  awsLag: z
    .array(
      z.object({
        topic: z.string(),
        sumOffsetLag: z.number().nullable(),
        maxOffsetLag: z.number().nullable(),
        estimatedMaxTimeLagSeconds: z.number().nullable(),
      }),
    )
    .exactOptional(),
});
export type GroupSummary = z.infer<typeof GroupSummary>;

/** An observed number as a list sends it: its time and texts are indexes of the page's `times` and `texts`. */
export const ListedNumber = z.discriminatedUnion("source", [
  z.object({
    source: SourceName,
    value: z.number(),
    at: z.int(),
    error: z.number().exactOptional(),
    atLeast: z.literal(true).exactOptional(),
    note: z.int().exactOptional(),
  }),
  z.object({ source: z.literal("unavailable"), reason: z.int(), remedy: z.int(), at: z.int() }),
]);
export type ListedNumber = z.infer<typeof ListedNumber>;

/** A group as a list sends it. What is not known or not so is absent; of many tenants that share it the first few are named. */
export const ListedGroup = GroupSummary.pick({
  clusterId: true,
  groupId: true,
  type: true,
  kafkaState: true,
  owner: true,
  topics: true,
  state: true,
  lostRecords: true,
}).extend({
  hasMembers: z.boolean().exactOptional(),
  reason: z.int().exactOptional().describe("An index of the page's texts."),
  recordsBehind: ListedNumber,
  timeBehindMs: ListedNumber,
  retentionShare: z.number().exactOptional(),
  stuckSince: Time.exactOptional(),
  commitsExpireAt: Time.exactOptional(),
  objectiveMs: z.number().exactOptional(),
});
export type ListedGroup = z.infer<typeof ListedGroup>;

export const GroupPage = z.object({ page: PageInfo, times: z.array(Time), texts: z.array(z.string()), rows: z.array(ListedGroup) });
export type GroupPage = z.infer<typeof GroupPage>;

export const GroupMember = z.object({
  memberId: z.string(),
  clientId: z.string(),
  host: z.string(),
  instanceId: z.string().nullable(),
  assigned: z.array(z.object({ topic: z.string(), partitions: z.array(z.number()) })),
});

/** When a group has read what waits, with the arithmetic. */
export const CaughtUp = z.object({
  groupId: z.string(),
  clusterId: z.string(),
  /** null: never at this pace, or not known; the arithmetic says which. */
  inMs: z.number().nullable(),
  atLeast: z.literal(true).exactOptional().describe("A part of the records could not be seen: it takes no less."),
  arithmetic: z.string(),
});
export type CaughtUp = z.infer<typeof CaughtUp>;

export const GroupDetail = GroupSummary.extend({
  caughtUp: CaughtUp.nullable().describe("null: no record is known to wait, the group is not known to be late, or it is not one tenant's."),
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
  recordsAtLeast: z.literal(true).exactOptional().describe("A part of the records could not be seen: the truth is not below them."),
  timeBehindMs: z.number().nullable(),
  timeAtLeast: z.literal(true).exactOptional().describe("The same of the time."),
  reason: z.string().nullable(),
});
export type LagHeadline = z.infer<typeof LagHeadline>;
