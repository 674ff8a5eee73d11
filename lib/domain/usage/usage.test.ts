import { describe, expect, it } from "vitest";
import { unavailable } from "@/lib/domain/observed";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import type { DirectionUse } from "@/lib/domain/views/use";
import { growthOf, reachOf } from "./growth";
import { againstIncluded, MonthUse } from "./month";
import { percentile } from "./percentile";
import { binOf, type Lines, shareOf, suggestTier, tenantUsage } from "./tenant-usage";

const EMPTY_MONTH = {
  minutesSeen: 1,
  minutesAbovePromise: null,
  minutesThrottledAbove: null,
  minutesThrottledBelow: null,
  minutesLagMissed: null,
  producedBytes: null,
  consumedBytes: null,
};
const DAY = 86_400_000;
const HOUR = 3_600_000;

describe("a percentile, by nearest rank", () => {
  it.each<[number[], number, number | null]>([
    [[], 0.95, null],
    [[7], 0.95, 7],
    [[15, 20, 35, 40, 50], 0.3, 20],
    [[15, 20, 35, 40, 50], 0.4, 20],
    [[15, 20, 35, 40, 50], 1, 50],
    [Array.from({ length: 20 }, (_, at) => 20 - at), 0.95, 19],
    [Array.from({ length: 100 }, (_, at) => at + 1), 0.95, 95],
  ])("of %j at %d is %s", (values, part, expected) => expect(percentile(values, part)).toBe(expected));
});

describe("storage above what a tier includes", () => {
  const use = (storedBytes: number | null) => MonthUse.parse({ ...EMPTY_MONTH, storedBytes });
  it.each<[number | null, number | undefined, number | null]>([
    [700, 500, 200],
    [500, 500, 0],
    [100, 500, 0],
    [700, undefined, null],
    [null, 500, null],
  ])("of %s with %s included is %s", (stored, included, above) =>
    expect(againstIncluded(use(stored), included).storedAboveBytes).toBe(above),
  );

  it("and minutes at the limit are not known of a month that did not count them", () => {
    expect(MonthUse.parse({ ...EMPTY_MONTH, storedBytes: 1 })).toMatchObject({ minutesAtLimit: null, storedAboveBytes: null });
  });
});

describe("growth", () => {
  it("of a straight line is exact: 1 % a day is 30 % a month", () => {
    const growth = growthOf(Array.from({ length: 10 }, (_, day) => 0.5 + day * 0.01));
    expect(growth?.perMonth).toBeCloseTo(0.3);
    expect(growth?.error).toBeCloseTo(0);
    expect(growth?.now).toBeCloseTo(0.59);
  });

  // Days 0 to 6 with 1 3 2 4 3 5 4: slope 14/28, squared residuals 10.857 - 7 = 3.857, over 5 is 0.7714, standard error 0.16599, t(5) 2.57.
  it("of values that vary has the interval worked out by hand", () => {
    const growth = growthOf([1, 3, 2, 4, 3, 5, 4]);
    expect(growth?.perMonth).toBeCloseTo(15, 5);
    expect(growth?.error).toBeCloseTo(0.16599 * 2.57 * 30, 1);
  });

  it("is not told from six days, and leaves days out that have no value", () => {
    expect(growthOf([1, 2, 3, 4, 5, 6])).toBeNull();
    expect(growthOf([1, null, 3, 4, 5, 6, 7, 8])?.perMonth).toBeCloseTo(30);
  });
});

describe("the date of the limit", () => {
  const last = Date.UTC(2026, 10, 1);
  it.each([
    [
      "in 40 days at an exact pace",
      { perMonth: 0.3, error: 0, now: 0.6 },
      { kind: "date", atMs: last + 40 * DAY, earliestMs: last + 40 * DAY, latestMs: last + 40 * DAY },
    ],
    [
      "between 30 and 60 days",
      { perMonth: 0.3, error: 0.1, now: 0.6 },
      { kind: "date", atMs: last + 40 * DAY, earliestMs: last + 30 * DAY, latestMs: last + 60 * DAY },
    ],
    ["reached", { perMonth: 0.3, error: 0, now: 1.1 }, { kind: "reached" }],
    ["none where the pace may be nothing", { perMonth: 0.1, error: 0.2, now: 0.6 }, { kind: "none" }],
    ["none where it shrinks", { perMonth: -0.3, error: 0.1, now: 0.6 }, { kind: "none", because: "it shrinks" }],
    ["none beyond two years", { perMonth: 0.01, error: 0, now: 0.2 }, { kind: "none" }],
    ["none without days", null, { kind: "none" }],
  ])("is %s", (_, growth, reach) => {
    const told = reachOf(growth, 1, last);
    const rounded =
      told.kind === "date"
        ? {
            ...told,
            atMs: Math.round(told.atMs),
            earliestMs: Math.round(told.earliestMs),
            latestMs: told.latestMs === null ? null : Math.round(told.latestMs),
          }
        : told;
    expect(rounded).toMatchObject(reach);
  });
});

