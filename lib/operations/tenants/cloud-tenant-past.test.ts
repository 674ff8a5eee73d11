import { describe, expect, it } from "vitest";
import type { AwsRegion } from "@/lib/aws";
import type { CloudSeries, SeriesRequest } from "@/lib/domain/cloud-facts";
import { cloudFacts, mskFacts } from "@/lib/domain/testing/msk-fixture";
import type { HistorySeries, TenantHistory } from "@/lib/domain/views/tenants";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, snapshotOf, tenantOf, topicOf } from "@/lib/operations/testing/fleet";
import { withCloudPast } from "./cloud-tenant-past";

const FROM = Date.parse(AT) - 3 * 60_000;
const brokers = [1, 2].map((id) => ({ id, host: "h", port: 9096, rack: null }));
const snapshot = snapshotOf("c1", {
  msk: mskFacts(),
  cloud: cloudFacts(AT),
  metadata: { kafkaClusterId: "k", controllerId: null, brokers, topics: new Map() },
});
const topics = ["acme.a", "acme.b"].map((topic) => topicOf(topic, { owner: { kind: "tenant", tenantId: "acme", by: "prefix" } }));

function line(brokerId: number | null, values: (number | null)[]): HistorySeries {
  return { key: `c1/${brokerId ?? "all"}`, name: "n", clusterId: "c1", brokerId, values };
}

function view(produce: HistorySeries[], source: TenantHistory["source"]): TenantHistory {
  const times = [0, 1, 2].map((minute) => FROM + minute * 60_000);
  const none = { produceThrottleMs: [], consumeThrottleMs: [], lagRecords: [], lagMs: [], storageBytes: [], since: null };
  const range = { from: new Date(FROM).toISOString(), to: AT, stepMs: 60_000, times };
  return { ...range, ...none, produce, consume: produce, source };
}

/** CloudWatch with a datapoint of 10 for each topic on broker 1 and of 1 on broker 2, in the first two minutes. */
function cloud(requests: SeriesRequest[]): AwsRegion {
  const points = (value: number) => [0, 1].map((minute) => ({ atMs: FROM + minute * 60_000, value }));
  return {
    readSeries: async (request: SeriesRequest) => {
      requests.push(request);
      const value = request.keys.map((key): CloudSeries => ({ key, points: points(key.brokerId === 1 ? 10 : 1), status: "complete" }));
      return { value, problems: [] };
    },
  } as Partial<AwsRegion> as AwsRegion;
}

async function ask(given: TenantHistory, requests: SeriesRequest[] = []): Promise<TenantHistory> {
  const state = { ...tenantOf("acme"), topics };
  const fleet = fleetOf({ tenants: [state], clusters: [snapshot] });
  return withCloudPast(contextOf([fleet], { aws: () => cloud(requests) }), given, state, undefined);
}

describe("the time before the console was there", () => {
  it("comes from CloudWatch, the tenant's topics added up on each broker, and is derived", async () => {
    const { produce, source } = await ask(view([], "none"));
    expect(produce.map(({ brokerId, values }) => [brokerId, values])).toEqual([
      [1, [20, 20, null]],
      [2, [2, 2, null]],
    ]);
    expect(source).toBe("derived");
  });

  it("joins what the console has seen itself without counting a minute twice", async () => {
    const { produce, source } = await ask(view([line(1, [null, 7, 8])], "measured"));
    expect(produce.map(({ brokerId, values }) => [brokerId, values])).toEqual([
      [1, [20, 7, 8]],
      [2, [2, null, null]],
    ]);
    expect(source).toBe("mixed");
  });

  it("is one line where the console keeps only the sum over brokers", async () => {
    const { produce } = await ask(view([line(null, [null, null, 8])], "measured"));
    expect(produce.map(({ brokerId, values }) => [brokerId, values])).toEqual([[null, [22, 22, 8]]]);
  });

  it("is not asked for where the console has seen every step", async () => {
    const requests: SeriesRequest[] = [];
    const whole = view([line(1, [1, 2, 3])], "measured");
    expect(await ask(whole, requests)).toBe(whole);
    expect(requests).toEqual([]);
  });
});
