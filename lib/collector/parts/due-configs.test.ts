import { describe, expect, it } from "vitest";
import type { ClusterAdmin } from "@/lib/collector/ports";
import { DEFAULT_SETTINGS } from "@/lib/collector/settings";
import { emptySnapshot } from "@/lib/collector/snapshot/empty-snapshot";
import { withPart } from "@/lib/collector/snapshot/with-part";
import { CONNECTION, fakeCluster } from "@/lib/collector/testing/fake-cluster";
import { manualClock } from "@/lib/collector/testing/manual-clock";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { dueConfigs } from "./due-configs";
import { createConfigReader } from "./read-due-configs";

const NOW = Date.parse("2026-01-02T00:00:00.000Z");
const HOUR = 3_600_000;
const NONE = new Map<string, number>();

function snapshot(topics: string[], readHoursAgo: number | null): ClusterSnapshot {
  const empty = emptySnapshot(CONNECTION, DEFAULT_SETTINGS.intervals, new Date(NOW).toISOString());
  const at = readHoursAgo === null ? null : new Date(NOW - readHoursAgo * HOUR).toISOString();
  return {
    ...empty,
    parts: { ...empty.parts, configs: { ...empty.parts.configs, at } },
    brokerConfigs: at === null ? [] : [{ name: "x", value: null, source: "default", readOnly: false, sensitive: false, synonyms: [] }],
    configs: new Map(at === null ? [] : topics.map((name) => [name, { at, entries: [] }])),
    metadata: {
      kafkaClusterId: "k",
      controllerId: 1,
      brokers: [{ id: 1, host: "b", port: 1, rack: null }],
      topics: new Map(topics.map((name) => [name, { name, internal: false, partitions: [] }])),
    },
  };
}

const many = Array.from({ length: 3_000 }, (_, n) => `topic-${n}`);

describe("due configurations", () => {
  it("are those never read, a limited number at a time", () => {
    const due = dueConfigs(snapshot(many, null), NONE, NOW, false);
    expect(due.topics).toHaveLength(1_000);
    expect(due.brokerId).toBe(1);
  });

  it("are none before the interval, and fall due spread over a fifth of it", () => {
    expect(dueConfigs(snapshot(many, 5), NONE, NOW, false)).toEqual({ topics: [], brokerId: null });
    const share = dueConfigs(snapshot(many.slice(0, 900), 6), NONE, NOW, false).topics.length / 900;
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.7);
    expect(dueConfigs(snapshot(many.slice(0, 900), 7), NONE, NOW, false).topics).toHaveLength(900);
  });

  it("are all when a person asks", () => {
    expect(dueConfigs(snapshot(many, 1), NONE, NOW, true).topics).toHaveLength(3_000);
  });
});

describe("config reader", () => {
  it("does not ask again and again for topics that are refused, and goes on saying so", async () => {
    const clock = manualClock(new Date(NOW).toISOString());
    const cluster = fakeCluster();
    const asked: number[] = [];
    const refused = { code: "forbidden" as const, operation: "DescribeConfigs", message: "no", resource: "b" };
    const admin: ClusterAdmin = {
      ...cluster.open(),
      async readConfigs(resources) {
        asked.push(resources.length);
        const allowed = resources.filter((resource) => resource.type === "broker" || resource.name === "a");
        return {
          value: allowed.map((resource) => ({ resource, configs: [] })),
          problems: allowed.length < resources.length ? [refused] : [],
        };
      },
    };
    let current = snapshot(["a", "b"], null);
    const reader = createConfigReader(admin, clock, () => current);
    const step = async (): Promise<void> => {
      const result = await reader.read(false);
      if (result !== null) current = withPart(current, "configs", result, new Date(clock.now()).toISOString());
    };
    await step();
    await clock.advance(60_000);
    await step();
    expect(asked).toEqual([2, 1, 1]);
    expect(current.parts.configs.problems).toEqual([refused]);
    await clock.advance(15 * 60_000);
    await step();
    expect(asked.slice(3)).toEqual([1, 1]);
  });
});
