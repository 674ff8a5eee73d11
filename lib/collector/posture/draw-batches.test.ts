import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { Probe } from "@/lib/collector/ports";
import { CONNECTION } from "@/lib/collector/testing/fake-cluster";
import { manualClock } from "@/lib/collector/testing/manual-clock";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { costOf } from "@/lib/domain/cost/fleet-cost";
import type { RecordFact } from "@/lib/domain/facts";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { DRAW_BOUNDS, planDraws } from "@/lib/domain/pool/draw-plan";
import { AT, cluster, poolTenant, registry } from "@/lib/domain/testing/cluster-fixture";
import { mskFacts } from "@/lib/domain/testing/msk-fixture";
import { createSampler } from "./sampler";

/** A log in which ten offsets are a batch: three of four batches are p's, every fifth of the rest names nobody. */
const BATCH = 10n;
const encoder = new TextEncoder();
function recordAt(partition: number, offset: bigint): RecordFact {
  const batch = offset / BATCH;
  const tenant = batch % 4n !== 3n ? "p" : batch % 5n === 0n ? null : "q";
  const headers = tenant === null ? [] : [{ name: "tenant", value: encoder.encode(tenant) }];
  return { partition, offset, timestampMs: 0, key: null, value: new Uint8Array(100), headers, batchBaseOffset: batch * BATCH };
}

const snapshot = {
  ...cluster({ topics: ["pool.x"], rates: { "pool.x": [1_000, 1_000, 1_000] } }),
  msk: mskFacts({}, { region: "us-east-1" }),
};
const declared = registry([poolTenant("p"), poolTenant("q")]);
const { fleet } = assembleFleet({ registry: declared, clusters: [snapshot], memory: EMPTY_MEMORY, at: AT });

const SCRIPT = "<script>alert(1)</script>";

function setUp(read: (partition: number, offset: bigint) => RecordFact = recordAt) {
  const clock = manualClock(AT);
  const asked: Parameters<Probe["sample"]>[0][] = [];
  const probe = {
    async sample(request: Parameters<Probe["sample"]>[0]) {
      asked.push(request);
      const { partition, offset } = request;
      const to = (offset / BATCH + 2n) * BATCH;
      const records: RecordFact[] = [];
      for (let at = offset; at < to && at < 1000n; at += 1n) records.push(read(partition, at));
      return { value: { records, nextOffset: to, logStartOffset: 0n, endOffset: 1000n, stableOffset: 1000n }, problems: [] };
    },
    describeGroup: async () => ({ value: null, problems: [] }),
    close: () => undefined,
  } as unknown as Probe;
  let state = 11;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const openProbe = () => probe;
  return { clock, asked, openProbe, sampler: createSampler({ connection: CONNECTION, openProbe, clock, random }) };
}

describe("a plan of draws", () => {
  it("is at random offsets of the tail, bounded, and never before the log's start or after its end", () => {
    const ends = new Map([["t", [100_000n, 50n, null, 0n]]]);
    const starts = new Map([["t", [10n, 20n, 0n, 0n]]]);
    let turn = 0;
    const plan = planDraws({ starts, ends }, "t", () => (turn++ % 10) / 10);
    expect(plan.strata).toEqual([
      { partition: 0, offsets: 20_000 },
      { partition: 1, offsets: 30 },
    ]);
    expect(plan.draws.length).toBeLessThanOrEqual(DRAW_BOUNDS.drawsPerTopic);
    for (const { partition, offset } of plan.draws) {
      const [low, high] = partition === 0 ? [80_000n, 100_000n] : [20n, 50n];
      expect(offset >= low && offset < high).toBe(true);
    }
    expect(new Set(plan.draws.map(({ offset }) => offset)).size).toBeGreaterThan(10);
  });
});

describe("a plan of draws of an hour", () => {
  const FROM = Date.parse("2026-11-23T09:00:00.000Z");
  const HOUR = { fromMs: FROM, untilMs: FROM + 3_600_000 };
  const at = new Date(FROM + 3_660_000).toISOString();
  /** Ends that grew evenly by so many records an hour, for the last two hours. */
  const known = (perHour: number[], sinceHours = 2) => {
    const atMs = Date.parse(at);
    const end = (rate: number, ms: number) => BigInt(1_000_000 + Math.floor((rate * (ms - FROM)) / 3_600_000));
    return {
      starts: new Map([["t", perHour.map(() => 0n)]]),
      ends: new Map([["t", perHour.map((rate) => end(rate, atMs))]]),
      endHistory: new Map([
        ["t", perHour.map((rate) => [atMs - sinceHours * 3_600_000, atMs].map((ms) => ({ atMs: ms, offset: end(rate, ms) })))],
      ]),
      parts: cluster({ at }).parts,
    };
  };
  const planOf = (perHour: number[], sinceHours?: number) => {
    let turn = 0;
    return planDraws(known(perHour, sinceHours), "t", () => (turn++ % 10) / 10, undefined, HOUR);
  };

  it("meets records of that hour alone, and stands for all of them", () => {
    const plan = planOf([6_000, 60_000, 0]);
    expect(plan.strata.map(({ partition, offsets }) => [partition, Math.round(offsets / 100)])).toEqual([
      [1, 600],
      [0, 60],
    ]);
    for (const { partition, offset } of plan.draws) {
      // Of the busier partition the last twenty thousand.
      const [low, high] = partition === 0 ? [1_000_000n, 1_006_001n] : [1_039_999n, 1_060_001n];
      expect(offset >= low && offset < high).toBe(true);
    }
    expect(plan.ofHour?.part).toBe(1);
    expect(plan.ofHour?.sinceMs).toBeCloseTo(FROM + 2_400_000, -4);
  });

  it("knows since the beginning of the hour where the whole hour could be met", () => {
    expect(planOf([6_000, 600, 60]).ofHour?.sinceMs).toBe(FROM);
  });

  it("says which part of the hour lies in the partitions that are drawn from", () => {
    expect(planOf(Array.from({ length: 24 }, () => 1_000)).ofHour?.part).toBeCloseTo(0.5);
  });

  it.each<[what: string, perHour: number[], sinceHours?: number]>([
    ["where its ends were not kept that early", [6_000], 0.5],
    ["where nothing was written in it", [0]],
  ])("is one of the end of the log %s, and says so", (_, perHour, sinceHours) => {
    const plan = planOf(perHour, sinceHours);
    expect(plan.ofHour).toBeNull();
    expect(plan.draws.length).toBeGreaterThan(0);
  });
});

