import { z } from "zod";
import { ByteRate, Bytes, Duration } from "@/lib/domain/units";

/** Kafka's -1: records are kept for ever, or up to any size. */
export const UNLIMITED = "unlimited";
export const Unlimited = z.literal(UNLIMITED);

/** Kafka holds `max.message.bytes` in 32 bits. */
const INT_MAX = 2_147_483_647;

const ABOVE_ZERO = "must be more than 0";

/** How long records stay, in milliseconds. 0 would delete everything at once, which is no retention. */
export const RetentionTime = z.union([Unlimited, Duration.refine((value) => value > 0, ABOVE_ZERO)]);
/** How many bytes of a partition stay. */
export const RetentionSize = z.union([Unlimited, Bytes.refine((value) => value > 0, ABOVE_ZERO)]);
export const MessageSize = Bytes.refine((value) => value > 0, ABOVE_ZERO).refine(
  (value) => value <= INT_MAX,
  `must be at most ${INT_MAX} bytes: Kafka keeps it in 32 bits`,
);
/** Kafka refuses a byte rate of 0; a tenant is stopped by taking its permissions away. */
export const QuotaRate = ByteRate.refine((value) => value > 0, `${ABOVE_ZERO}: Kafka has no quota of 0`);
/** Percent of one thread, of request handlers and network processors together; may exceed 100. */
export const RequestPercent = z.number().gt(0, `${ABOVE_ZERO}: Kafka has no quota of 0`).max(1_000_000);
export const MutationRate = z.number().gt(0, `${ABOVE_ZERO}: Kafka has no quota of 0`).max(1_000_000);
