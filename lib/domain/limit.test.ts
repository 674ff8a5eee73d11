import { describe, expect, test } from "vitest";
import { directionUse, NOT_IN_FORCE_MS } from "./limit";
import { aboveQuotaKey, eachAboveQuota, type LimitInput } from "./limit-input";
import { derived, measured, type Observed, unavailable } from "./observed";
import { brokerUse } from "./quota/bucket-set";
import type { PartUse } from "./quota/buckets";
import type { EffectiveQuota, LimitState } from "./views/use";

const AT = "2026-11-23T10:00:00.000Z";
const nowMs = Date.parse(AT);
const MB = 1_000_000;
type Reading = [rate: number, throttleMs: number | null];

const quota = (value: number): EffectiveQuota => ({ key: "producer_byte_rate", value, step: 3, entity: "user acme", shadows: [] });

/** One part with one bucket: its quota in MB/s, and MB/s and throttle time on brokers 1, 2 and so on. */
function part(limit: number | null, readings: Reading[], more: Partial<PartUse> = {}): PartUse {
  const source = readings.some(([, throttle]) => throttle === null) ? "derived" : "measured";
  const rule = limit === null ? null : quota(limit * MB);
  const brokers = readings.map(([rate, throttle], i) => brokerUse(i + 1, rate * MB, source, rule, throttle));
  const sum = readings.reduce((total, [rate]) => total + rate * MB, 0);
  return {
    clusterId: "c1",
    buckets: [{ clusterId: "c1", bucket: "user acme", quota: rule, brokers }],
    total: source === "measured" ? measured(sum, AT) : derived(sum, AT),
    limitUnknown: null,
    hidden: null,
    note: null,
    ...more,
  };
}

function use(parts: PartUse[], more: Partial<LimitInput> = {}) {
  return directionUse({ direction: "produce", parts, promiseBytesPerSecond: null, aboveQuotaSinceMs: new Map(), nowMs, at: AT, ...more });
}

const plain = (text: string | null): string => (text ?? "").replace(/[\u00a0\u202f]/g, " ");
const hidden = unavailable("Nobody counts it.", "Count it.", AT);
const above = (ms: number) => new Map([[aboveQuotaKey("produce", "c1", "user acme", 1), nowMs - ms]]);
const pool: PartUse = { clusterId: "c1", buckets: [], total: hidden, limitUnknown: "Nobody counts it.", hidden, note: null };

describe("limit", () => {
  test.each<[string, PartUse[], number | null, LimitState]>([
    [
      "below 80 %",
      [
        part(5, [
          [3.9, 0],
          [1, 0],
        ]),
      ],
      null,
      "free",
    ],
    [
      "at 80 %",
      [
        part(5, [
          [1, 0],
          [4, 0],
        ]),
      ],
      null,
      "near",
    ],
    ["above the quota for a moment", [part(5, [[5.2, 0]])], null, "near"],
    [
      "no traffic, measured",
      [
        part(5, [
          [0, 0],
          [0, 0],
        ]),
      ],
      null,
      "idle",
    ],
    ["no traffic, but one broker does not tell", [part(5, [[0, 0]], { total: { ...measured(0, AT), atLeast: true } })], null, "free"],
    ["an old throttle time without traffic", [part(5, [[0, 420]])], null, "idle"],
    ["throttled", [part(5, [[5, 420]])], null, "at-limit"],
    ["throttled in bursts, with room on average", [part(5, [[2, 50]])], null, "at-limit"],
    ["a few milliseconds of one burst, with room left", [part(5, [[4.7, 49]])], 24, "near"],
    ["a few milliseconds at a full bucket", [part(5, [[4.75, 3]])], null, "at-limit"],
    [
      "throttled above the promise",
      [
        part(10, [
          [10, 420],
          [10, 9],
          [10, 9],
        ]),
      ],
      24,
      "at-limit",
    ],
    [
      "throttled below the promise",
      [
        part(10, [
          [10.1, 420],
          [4.1, 0],
          [3.2, 0],
        ]),
      ],
      24,
      "throttled-below-promise",
    ],
    ["throttled where quota and promise are one", [part(24, [[23.9, 420]])], 24, "at-limit"],
    [
      "throttled, with a total that is only a part",
      [part(10, [[10, 420]], { total: { ...measured(10 * MB, AT), atLeast: true } })],
      24,
      "at-limit",
    ],
    ["no quota", [part(null, [[3, 0]])], 24, "no-limit"],
    ["no quota and no traffic", [part(null, [[0, 0]])], 24, "no-limit"],
    ["no quota and no rate", [part(null, [], { total: hidden })], null, "no-limit"],
    ["a quota, and no rate", [part(5, [], { total: hidden, limitUnknown: "Why." })], null, "unknown"],
    ["derived, near", [part(5, [[4.5, null]])], null, "near"],
    ["a pool", [pool], 24, "unknown"],
    ["partly in a pool: what is limited leads", [part(5, [[1, 0]]), pool], 24, "free"],
    ["partly in a pool and nowhere limited", [part(null, [[1, 0]]), pool], 24, "unknown"],
    ["two clusters: the worse leads", [part(5, [[1, 0]]), { ...part(5, [[4.9, 0]]), clusterId: "c2" }], null, "near"],
    ["nowhere", [], 24, "unknown"],
  ])("%s", (_, parts, promise, state) => {
    expect(use(parts, { promiseBytesPerSecond: promise === null ? null : promise * MB }).state).toBe(state);
  });

  test.each<[string, PartUse[], number, LimitState]>([
    ["for three minutes, and not throttled", [part(5, [[7, 0]])], NOT_IN_FORCE_MS, "not-in-force"],
    ["for three minutes, from topic series", [part(5, [[7, null]])], NOT_IN_FORCE_MS, "not-in-force"],
    ["for less", [part(5, [[7, 0]])], NOT_IN_FORCE_MS - 1, "near"],
    ["for three minutes, and throttled", [part(5, [[7, 9]])], NOT_IN_FORCE_MS, "at-limit"],
    ["no longer", [part(5, [[5, 0]])], NOT_IN_FORCE_MS, "near"],
  ])("above the quota %s", (_, parts, ms, state) => expect(use(parts, { aboveQuotaSinceMs: above(ms) }).state).toBe(state));

  test("the worst broker is the throttled one, else the one with the highest share", () => {
    expect(
      use([
        part(5, [
          [4.9, 0],
          [4.8, 30],
        ]),
      ]).worst,
    ).toMatchObject({ brokerId: 2, clusterId: "c1", bucket: "user acme" });
    expect(
      use([
        part(5, [
          [1, 0],
          [4, 0],
        ]),
      ]).worst,
    ).toMatchObject({ brokerId: 2, share: 0.8 });
    expect(use([part(null, [[1, 0]])]).worst).toBeNull();
  });

  test("throttling is visible only where every limited broker measures it", () => {
    expect(use([part(5, [[1, 0]])]).throttleVisible).toBe(true);
    expect(use([part(5, [[1, null]])]).throttleVisible).toBe(false);
    expect(use([part(null, [[1, 0]])]).throttleVisible).toBe(false);
  });

  test("what is throttled would take more", () => {
    expect(use([part(5, [[5, 420]])]).bytesPerSecond).toMatchObject({ value: 5 * MB, atLeast: true });
  });
});