describe("shares of a shared topic", () => {
  it("are estimated from whole batches, with the records that name nobody as a row of their own", async () => {
    const { sampler } = setUp();
    const shares = (await sampler.sample(fleet, snapshot))?.shares.get("pool.x");
    const of = (tenantId: string | null) => shares?.rows.find((row) => row.tenantId === tenantId);
    expect(Math.abs((of("p")?.bytes ?? 0) - 0.75)).toBeLessThan((of("p")?.bytesError ?? 0) + 0.02);
    expect(of("q")?.bytes).toBeGreaterThan(0);
    expect(shares?.rows.reduce((sum, { bytes }) => sum + bytes, 0)).toBeCloseTo(1);
  });

  it("keep nothing of a header's value that is no tenant's name", async () => {
    const value = encoder.encode(SCRIPT);
    const { sampler } = setUp((partition, offset) => ({
      ...recordAt(partition, offset),
      headers: [{ name: "tenant", value: (offset / BATCH) % 2n === 0n ? value : encoder.encode("p") }],
    }));
    const samples = await sampler.sample(fleet, snapshot);
    const rows = samples?.shares.get("pool.x")?.rows ?? [];
    expect(rows.length).toBeGreaterThan(1);
    expect(inspect(samples, { depth: null, maxArrayLength: null, maxStringLength: null })).not.toContain("script");
  });

  it("are drawn once an hour, within bounds", async () => {
    const { sampler, asked, clock } = setUp();
    await sampler.sample(fleet, snapshot);
    const drawn = asked.filter(({ maxBytes }) => maxBytes === DRAW_BOUNDS.bytesPerDraw).length;
    expect(drawn).toBeLessThanOrEqual(2 * DRAW_BOUNDS.drawsPerTopic);
    await clock.advance(61_000);
    await sampler.sample(fleet, snapshot);
    expect(asked.filter(({ maxBytes }) => maxBytes === DRAW_BOUNDS.bytesPerDraw).length).toBe(drawn);
  });

  it.each([
    ["far from what is promised", 1_000, 1],
    ["close to it", 1_400, 1 + DRAW_BOUNDS.drawsPerTopicClose / DRAW_BOUNDS.drawsPerTopic],
    ["far above it", 40_000, 1],
  ])("are drawn more often where a share is close to a promise: %s", async (_what, rate, times) => {
    const { sampler, asked } = setUp();
    const busy = { ...snapshot, ...cluster({ topics: ["pool.x"], rates: { "pool.x": [rate, rate, rate] } }) };
    const at = assembleFleet({ registry: declared, clusters: [busy], memory: EMPTY_MEMORY, at: AT }).fleet;
    const samples = await sampler.sample(at, busy);
    const offsets = asked.filter(({ maxBytes }) => maxBytes === DRAW_BOUNDS.bytesPerDraw).length;
    const { draws = 0 } = samples?.shares.get("pool.x") ?? {};
    expect(draws).toBe(DRAW_BOUNDS.drawsPerTopic * times);
    // An offset inside a batch costs a second request, for the batch's beginning.
    expect(offsets).toBeLessThanOrEqual(2 * (DRAW_BOUNDS.drawsPerTopic + DRAW_BOUNDS.drawsPerTopicClose));
  });

  it("that were saved are not drawn again within the hour", async () => {
    const first = await setUp().sampler.sample(fleet, snapshot);
    const { asked, openProbe, clock } = setUp();
    const sampler = createSampler({ connection: CONNECTION, openProbe, clock, random: Math.random, saved: first?.shares });
    expect((await sampler.sample(fleet, snapshot))?.shares.get("pool.x")).toBe(first?.shares.get("pool.x"));
    expect(asked.filter(({ maxBytes }) => maxBytes === DRAW_BOUNDS.bytesPerDraw)).toEqual([]);
  });

  it("give a pool's tenants their part of its cost, and take it from nobody twice", async () => {
    const { sampler } = setUp();
    const shares = (await sampler.sample(fleet, snapshot))?.shares ?? new Map();
    const pool = { shares, reported: new Map() };
    const split = costOf({ ...fleet, clusters: new Map([["c1", { ...snapshot, pool }]]) });
    const whole = costOf(fleet);
    const own = (id: string) => split.tenants.get(id)?.dollars ?? 0;
    expect(own("p")).toBeGreaterThan(own("q"));
    expect(own("q")).toBeGreaterThan(0);
    const sum = (cost: typeof split) => cost.clusters.get("c1")?.lines.reduce((all, { dollars }) => all + dollars, 0) ?? 0;
    expect(sum(split)).toBeCloseTo(sum(whole), 6);
    expect(whole.tenants.get("p")?.known).toBe(false);
  });
});
