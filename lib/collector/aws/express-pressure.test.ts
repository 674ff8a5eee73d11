import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeAws, json, startFakeAws } from "@/lib/aws/testing/fake-aws";
import { answerSeries, type WireQuery } from "@/lib/aws/testing/fake-cloudwatch";
import { regionOf } from "@/lib/aws/testing/region";
import { manualClock } from "@/lib/collector/testing/manual-clock";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { QuotaRuleFact } from "@/lib/domain/facts";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { MskKind } from "@/lib/domain/msk-facts";
import { EMPTY_NOISE_MEMORY, judgeCluster } from "@/lib/domain/noise/judge-cluster";
import { signWords } from "@/lib/domain/noise/sentence";
import { drain } from "@/lib/domain/steps";
import { cluster, registry, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import { mskFacts } from "@/lib/domain/testing/msk-fixture";
import { createCloudReader } from "./cloud-reader";

const NOON = "2026-11-23T12:00:30.000Z";
const NOON_MS = Date.parse(NOON);

let aws: FakeAws;
beforeEach(async () => {
  aws = await startFakeAws();
});
afterEach(() => aws.close());

/** CloudWatch of a cluster whose broker 2 publishes these values and whose other brokers publish none. */
function publish(values: Record<string, number>): void {
  aws.on("ListMetrics", ({ body }) =>
    json({
      Metrics: Object.hasOwn(values, String(body.MetricName))
        ? [
            {
              Namespace: "AWS/Kafka",
              MetricName: body.MetricName,
              Dimensions: [
                { Name: "Cluster Name", Value: "shared-1" },
                { Name: "Broker ID", Value: "2" },
              ],
            },
          ]
        : [],
    }),
  );
  answerSeries(aws, ({ MetricStat }: WireQuery) => ({ Values: [values[MetricStat.Metric.MetricName] ?? 0] }));
}

/** What shows that broker 2 is under pressure, as two readings of CloudWatch tell it. */
async function pressureOf(kind: MskKind, quotas: QuotaRuleFact[]): Promise<string[]> {
  const reader = createCloudReader(regionOf({ now: () => NOON_MS }), manualClock(NOON));
  const needs = { rates: true, lag: false, express: kind === "express" };
  const { value: cloud, problems } = await reader.read({ name: "shared-1", serverless: false, createdAt: null }, needs);
  expect(problems).toEqual([]);
  const made = { ...cluster({ at: NOON, topics: ["acme.a"], quotas }), msk: mskFacts({}, { kind }), cloud };
  let memory = EMPTY_NOISE_MEMORY;
  let signs: string[] = [];
  for (let reading = 0; reading < 2; reading += 1) {
    const { fleet } = assembleFleet({ registry: registry([tenant("acme")]), clusters: [made], memory: EMPTY_MEMORY, at: NOON });
    const judged = drain(judgeCluster(fleet, made, memory, NOON_MS));
    memory = judged.memory;
    signs = judged.noise.brokers.find(({ brokerId }) => brokerId === 2)?.signs.map(signWords) ?? [];
  }
  return signs.map((words) => words.replaceAll(/[\u00a0\u202f]/g, " "));
}

describe("an Express broker that is held back by the limit of its size", () => {
  const HELD = { BytesInPerSec: 1e7, ProduceThrottleTime: 120, ProduceThrottleByteRate: 3_000_000, FetchThrottleTime: 0 };

  it("is under pressure, as CloudWatch tells it", async () => {
    publish(HELD);
    expect(await pressureOf("express", [])).toEqual(["the limit of its size held produce requests back for 120 ms, 3.0 MB/s"]);
    const asked = aws.calls.flatMap(({ body }) => (body.MetricDataQueries as WireQuery[] | undefined) ?? []);
    const byteRate = asked.find(({ MetricStat }) => MetricStat.Metric.MetricName === "ProduceThrottleByteRate");
    expect(byteRate?.MetricStat).toMatchObject({ Stat: "Average", Period: 60 });
    expect(byteRate?.MetricStat.Metric.Dimensions).toEqual([
      { Name: "Cluster Name", Value: "shared-1" },
      { Name: "Broker ID", Value: "2" },
    ]);
  });

  it("is under none where a client's own quota may be what holds it back", async () => {
    publish(HELD);
    expect(await pressureOf("express", [rule({ user: "acme" }, 50_000)])).toEqual([]);
  });

  it("is no Standard broker, whose throttling is that of its clients", async () => {
    publish(HELD);
    expect(await pressureOf("standard", [])).toEqual([]);
  });

  it("is not one whose network allowance held packets back, which are packets", async () => {
    publish({ BytesInPerSec: 1e7, TrafficShaping: 1_200 });
    expect(await pressureOf("standard", [])).toEqual(["its network allowance held back 1,200 packets a minute"]);
  });
});