test.each<[string, Observed<number>, object]>([
  ["within", measured(12 * MB, AT), { share: 0.5, state: "within" }],
  ["exactly what is promised", measured(24 * MB, AT), { share: 1, state: "within" }],
  ["above", measured(30 * MB, AT), { share: 1.25, state: "above" }],
  ["a part is unknown: it may be above", { ...measured(12 * MB, AT), atLeast: true }, { share: 0.5, state: "unknown" }],
  ["above by a part alone", { ...measured(30 * MB, AT), atLeast: true }, { share: 1.25, state: "above" }],
  ["not known", hidden, { share: null, state: "unknown" }],
])("promise: %s", (_, total, expected) => {
  expect(use([part(null, [], { total })], { promiseBytesPerSecond: 24 * MB }).promise).toEqual({ bytesPerSecond: 24 * MB, ...expected });
});

test("nothing promised is null", () => expect(use([part(5, [[1, 0]])]).promise).toBeNull());

describe("in words", () => {
  test.each<[string, PartUse[], Partial<LimitInput>, string]>([
    [
      "at the limit",
      [part(5, [[5, 420]])],
      {},
      "Throttled on broker 1 for 420 ms a request at 5.0 of 5.0 MB/s: demand is cut off, so it would take more.",
    ],
    [
      "throttled below the promise",
      [
        part(10, [
          [4.1, 0],
          [10.1, 420],
          [3.2, 0],
        ]),
      ],
      { promiseBytesPerSecond: 24 * MB },
      "Throttled on broker 2 at 10.1 of 10.0 MB/s, while the total is 17.4 of 24.0 MB/s promised: the split of the promise does not fit this traffic.",
    ],
    [
      "not in force",
      [part(5, [[7, 0]])],
      { aboveQuotaSinceMs: above(6 * 60_000) },
      "7.0 of 5.0 MB/s on broker 1 for 6 m 00 s and not held back: the quota of user acme does not bind this traffic.",
    ],
    ["derived", [part(5, [[4, null]])], {}, "From topic series: throttling cannot be seen, and a mean hides single seconds."],
    ["unknown", [pool], {}, "Nobody counts it."],
    ["a part's note", [part(5, [[1, 0]], { note: "Also read by others." })], {}, "Also read by others."],
    ["nothing to say", [part(5, [[1, 0]])], {}, ""],
  ])("%s", (_, parts, more, words) => expect(plain(use(parts, more).note)).toBe(words));
});

test("every bucket above its quota is remembered", () => {
  const { buckets } = use([
    part(5, [
      [7, 0],
      [5, 0],
      [6, 9],
    ]),
  ]);
  const keys: string[] = [];
  eachAboveQuota("produce", { ...use([]), buckets }, (key) => keys.push(key));
  expect(keys).toEqual([aboveQuotaKey("produce", "c1", "user acme", 1), aboveQuotaKey("produce", "c1", "user acme", 3)]);
});
