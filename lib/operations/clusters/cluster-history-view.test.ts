import { describe, expect, it } from "vitest";
import type { CloudSeries } from "@/lib/domain/cloud-facts";
import { cloudFacts, mskFacts } from "@/lib/domain/testing/msk-fixture";
import { gridOf } from "@/lib/operations/past/grid";
import { AT, snapshotOf } from "@/lib/operations/testing/fleet";
import type { HistoryPoint, StoredHistory } from "@/lib/store";
import { clusterHistoryView, missingKeys } from "./cluster-history-view";

const MINUTE = 60_000;
const FROM = Date.parse(AT) - 3 * MINUTE;
const grid = gridOf(FROM, Date.parse(AT), MINUTE);
const brokers = [1, 2].map((id) => ({ id, host: "h", port: 9096, rack: null }));
const metadata = { kafkaClusterId: "k", controllerId: null, brokers, topics: new Map() };
const operation = { arn: "o", type: "SECURITY_PATCHING", state: "UPDATE_COMPLETE", startedAt: AT, endedAt: AT, error: null };
const published = { broker: ["BytesInPerSec", "CpuUser", "CpuSystem"], topic: [], group: [], cluster: [] };
const snapshot = snapshotOf("c1", { metadata, msk: mskFacts(), cloud: cloudFacts(AT, { published }) });

/** A minute in which both brokers were seen: broker 1 at the given rate, broker 2 at twice that. */
function minute(at: number, rate: number): HistoryPoint {
  const line = (brokerId: number, bytesPerSecond: number) => ({ brokerId, bytesPerSecond, quotaBytesPerSecond: null, throttleMs: null });
  const told = [line(1, rate), line(2, 2 * rate)];
  return {
    atMs: FROM + at * MINUTE,
    summary: { produce: null, consume: null, lag: null, storageBytes: null },
    brokers: { produce: told, consume: told },
  };
}

function view(points: HistoryPoint[], series: CloudSeries[] = [], of = snapshot) {
  const stored: StoredHistory = { stepMs: MINUTE, sinceMs: FROM, clusters: [{ clusterId: "c1", points }] };
  const past = { snapshot: of, stored, cloud: { series, problems: [] }, grid, fromMs: FROM, toMs: Date.parse(AT) };
  const all = clusterHistoryView(past);
  const named = (name: string) => all.series.find((each) => each.name === name);
  return { all, named, keys: missingKeys(of, stored, grid, (metric) => of.cloud?.published.broker.includes(metric) === true) };
}

function series(metric: string, brokerId: number, ...values: number[]): CloudSeries {
  return { key: { metric, brokerId }, points: values.map((value, at) => ({ atMs: FROM + at * MINUTE, value })), status: "complete" };
}

describe("a cluster's past", () => {
  it("is the console's own where it was there, each broker apart, and a gap where nobody was", () => {
    const { named } = view([minute(0, 10), minute(2, 30)]);
    expect(named("bytesInPerSecond")).toMatchObject({
      source: "measured",
      brokers: [
        { brokerId: 1, points: [10, null, 30] },
        { brokerId: 2, points: [20, null, 60] },
      ],
    });
  });

  it("has CloudWatch's minutes where its own are missing, and is derived then", () => {
    const { named } = view([minute(2, 30)], [series("BytesInPerSec", 1, 7, 8, 9)]);
    expect(named("bytesInPerSecond")).toMatchObject({ source: "derived", brokers: [{ points: [7, 8, 30] }, { points: [null, null, 60] }] });
  });

  it("adds user and system time, only where both are told", () => {
    const { named } = view([], [series("CpuUser", 1, 30, 40, 50), series("CpuSystem", 1, 10, 10), series("CpuUser", 2, 1, 1, 1)]);
    expect(named("cpuUsedShare")?.brokers).toEqual([{ brokerId: 1, points: [0.4, 0.5, null] }]);
  });

  it("asks others for nothing that it has kept as a whole", () => {
    const whole = [minute(0, 1), minute(1, 1), minute(2, 1)];
    expect([...new Set(view(whole).keys.map(({ metric }) => metric))]).toEqual(["CpuUser", "CpuSystem"]);
    expect(view([minute(0, 1)]).keys.filter(({ metric }) => metric === "BytesInPerSec")).toHaveLength(3);
  });

  it("says why there is nothing, and what would change that", () => {
    expect(view([]).named("requestHandlerIdle")?.unavailable).toMatchObject({
      reason: expect.stringContaining("RequestHandlerAvgIdlePercent"),
      remedy: expect.stringContaining("PER_BROKER"),
    });
    const elsewhere = snapshotOf("c1", { metadata });
    expect(view([], [], elsewhere).named("cpuUsedShare")?.unavailable?.remedy).toContain("aws");
  });

  it("carries the operations of its time", () => {
    const patched = {
      ...snapshot,
      msk: mskFacts({
        operations: [
          { ...operation, startedAt: new Date(FROM).toISOString() },
          { ...operation, startedAt: "2020-01-01T00:00:00.000Z", endedAt: "2020-01-01T01:00:00.000Z" },
        ],
      }),
    };
    expect(view([], [], patched).all.operations).toHaveLength(1);
  });
});
