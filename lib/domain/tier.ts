import { z } from "zod";
import { MODELS } from "./isolation";
import { Slug } from "./slug";
import { ByteRate, Bytes, Duration } from "./units";

/** What a plan promises to a tenant as a whole, over all its placements. An absent value is not promised and not bounded. */
export const Tier = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(80),
  model: z.enum(MODELS),
  produceBytesPerSecond: ByteRate.exactOptional(),
  consumeBytesPerSecond: ByteRate.exactOptional(),
  /** Percent of one broker thread, as Kafka's request_percentage. */
  requestPercent: z.number().gt(0).exactOptional(),
  retentionMs: z.strictObject({ default: Duration.exactOptional(), max: Duration.exactOptional() }).exactOptional(),
  maxMessageBytes: z.strictObject({ default: Bytes.exactOptional(), max: Bytes.exactOptional() }).exactOptional(),
  partitions: z
    .strictObject({ perTopicMax: z.int().positive().exactOptional(), totalMax: z.int().positive().exactOptional() })
    .exactOptional(),
  lagObjectiveMs: Duration.exactOptional(),
  /** What may lie there, one copy, before it counts as more than was sold. Nothing enforces it. */
  storageIncludedBytes: Bytes.exactOptional(),
  pricePerMonth: z.number().min(0).exactOptional(),
  /** How far one broker may exceed its even part of the promise before the quota binds; 1 on a single broker. */
  skewAllowance: z.number().min(1).max(10).default(1.25),
  /** No tenant can be put on it any more. */
  archived: z.literal(true).exactOptional(),
});
export type Tier = z.infer<typeof Tier>;