const tier = (id: string, produce: number, price?: number, model = "bridge") =>
  Tier.parse({
    id,
    name: id,
    model,
    produceBytesPerSecond: produce,
    consumeBytesPerSecond: 2 * produce,
    ...(price === undefined ? {} : { pricePerMonth: price }),
  });
const BRONZE = tier("bronze", 100, 10, "pool");
const SILVER = tier("silver", 1_000, 100);
const GOLD = tier("gold", 10_000, 1_000);
const TIERS = [BRONZE, SILVER, GOLD];
const lines = (produce: number, consume = 0, days = 10): Lines => ({
  produce: Array.from({ length: 24 * days }, () => produce),
  consume: Array.from({ length: 24 * days }, () => consume),
});

describe("the use of a promise", () => {
  it("is the worse of both directions", () => {
    expect(tenantUsage(lines(500, 1_800), SILVER, 0, HOUR)).toMatchObject({ share: 0.9, direction: "consume", stepsSeen: 240 });
  });

  it("does not follow one hour in twenty", () => {
    const spiky: Lines = { produce: Array.from({ length: 100 }, (_, at) => (at % 20 === 0 ? 900 : 100)), consume: [] };
    expect(tenantUsage(spiky, SILVER, 0, HOUR).share).toBe(0.1);
  });

  it("is not known without a promise or a reading, and never zero", () => {
    expect(tenantUsage({ produce: [null], consume: [] }, SILVER, 0, HOUR).share).toBeNull();
    expect(shareOf({ produce: 5, consume: 5 }, Tier.parse({ id: "x", name: "x", model: "pool" })).share).toBeNull();
  });

  it.each([
    [0, 0],
    [0.049, 0],
    [0.05, 1],
    [0.8, 16],
    [1.19, 23],
    [1.2, 24],
    [7, 24],
  ])("of %d stands in bin %d", (share, bin) => expect(binOf(share)).toBe(bin));
});

describe("a suggested tier", () => {
  const idle: DirectionUse = {
    state: "unknown",
    bytesPerSecond: unavailable("", "", ""),
    worst: null,
    buckets: [],
    throttleVisible: false,
    promise: null,
    note: null,
  };
  const state = (of: Tier, requirements: object = {}) => ({
    tier: of,
    tenant: Tenant.parse({ id: "a", name: "A", tier: of.id, requirements }),
    produce: idle,
    consume: idle,
  });
  const suggested = (of: Tier, rate: number, requirements?: object) =>
    suggestTier(state(of, requirements), tenantUsage(lines(rate), of, 0, HOUR), TIERS);

  it.each<[string, Tier, number, string | null, number | null]>([
    ["a higher one near the promise", SILVER, 900, "gold", 900],
    ["a lower one far below it", GOLD, 500, "silver", -900],
    ["none where the tier fits", SILVER, 500, null, null],
    ["none above the highest", GOLD, 9_500, null, null],
    ["none below the lowest", BRONZE, 1, null, null],
  ])("is %s", (_, of, rate, tierId, perMonth) => expect(suggested(of, rate)).toMatchObject({ tierId, perMonth }));

  it("does not take what the tenant needs", () => {
    expect(suggested(SILVER, 20)).toMatchObject({
      tierId: "bronze",
      reason: "it uses little of its promise; it moves from bridge to pool",
      moves: { from: "bridge", to: "pool" },
    });
    expect(suggested(SILVER, 20, { forgetWithinMs: "30 days" })).toMatchObject({
      tierId: null,
      reason: expect.stringContaining("forgotten"),
    });
  });
});
