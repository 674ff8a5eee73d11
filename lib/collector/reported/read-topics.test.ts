import { describe, expect, it } from "vitest";
import { CONNECTION } from "@/lib/collector/testing/fake-cluster";
import { manualClock } from "@/lib/collector/testing/manual-clock";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { WantedReport } from "@/lib/domain/pool/wanted-reports";
import type { ReportedTopic } from "@/lib/domain/reported";
import { cluster } from "@/lib/domain/testing/cluster-fixture";
import { createTopicsReader, TOPIC_BOUNDS } from "./read-topics";
import type { Reports } from "./report";
import { memoryTopic } from "./testing/memory-topic";

const START = "2026-01-01T00:00:00.000Z";
const MINUTE = 60_000;
const TOPIC = "acme.usage";
const SPANS: ReportedTopic = {
  topic: TOPIC,
  tenant: { payloadPath: "$.tenant" },
  at: "$.at",
  seconds: "$.seconds",
  produce: "$.producedBytes",
};
const RATES: ReportedTopic = { topic: TOPIC, tenant: { key: true }, produce: "$.in" };

function wanted(tenantId: string, kafka: ReportedTopic = SPANS, value = tenantId): WantedReport {
  return { tenantId, value, reported: { kafka } };
}

function setUp({ partitions = 2, connection = {} as Partial<ResolvedConnection> } = {}) {
  const clock = manualClock(START);
  const log = memoryTopic(Array.from({ length: partitions }, () => []));
  const reader = createTopicsReader(log.open, clock);
  const seen = { ends: true, starts: new Map<string, bigint[]>() };
  const read = (want: readonly WantedReport[]): Promise<Reports> => {
    const base = cluster();
    const at = seen.ends ? new Date(clock.now()).toISOString() : null;
    const parts = { ...base.parts, offsets: { ...base.parts.offsets, at } };
    return reader(want, { ends: log.ends(TOPIC), starts: seen.starts, parts }, { ...CONNECTION, ...connection });
  };
  const minute = async (want: readonly WantedReport[], write: (at: number) => void): Promise<Reports> => {
    await clock.advance(MINUTE);
    write(clock.now());
    return read(want);
  };
  const usage = (tenant: string, producedBytes: unknown, partition = 0) => {
    const at = clock.now();
    log.write(partition, { tenant, at: new Date(at).toISOString(), seconds: 60, producedBytes }, at);
  };
  return { clock, log, seen, read, minute, usage };
}

/** Reads each minute while tenant a gets 600 bytes in each, and once more when the last whole step has settled. */
async function minutes(world: ReturnType<typeof setUp>, want: readonly WantedReport[], count: number): Promise<Reports> {
  let reports: Reports = new Map();
  for (let turn = 0; turn < count; turn += 1) reports = await world.minute(want, () => world.usage("a", 600, turn % 2));
  return reports;
}

