import { z } from "zod";
import { MODELS } from "@/lib/domain/isolation";
import { Time } from "./common";
import { DIRECTIONS } from "./use";

const Direction = z.enum(DIRECTIONS);

export const ReachView = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("reached") }),
  z.object({ kind: z.literal("date"), at: Time, earliest: Time, latest: Time.nullable() }),
  z.object({ kind: z.literal("none"), because: z.string() }),
]);
export type ReachView = z.infer<typeof ReachView>;

/** Minutes above a promise, between two bounds: hours keep their sum and their highest minute. */
export const MinutesOverView = z.object({ atLeast: z.number(), atMost: z.number(), minutesSeen: z.number() });
export type MinutesOverView = z.infer<typeof MinutesOverView>;

/** How one tenant uses its promise over the range. */
export const UsageRow = z.object({
  tenantId: z.string(),
  tenantName: z.string(),
  tierId: z.string(),
  /** 95th percentile over the promise, in the worse direction; null: nothing promised, or nothing seen. */
  share: z.number().nullable(),
  direction: Direction.nullable(),
  produceBytesPerSecond: z.number().nullable(),
  consumeBytesPerSecond: z.number().nullable(),
  /** Share of the promise that is added in 30 days, with the half width of its 95 % interval; null: fewer than seven days carry it. */
  growth: z.object({ perMonth: z.number(), error: z.number() }).nullable(),
  reach: ReachView,
  /** A tier of null: it stays. Money by list prices. */
  suggestion: z.object({
    tierId: z.string().nullable(),
    reason: z.string(),
    perMonth: z.number().nullable(),
    /** Where the models differ it has to be moved. */
    moves: z.object({ from: z.enum(MODELS), to: z.enum(MODELS) }).nullable(),
    /** Of a lower tier: how long in the last 90 days it was above what that one promises. null: none is suggested, or nothing is kept of it. */
    over: MinutesOverView.nullable(),
  }),
  costPerMonth: z.number().nullable(),
  costAtLeast: z.boolean(),
  pricePerMonth: z.number().nullable(),
  /** What it would be on each tier; nothing is written. */
  options: z.array(z.object({ tierId: z.string(), share: z.number().nullable(), pricePerMonth: z.number().nullable() })),
});
export type UsageRow = z.infer<typeof UsageRow>;

export const TierUsage = z.object({
  tierId: z.string(),
  tenants: z.number(),
  /** Tenants with a promise and a reading in the range. */
  known: z.number(),
  /** Tenants by use of their promise: bins of 5 %, the last for 120 % and more. */
  bins: z.array(z.number()),
  near: z.number(),
  underUsed: z.number(),
  /** Produce rate of all its tenants together, by step; null: nothing was seen then. */
  produce: z.array(z.number().nullable()),
});
export type TierUsage = z.infer<typeof TierUsage>;

export const UsageView = z.object({
  from: Time,
  to: Time,
  stepMs: z.number(),
  times: z.array(z.number()),
  tiers: z.array(TierUsage),
  /** How many tenants changes through the console moved from one tier to another in this time. */
  moves: z.array(z.object({ from: z.string(), to: z.string(), tenants: z.number() })),
  near: z.array(UsageRow),
  underUsed: z.array(UsageRow),
  at: Time.nullable(),
});
export type UsageView = z.infer<typeof UsageView>;

export const TierUsageView = z.object({
  from: Time,
  to: Time,
  stepMs: z.number(),
  tiers: z.array(z.object({ id: z.string(), name: z.string() })),
  rows: z.array(UsageRow),
  total: z.number(),
  /** Of another tier that was asked for: how long in the last 90 days each was above what it promises; who is not there was not seen. */
  over: z.record(z.string(), MinutesOverView).nullable(),
});
export type TierUsageView = z.infer<typeof TierUsageView>;
