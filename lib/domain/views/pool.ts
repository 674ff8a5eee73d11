import { z } from "zod";
import { VERDICTS } from "@/lib/domain/noise/noise";
import { ObservedNumber, SourceName, Time } from "./common";
import { PoolHourView } from "./noisy";
import { DIRECTIONS } from "./use";

const Share = z.object({ bytes: z.number(), bytesError: z.number(), records: z.number(), recordsError: z.number() });

/** How far a group is in the one partition that holds all of a tenant's records. */
export const PartitionStand = z.object({ groupId: z.string(), recordsBehind: ObservedNumber, timeBehindMs: ObservedNumber });
export type PartitionStand = z.infer<typeof PartitionStand>;

/** A tenant's part of one shared topic. */
export const PoolPart = z.object({
  clusterId: z.string(),
  topic: z.string(),
  /** The last sample; null: there was none. */
  sample: z
    .object({
      at: Time,
      draws: z.number(),
      /** 0 to 1, each with the half width of its 95 % interval; null: it was in none of the batches. */
      share: Share.nullable(),
      /** Whoever was in none has at most this share of the records, in 95 of 100 cases. */
      unmet: z.number(),
    })
    .nullable(),
  bytesInPerSecond: ObservedNumber,
  bytesOutPerSecond: ObservedNumber,
  /** The partition in which all of its records lie; null: they may be in any, or `partitionUnknown` says why it cannot be told. */
  partition: z
    .object({
      partition: z.number(),
      by: z.enum(["key", "sample"]),
      /** Whether a sample met its records there. */
      seen: z.boolean(),
      /** Who else's records lie there, the first few by name. */
      sharedWith: z.array(z.object({ id: z.string(), name: z.string() })),
      sharedWithCount: z.number(),
      groups: z.array(PartitionStand),
    })
    .nullable(),
  partitionUnknown: z.string().nullable(),
});
export type PoolPart = z.infer<typeof PoolPart>;

/** What the application reports of a tenant on one cluster. */
export const ReportedPart = z.object({
  clusterId: z.string(),
  from: z.string(),
  /** null: this direction is not reported. */
  produceBytesPerSecond: ObservedNumber.nullable(),
  consumeBytesPerSecond: ObservedNumber.nullable(),
  /** Why it does not count now, with what can be done; null: it counts. */
  away: z.object({ reason: z.string(), remedy: z.string() }).nullable(),
});
export type ReportedPart = z.infer<typeof ReportedPart>;

/** What it took in an hour, against its promise. */
export const PoolHour = PoolHourView.extend({
  clusterId: z.string(),
  direction: z.enum(DIRECTIONS),
  verdict: z.enum(VERDICTS),
  source: SourceName,
});

export type PoolHour = z.infer<typeof PoolHour>;

export const TenantPool = z.object({
  parts: z.array(PoolPart),
  reported: z.array(ReportedPart),
  /** The last hours that are known of each cluster and direction, the newest first. */
  hours: z.array(PoolHour),
  /** Why its last hour is not among them, by cluster. */
  hoursUnseen: z.array(z.object({ clusterId: z.string(), reason: z.string() })),
});
export type TenantPool = z.infer<typeof TenantPool>;