describe("usage topics", () => {
  it("are read once for all tenants that name them, from all partitions, as bytes over the newest whole five minutes", async () => {
    const world = setUp();
    const want = [wanted("a"), wanted("b", SPANS, "B-1"), wanted("c")];
    let reports: Reports = new Map();
    for (let turn = 0; turn < 7; turn += 1) {
      world.log.asked.length = 0;
      reports = await world.minute(want, () => {
        world.usage("a", 600, 0);
        world.usage("a", 600, 1);
        world.usage("B-1", 0, 1);
      });
      expect(world.log.asked).toHaveLength(2);
    }
    const at = "2026-01-01T00:05:00.000Z";
    expect(reports.get("a")).toEqual({ rates: { produce: { bytesPerSecond: 20, at } }, problem: null });
    expect(reports.get("b")).toEqual({ rates: { produce: { bytesPerSecond: 0, at } }, problem: null });
    expect(reports.get("c")).toEqual({ rates: { produce: null }, problem: null });
    expect(world.log.opened()).toBe(0);
  });

  it("cost no request while nothing is new in them", async () => {
    const world = setUp();
    await minutes(world, [wanted("a")], 2);
    world.log.asked.length = 0;
    await world.minute([wanted("a")], () => undefined);
    expect(world.log.asked).toEqual([]);
  });

  it("may hold bytes per second by key, and two ways of writing at once", async () => {
    const world = setUp();
    const want = [wanted("a", RATES), wanted("b")];
    await minutes(world, want, 1);
    const reports = await world.minute(want, (at) => world.log.write(1, { in: 7 }, at, { key: "a" }));
    expect(reports.get("a")?.rates.produce).toEqual({ bytesPerSecond: 7, at: "2026-01-01T00:02:00.000Z" });
  });

  it("that hold what cannot be used tell how much of it, to those of whom nothing usable came", async () => {
    const world = setUp();
    const want = [wanted("a"), wanted("b")];
    const hostile = ["not json", "[]", { tenant: "x".repeat(20_000) }, { tenant: "nobody", at: START, seconds: 60, producedBytes: 1 }];
    let reports: Reports = new Map();
    for (let turn = 0; turn < 7; turn += 1) {
      reports = await world.minute(want, (at) => {
        world.usage("a", 600);
        world.usage("b", turn === 1 ? -1e9 : 600, 1);
        if (turn === 2) for (const value of hostile) world.log.write(1, value, at);
        if (turn === 3) world.log.write(1, { tenant: "b", at: at + 1e9, seconds: 60, producedBytes: 1 }, at);
      });
    }
    expect(reports.get("a")).toMatchObject({ rates: { produce: { bytesPerSecond: 10 } }, problem: null });
    expect(reports.get("b")).toEqual({
      rates: { produce: null },
      problem: {
        message:
          "Of the last 19 records of acme.usage 6 cannot be used: 2 are no JSON objects, 1 have a value that is no number of bytes, 1 are longer than 16 kB, 1 name nobody who is declared to report there, 1 have a time in the future.",
        remedy: expect.stringContaining("what the application writes"),
      },
    });
  });

  it("that may not be read name the permission, and are asked once however many partitions they have", async () => {
    const world = setUp({ partitions: 9 });
    for (let partition = 0; partition < 9; partition += 1) world.usage("a", 1, partition);
    const remedy = "Allow READ on topic 'acme.usage' to the console's user (with IAM: kafka-cluster:ReadData).";
    world.log.refuse({ code: "forbidden", operation: "Fetch", message: "The broker refuses this for the topic.", remedy });
    const reports = await world.read([wanted("a")]);
    expect(reports.get("a")).toEqual({ rates: { produce: null }, problem: { message: "The broker refuses this for the topic.", remedy } });
    expect(world.log.asked).toHaveLength(1);
  });

  it("that the cluster does not show say so, with what they need", async () => {
    const world = setUp();
    const reports = await world.read([wanted("a", { ...SPANS, topic: "elsewhere" })]);
    expect(reports.get("a")?.problem).toEqual({
      message: expect.stringContaining("elsewhere is not among the cluster's topics"),
      remedy: expect.stringMatching(/DESCRIBE and READ on topic 'elsewhere'.*ReadData/),
    });
  });

  it("are not read where samples are off, nor before the cluster's offsets are known", async () => {
    const off = setUp({ connection: { samples: "off" } });
    off.usage("a", 1);
    expect((await off.read([wanted("a")])).get("a")).toEqual({
      rates: { produce: null },
      problem: { message: expect.stringContaining("samples: off"), remedy: expect.any(String) },
    });
    expect(off.log.asked).toEqual([]);
    const early = setUp();
    early.seen.ends = false;
    expect((await early.read([wanted("a")])).size).toBe(0);
  });

  it("that were reached in the middle tell nothing of a step before which reading began", async () => {
    const world = setUp({ partitions: 1 });
    for (let turn = 0; turn < 8; turn += 1) {
      await world.clock.advance(MINUTE);
      world.usage("a", 600);
    }
    // The first three were deleted: what is left begins within the first five minutes.
    world.seen.starts.set(TOPIC, [3n]);
    const reports = await world.read([wanted("a")]);
    expect(reports.get("a")).toEqual({
      rates: { produce: null },
      problem: { message: "The console has not read five whole minutes of acme.usage yet.", remedy: "It reads on by itself." },
    });
  });

  it("count a record once, through a failure that passes", async () => {
    const world = setUp();
    await minutes(world, [wanted("a")], 3);
    world.log.refuse({ code: "timeout", operation: "Fetch", message: "It was late." });
    const away = await minutes(world, [wanted("a")], 2);
    expect(away.get("a")?.problem).toEqual({ message: "It was late.", remedy: expect.any(String) });
    world.log.refuse(null);
    expect((await minutes(world, [wanted("a")], 2)).get("a")?.rates.produce?.bytesPerSecond).toBe(10);
  });

  it("that were made anew are read anew, and what was before does not count", async () => {
    const world = setUp();
    await minutes(world, [wanted("a")], 6);
    world.log.recreate();
    const lost = await world.read([wanted("a")]);
    expect(lost.get("a")?.rates.produce).toBeNull();
    const further = async (turns: number) => {
      let reports = lost;
      for (let turn = 0; turn < turns; turn += 1) reports = await world.minute([wanted("a")], () => world.usage("a", 1_200));
      return reports.get("a")?.rates.produce;
    };
    // What was in it of the step in which it was made anew is gone.
    expect(await further(9)).toBeNull();
    expect(await further(2)).toEqual({ bytesPerSecond: 20, at: "2026-01-01T00:15:00.000Z" });
  });

  it("are read to their end before a time is whole: an open transaction holds it back and is told", async () => {
    const world = setUp();
    await minutes(world, [wanted("a")], 3);
    world.log.hideFrom(1, 1n);
    const reports = await minutes(world, [wanted("a")], 5);
    expect(reports.get("a")).toEqual({
      rates: { produce: null },
      problem: { message: expect.stringContaining("A transaction that has not ended"), remedy: expect.any(String) },
    });
    world.log.hideFrom(1, null);
    expect((await world.read([wanted("a")])).get("a")?.rates.produce?.bytesPerSecond).toBe(10);
  });

  it("of which ends were not read lately are known until then only", async () => {
    const world = setUp();
    await minutes(world, [wanted("a")], 5);
    const known = cluster().parts;
    const reader = createTopicsReader(world.log.open, world.clock);
    const stale = (at: string) => ({
      ends: world.log.ends(TOPIC),
      starts: new Map(),
      parts: { ...known, offsets: { ...known.offsets, at } },
    });
    const want = [wanted("a")];
    await reader(want, stale(START), CONNECTION);
    await world.clock.advance(5 * MINUTE);
    expect((await reader(want, stale("2026-01-01T00:05:30.000Z"), CONNECTION)).get("a")?.rates.produce).toBeNull();
    expect((await reader(want, stale("2026-01-01T00:06:00.000Z"), CONNECTION)).get("a")?.rates.produce?.bytesPerSecond).toBe(10);
  });

  it("begin anew when somebody is declared of whom nothing was kept, and only then", async () => {
    const world = setUp();
    await minutes(world, [wanted("a")], 7);
    world.usage("b", 300);
    world.log.asked.length = 0;
    expect((await world.read([wanted("a")])).get("a")?.rates.produce?.bytesPerSecond).toBe(10);
    expect(world.log.asked.map(({ offset }) => offset)).toEqual([4n]);
    const both = await world.read([wanted("a"), wanted("b")]);
    expect(world.log.asked.slice(1).map(({ offset }) => offset)).toEqual([0n, 0n]);
    expect(both.get("a")?.rates.produce?.bytesPerSecond).toBe(10);
  });

  it("that hold more than is read of them say so, stay within the bounds, and go on near the end", async () => {
    const world = setUp({ partitions: 1 });
    const want = [wanted("a", RATES)];
    const flood = (value: number) => {
      for (let turn = 0; turn < 2 * TOPIC_BOUNDS.records; turn += 1) world.log.write(0, { in: value }, world.clock.now(), { key: "b" });
      world.log.write(0, { in: value }, world.clock.now(), { key: "a" });
    };
    await world.read(want);
    flood(1);
    const records = () => world.log.asked.reduce((sum, { maxRecords }) => sum + maxRecords, 0);
    world.log.asked.length = 0;
    const behind = await world.read(want);
    expect(records()).toBeLessThanOrEqual(TOPIC_BOUNDS.records);
    expect(behind.get("a")).toEqual({
      rates: { produce: null },
      problem: { message: expect.stringContaining("More is written to acme.usage"), remedy: expect.stringContaining("20,000 records") },
    });
    await world.clock.advance(MINUTE);
    expect((await world.read(want)).get("a")?.rates.produce?.bytesPerSecond).toBe(1);
  });

  it("share the bounds: one that is full does not keep another waiting for good", async () => {
    const world = setUp({ partitions: 1 });
    const [full, other] = ["full", "other"].map((topic): ReportedTopic => ({ ...RATES, topic }));
    if (full === undefined || other === undefined) throw new Error("no topic");
    const want = [wanted("a", full), wanted("b", other)];
    const flood = () => {
      for (let turn = 0; turn < TOPIC_BOUNDS.records; turn += 1) world.log.write(0, { in: 1 }, world.clock.now(), { key: "b" });
    };
    const reader = createTopicsReader(world.log.open, world.clock);
    const base = cluster();
    const read = () => {
      const ends = world.log.ends(TOPIC).get(TOPIC) ?? [];
      const both = new Map([full, other].map(({ topic }) => [topic, ends]));
      return reader(want, { ends: both, starts: new Map(), parts: base.parts }, CONNECTION);
    };
    flood();
    await read();
    expect(new Set(world.log.asked.map(({ topic }) => topic))).toEqual(new Set(["full"]));
    world.log.asked.length = 0;
    flood();
    await read();
    expect(world.log.asked[0]?.topic).toBe("other");
  });
});
