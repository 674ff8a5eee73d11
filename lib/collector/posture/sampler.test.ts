import { describe, expect, it } from "vitest";
import type { Probe } from "@/lib/collector/ports";
import { CONNECTION } from "@/lib/collector/testing/fake-cluster";
import { manualClock } from "@/lib/collector/testing/manual-clock";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { GroupState } from "@/lib/domain/facts";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { SAMPLE_BOUNDS } from "@/lib/domain/posture/sample-plan";
import { AT, cluster, poolTenant, registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import { createSampler } from "./sampler";

const TOPICS = [...Array.from({ length: 20 }, (_, at) => `a.${String(at).padStart(2, "0")}`), "pool.x"];
const snapshot = cluster({ topics: TOPICS, groups: { "a.g": { behind: { "a.00": 0 } } } });
const { fleet } = assembleFleet({
  registry: registry([tenant("a"), poolTenant("p"), poolTenant("q")]),
  clusters: [snapshot],
  memory: EMPTY_MEMORY,
  at: AT,
});

function setUp(connection: Partial<ResolvedConnection> = {}, refuse = false, group: { state?: GroupState; assigned?: number[][] } = {}) {
  const clock = manualClock(AT);
  const asked: Parameters<Probe["sample"]>[0][] = [];
  let closed = 0;
  const probe: Probe = {
    async sample(request) {
      asked.push(request);
      if (refuse) return { value: null, problems: [{ code: "forbidden", operation: "Fetch", message: "No READ." }] };
      const record = {
        partition: request.partition,
        offset: request.offset,
        timestampMs: 0,
        key: null,
        value: null,
        headers: [],
        batchBaseOffset: 0n,
      };
      return { value: { records: [record], nextOffset: 0n, logStartOffset: 0n, endOffset: 0n, stableOffset: 0n }, problems: [] };
    },
    describeGroup: async (id, type) => ({
      value: {
        id,
        type,
        state: group.state ?? "Stable",
        coordinatorId: 1,
        assignor: "range",
        members: membersWith(group.assigned ?? [[0], []]),
      },
      problems: [],
    }),
    close: () => {
      closed += 1;
    },
  };
  const sampler = createSampler({ connection: { ...CONNECTION, ...connection }, openProbe: () => probe, clock });
  return { clock, asked, sampler, closed: () => closed };
}
const MEMBER = { memberId: "m", clientId: "c", clientHost: "h", groupInstanceId: null, assigned: [] };
const membersWith = (assigned: number[][]) => assigned.map((partitions) => ({ ...MEMBER, assigned: [{ topic: "a.0", partitions }] }));

describe("sampling", () => {
  it("reads shared topics first, a bounded number of topics, records and bytes, from the end", async () => {
    const { sampler, asked } = setUp();
    const told = await sampler.sample(fleet, snapshot);
    expect(asked[0]?.topic).toBe("pool.x");
    expect(new Set(asked.map(({ topic }) => topic)).size).toBe(SAMPLE_BOUNDS.topicsPerSweep);
    for (const { maxBytes, maxRecords, offset } of asked) {
      expect(maxBytes).toBeLessThanOrEqual(SAMPLE_BOUNDS.bytesPerPartition);
      expect(maxRecords).toBeLessThanOrEqual(SAMPLE_BOUNDS.recordsPerPartition);
      expect(offset).toBe(1000n - BigInt(maxRecords));
    }
    expect(told?.topics.get("pool.x")).toMatchObject({ records: 3, withoutTenant: 3 });
    expect(told?.members.get("a.g")).toEqual({ members: 2, idle: 1 });
  });

  it.each<[what: string, group: { state?: GroupState; assigned?: number[][] }, idle: number | null]>([
    ["all have partitions", { assigned: [[0], [1, 2]] }, 0],
    ["nobody seems to have any", { assigned: [[], []] }, null],
    ["partitions are being shared out", { state: "PreparingRebalance", assigned: [[0], []] }, null],
  ])("counts members without partitions, where that is told: %s", async (_what, group, idle) => {
    const { sampler } = setUp({}, false, group);
    expect((await sampler.sample(fleet, snapshot))?.members.get("a.g")).toEqual({ members: 2, idle });
  });

  it("reads no topic twice within the hour, and the others meanwhile", async () => {
    const { sampler, asked, clock } = setUp();
    for (let sweep = 0; sweep < 4; sweep += 1) await sampler.sample(fleet, snapshot);
    const times = Map.groupBy(asked, ({ topic, partition }) => `${topic}/${partition}`);
    expect([...times.values()].every(({ length }) => length === 1)).toBe(true);
    expect(new Set(asked.map(({ topic }) => topic)).size).toBe(TOPICS.length);
    await clock.advance(SAMPLE_BOUNDS.everyMs);
    await sampler.sample(fleet, snapshot);
    expect(asked.filter(({ topic }) => topic === "pool.x")).toHaveLength(6);
  });

  it("reads shared topics again at the turn of the hour, and others an hour after they were read", async () => {
    const { sampler, asked, clock } = setUp();
    await clock.advance(58 * 60_000);
    for (let sweep = 0; sweep < 3; sweep += 1) await sampler.sample(fleet, snapshot);
    const reads = (topic: string) => asked.filter((one) => one.topic === topic).length;
    expect([sampler.isDue(fleet, snapshot), reads("pool.x"), reads("a.00")]).toEqual([false, 3, 3]);
    await clock.advance(3 * 60_000);
    expect(sampler.isDue(fleet, snapshot)).toBe(true);
    await sampler.sample(fleet, snapshot);
    expect([sampler.isDue(fleet, snapshot), reads("pool.x"), reads("a.00")]).toEqual([false, 6, 3]);
  });

  it("reads a shared topic that held few records again once it has grown, and not before", async () => {
    const { sampler, asked, clock } = setUp();
    const grown = { ...snapshot, ends: new Map(snapshot.ends).set("pool.x", [2000n, 2000n, 2000n]) };
    const readsOfPool = () => asked.filter(({ topic }) => topic === "pool.x").length;
    await sampler.sample(fleet, snapshot);
    expect(sampler.isDue(fleet, grown)).toBe(false);
    await clock.advance(SAMPLE_BOUNDS.thinEveryMs);
    expect(sampler.isDue(fleet, snapshot)).toBe(false);
    expect(sampler.isDue(fleet, grown)).toBe(true);
    expect(readsOfPool()).toBe(3);
    await sampler.sample(fleet, grown);
    expect(readsOfPool()).toBe(6);
    await clock.advance(SAMPLE_BOUNDS.thinEveryMs);
    expect(sampler.isDue(fleet, grown)).toBe(false);
  });

  it("reads nothing where it is turned off, or no broker can be reached", async () => {
    for (const connection of [{ samples: "off" as const }, { bootstrap: [] }]) {
      const { sampler, asked, closed } = setUp(connection);
      expect(await sampler.sample(fleet, snapshot)).toBeNull();
      expect([asked.length, closed()]).toEqual([0, 0]);
    }
  });

  it("asks once for a topic that is refused, and says why", async () => {
    const { sampler, asked } = setUp({}, true);
    const told = await sampler.sample(fleet, snapshot);
    expect(asked.filter(({ topic }) => topic === "pool.x")).toHaveLength(1);
    expect(told?.topics.get("pool.x")).toMatchObject({ records: 0, problem: "No READ." });
  });

  it("closes its connections", async () => {
    const { sampler, closed } = setUp();
    await sampler.sample(fleet, snapshot);
    expect(closed()).toBe(1);
  });
});
