import { describe, expect, it } from "vitest";
import type { Probe } from "@/lib/collector/ports";
import { manualClock } from "@/lib/collector/testing/manual-clock";
import { memoryTopic } from "./testing/memory-topic";
import { createTopicFollower, type TopicRead, type UsageBudget } from "./topic-follower";

const START = "2026-01-01T00:00:00.000Z";
const NOW = Date.parse(START);
const MINUTE = 60_000;
const PLENTY: UsageBudget = { bytes: 1e6, records: 1_000, fetches: 100, endMs: NOW + MINUTE };

function setUp(partitions = 1) {
  const clock = manualClock(START);
  const log = memoryTopic(Array.from({ length: partitions }, () => []));
  const follower = createTopicFollower("t", clock);
  const taken: number[] = [];
  const read = (
    budget: Partial<UsageBudget> = {},
    more: { ends?: (bigint | null)[]; sample?: Probe["sample"] } = {},
  ): Promise<TopicRead> => {
    const probe = { sample: more.sample ?? log.open({} as never).sample };
    const offsets = { starts: undefined, ends: more.ends ?? log.ends("t").get("t"), endsAtMs: clock.now() };
    return follower.read(probe, offsets, { ...PLENTY, ...budget }, async (records) => void taken.push(records.length));
  };
  const count = () => taken.reduce((sum, one) => sum + one, 0);
  return { clock, log, read, count };
}

describe("a topic that is followed", () => {
  it.each<[what: string, budget: Partial<UsageBudget>, count: number]>([
    ["records", { records: 7 }, 7],
    ["fetches", { fetches: 1 }, 10],
    // Each record is 98 bytes and is counted once it was read.
    ["bytes", { bytes: 98 * 4 }, 4],
    ["time", { endMs: NOW }, 0],
  ])("is read no further than its %s allow, and is known as far as it was read", async (_what, budget, count) => {
    const { log, read, count: taken } = setUp(2);
    for (let at = 0; at < 10; at += 1) {
      log.write(0, "x".repeat(98), NOW - (20 - at) * MINUTE);
      log.write(1, "x".repeat(98), NOW - (20 - at) * MINUTE);
    }
    const met = await read(budget);
    expect(taken()).toBe(count);
    expect(met).toMatchObject({ isBehind: true, isLost: false, problem: null, coverage: { untilMs: Number.NEGATIVE_INFINITY } });
    expect(await read()).toMatchObject({ isBehind: false, coverage: { sinceMs: Number.NEGATIVE_INFINITY, untilMs: NOW } });
    expect(taken()).toBe(20);
  });

  it("is known until its last record while there is more of it", async () => {
    const { log, read } = setUp();
    for (let at = 0; at < 10; at += 1) log.write(0, "x", NOW - (20 - at) * MINUTE);
    expect((await read({ records: 4 })).coverage.untilMs).toBe(NOW - 17 * MINUTE);
    expect((await read({ records: 0 })).coverage.untilMs).toBe(NOW - 17 * MINUTE);
  });

  it("is never known beyond now, whatever times its records have", async () => {
    const ahead = setUp();
    for (let at = 0; at < 20_010; at += 1) ahead.log.write(0, "x", NOW + 1e9);
    const met = await ahead.read({ records: 5 });
    expect(met.coverage).toEqual({ sinceMs: NOW, untilMs: NOW });
  });

  it("is not whole while the end of a partition is not known, and says so", async () => {
    const { log, read } = setUp(2);
    log.write(0, "x", NOW);
    const met = await read({}, { ends: [1n, null] });
    expect(met).toMatchObject({
      problem: { message: "The end of a partition of t is not known." },
      coverage: { untilMs: Number.NEGATIVE_INFINITY },
    });
  });

  it("is read in the other partitions while one of them fails", async () => {
    const { log, read, count } = setUp(2);
    log.write(0, "x", NOW);
    log.write(1, "x", NOW);
    const { sample: answer } = log.open({} as never);
    const sample: Probe["sample"] = async (request) =>
      request.partition === 0
        ? { value: null, problems: [{ code: "unreachable", operation: "Fetch", message: "Away." }] }
        : answer(request);
    expect(await read({}, { sample })).toMatchObject({ problem: { message: "Away." }, isLost: false, isBehind: false });
    expect(count()).toBe(1);
    expect(await read()).toMatchObject({ problem: null, coverage: { untilMs: NOW } });
    expect(count()).toBe(2);
  });
});
