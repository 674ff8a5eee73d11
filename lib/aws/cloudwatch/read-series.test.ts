import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AwsRegion } from "@/lib/aws/port";
import { cloudwatchError, type FakeAws, json, startFakeAws } from "@/lib/aws/testing/fake-aws";
import { answerSeries, queriesOf, type WireResult } from "@/lib/aws/testing/fake-cloudwatch";
import { REGION, regionOf } from "@/lib/aws/testing/region";
import type { SeriesKey, SeriesRequest } from "@/lib/domain/cloud-facts";

const NOON = Date.parse("2026-11-23T12:00:00Z");
const MINUTE = 60_000;
let nowMs = NOON + 30_000;
const now = () => nowMs;

let aws: FakeAws;
beforeEach(async () => {
  nowMs = NOON + 30_000;
  aws = await startFakeAws();
});
afterEach(async () => {
  await aws.close();
  vi.unstubAllEnvs();
});

const topics = (count: number): SeriesKey[] =>
  Array.from({ length: count }, (_, n) => ({ metric: "BytesInPerSec", brokerId: 1, topic: `t${n}` }));

function request(more: Partial<SeriesRequest> = {}): SeriesRequest {
  return {
    clusterName: "shared-1",
    serverless: false,
    keys: topics(1),
    startMs: NOON - 5 * MINUTE,
    endMs: NOON,
    periodSeconds: 60,
    ...more,
  };
}

const perHour = (dollarsPerHour: number): AwsRegion => regionOf({ connection: { dollarsPerHour }, now });

describe("the call", () => {
  it("is AWS JSON 1.0, signed, with CloudWatch's names for dimensions and only whole periods", async () => {
    answerSeries(aws);
    const keys: SeriesKey[] = [
      { metric: "BytesInPerSec", brokerId: 2, topic: "acme.orders" },
      { metric: "SumOffsetLag", group: "billing", topic: "acme.orders" },
      { metric: "OffsetLag", group: "billing", topic: "acme.orders", partition: 4 },
      { metric: "GlobalPartitionCount" },
    ];
    const { value, problems } = await perHour(1).readSeries(request({ keys, startMs: NOON - 5 * MINUTE + 1, endMs: NOON + 29_999 }));
    expect(problems).toEqual([]);
    expect(value.map(({ key }) => key)).toEqual(keys);
    const [call] = aws.calls;
    expect(call?.headers["content-type"]).toBe("application/x-amz-json-1.0");
    expect(call?.signed).toMatchObject({ service: "monitoring", region: REGION });
    expect(call?.body).toMatchObject({ StartTime: (NOON - 5 * MINUTE) / 1000, EndTime: NOON / 1000, MaxDatapoints: 100_800 });
    const queries = queriesOf(call?.body ?? {});
    expect(queries.every(({ Id }) => /^[a-z][a-zA-Z0-9_]*$/.test(Id))).toBe(true);
    expect(queries.map(({ MetricStat }) => [MetricStat.Metric.MetricName, MetricStat.Period, MetricStat.Stat])).toEqual([
      ["BytesInPerSec", 60, "Average"],
      ["SumOffsetLag", 60, "Maximum"],
      ["OffsetLag", 60, "Maximum"],
      ["GlobalPartitionCount", 60, "Maximum"],
    ]);
    expect(queries[2]?.MetricStat.Metric).toEqual({
      Namespace: "AWS/Kafka",
      MetricName: "OffsetLag",
      Dimensions: [
        { Name: "Cluster Name", Value: "shared-1" },
        { Name: "Topic", Value: "acme.orders" },
        { Name: "Consumer Group", Value: "billing" },
        { Name: "Partition", Value: "4" },
      ],
    });
    expect(queries[0]?.MetricStat.Metric.Dimensions).toContainEqual({ Name: "Broker ID", Value: "2" });
  });

  it("holds at most 500 series", async () => {
    answerSeries(aws);
    const { value } = await perHour(1).readSeries(request({ keys: topics(1201) }));
    expect(value).toHaveLength(1201);
    expect(aws.calls.map(({ body }) => queriesOf(body).length).sort((a, b) => b - a)).toEqual([500, 500, 201]);
    expect(value.every(({ status }) => status === "complete")).toBe(true);
  });

  it("is not made for a range without a whole period, nor for no series", async () => {
    expect((await perHour(1).readSeries(request({ startMs: NOON, endMs: NOON + 20_000 }))).value).toMatchObject([{ points: [] }]);
    expect((await perHour(1).readSeries(request({ keys: [] }))).value).toEqual([]);
    expect(aws.calls).toEqual([]);
  });
});

describe("the statistic", () => {
  it.each([
    [false, 300, "Average", 6],
    [true, 60, "Sum", 6],
    [true, 300, "Sum", 6 / 5],
    [true, 3600, "Sum", 6 / 60],
  ] as const)(
    "of bytes, serverless %s, over %i s is %s, as the value of one minute",
    async (serverless, periodSeconds, statistic, value) => {
      answerSeries(aws, () => ({ Values: [6] }));
      const read = await perHour(1).readSeries(request({ serverless, periodSeconds, startMs: NOON - 3_600_000 }));
      expect(queriesOf(aws.calls[0]?.body ?? {})[0]?.MetricStat).toMatchObject({ Stat: statistic, Period: periodSeconds });
      expect(read.value[0]?.points).toEqual([{ atMs: NOON - 3_600_000, value }]);
    },
  );

  it("of connections is the sum of a minute, of lag on serverless the maximum", async () => {
    answerSeries(aws, () => ({ Values: [50] }));
    const keys = [{ metric: "ConnectionCount", brokerId: 1 }];
    const read = await perHour(1).readSeries(request({ keys, periodSeconds: 300 }));
    expect(read.value[0]?.points[0]?.value).toBe(10);
    await perHour(1).readSeries(request({ keys: [{ metric: "MaxEstimatedTimeLag", topic: "t", group: "g" }], serverless: true }));
    expect(aws.calls.map(({ body }) => queriesOf(body)[0]?.MetricStat.Stat)).toEqual(["Sum", "Maximum"]);
  });
});

describe("an answer in pages", () => {
  it("is put together by series and time, and a series that ends unfinished is partial", async () => {
    const page = (results: WireResult[], NextToken?: string) =>
      json({ MetricDataResults: results, ...(NextToken === undefined ? {} : { NextToken }) });
    const [t0, t1, t2] = [NOON / 1000 - 180, NOON / 1000 - 120, NOON / 1000 - 60];
    aws.on("GetMetricData", ({ body }) => {
      if (body.NextToken === undefined) return page([{ Id: "s0", StatusCode: "PartialData", Timestamps: [t1, t0], Values: [2, 1] }], "two");
      if (body.NextToken === "two")
        return page(
          [
            { Id: "s0", StatusCode: "Complete", Timestamps: [t2], Values: [3] },
            { Id: "s1", StatusCode: "PartialData", Timestamps: [t0], Values: [10] },
          ],
          "three",
        );
      return page([{ Id: "s2", StatusCode: "Complete", Timestamps: [], Values: [] }]);
    });
    const region = perHour(1);
    const { value, problems } = await region.readSeries(request({ keys: topics(4) }));
    expect(value[0]).toMatchObject({ status: "complete", points: [{ value: 1 }, { value: 2 }, { value: 3 }] });
    expect(value[1]).toMatchObject({ status: "partial", points: [{ atMs: t0 * 1000, value: 10 }] });
    expect(value[2]).toMatchObject({ status: "complete", points: [] });
    expect(value[3]).toMatchObject({ status: "failed", points: [], message: expect.stringContaining("left the series out") });
    expect(problems.map(({ code, message }) => [code, message.slice(0, 16)])).toEqual([
      ["unavailable", "1 of 4 series we"],
      ["unavailable", "1 of 4 series we"],
    ]);
    expect(region.spending()).toMatchObject({ calls: { GetMetricData: 3 }, seriesRequested: 4 });
  });

  it("keeps CloudWatch's own status and words of each series", async () => {
    const said = { Forbidden: "Forbidden", InternalError: "InternalError" };
    answerSeries(aws, ({ Id }) =>
      Id === "s0"
        ? { StatusCode: said.Forbidden, Values: [], Timestamps: [], Messages: [{ Code: "Forbidden", Value: "not in this account" }] }
        : Id === "s1"
          ? { StatusCode: said.InternalError, Values: [], Timestamps: [] }
          : {},
    );
    const { value, problems } = await perHour(1).readSeries(request({ keys: topics(3) }));
    expect(value.map(({ status }) => status)).toEqual(["forbidden", "failed", "complete"]);
    expect(value[0]?.message).toBe("Forbidden: not in this account");
    expect(problems).toMatchObject([
      { code: "forbidden", remedy: expect.stringContaining("cloudwatch:GetMetricData") },
      { code: "unavailable" },
    ]);
  });
});

describe("one cache for everybody", () => {
  it.each([1, 20])("%i callers cause the same calls", async (callers) => {
    answerSeries(aws);
    const region = perHour(1);
    for (let minute = 0; minute < 5; minute++) {
      const ask = () => region.readSeries(request({ keys: topics(700), startMs: nowMs - 5 * MINUTE, endMs: nowMs }));
      const readings = await Promise.all(Array.from({ length: callers }, ask));
      for (const { value } of readings) expect(value).toHaveLength(700);
      nowMs += 20_000;
      await ask();
      nowMs += 40_000;
    }
    expect(region.spending()).toMatchObject({ calls: { GetMetricData: 5 * 2 }, seriesRequested: 5 * 700 });
  });

  it("asks only for what nobody asked for yet", async () => {
    answerSeries(aws);
    const region = perHour(1);
    await Promise.all([region.readSeries(request({ keys: topics(10) })), region.readSeries(request({ keys: topics(15) }))]);
    expect(aws.calls.map(({ body }) => queriesOf(body).length)).toEqual([10, 5]);
  });

  it("keeps the newest minutes for a minute, what is settled for an hour", async () => {
    answerSeries(aws);
    const region = perHour(1);
    const fresh = request();
    const settled = request({ startMs: NOON - 60 * MINUTE, endMs: NOON - 30 * MINUTE });
    const askBoth = async () => {
      await region.readSeries(fresh);
      await region.readSeries(settled);
      return aws.calls.length;
    };
    expect(await askBoth()).toBe(2);
    nowMs += 59_000;
    expect(await askBoth()).toBe(2);
    nowMs += 2000;
    expect(await askBoth()).toBe(3);
    nowMs += 60 * MINUTE;
    expect(await askBoth()).toBe(5);
  });

  it("keeps clusters, statistics and periods apart", async () => {
    answerSeries(aws);
    const region = perHour(1);
    for (const more of [{}, { clusterName: "other" }, { serverless: true }, { periodSeconds: 300 } as const])
      await region.readSeries(request(more));
    expect(aws.calls).toHaveLength(4);
  });

  it("does not repeat a failed call for everybody, and heals soon", async () => {
    aws.on("GetMetricData", () => cloudwatchError(400, "ThrottlingException", "Rate exceeded"));
    const region = perHour(1);
    for (let n = 0; n < 5; n++) {
      const { value, problems } = await region.readSeries(request());
      expect(value).toMatchObject([{ status: "failed", points: [] }]);
      expect(problems).toMatchObject([{ code: "unavailable", message: expect.stringContaining("throttled") }]);
    }
    expect(aws.calls).toHaveLength(1);
    answerSeries(aws);
    nowMs += 16_000;
    expect((await region.readSeries(request())).value).toMatchObject([{ status: "complete" }]);
  });

  it("loses only the part whose call failed", async () => {
    let first = true;
    answerSeries(aws);
    const answer = aws.on.bind(aws);
    answer("GetMetricData", ({ body }) => {
      if (first) {
        first = false;
        return cloudwatchError(500, "InternalServiceFault", "sorry");
      }
      return json({
        MetricDataResults: queriesOf(body).map(({ Id }) => ({ Id, StatusCode: "Complete", Timestamps: [NOON / 1000 - 60], Values: [1] })),
      });
    });
    const { value, problems } = await perHour(1).readSeries(request({ keys: topics(800) }));
    const complete = value.filter(({ status }) => status === "complete").length;
    expect([300, 500]).toContain(complete);
    expect(problems).toMatchObject([{ code: "unavailable" }]);
  });
});

describe("the budget", () => {
  it("lets as many series through as an hour's dollars pay, then answers from before and says when there is room again", async () => {
    answerSeries(aws);
    const region = perHour(0.01);
    await region.readSeries(request({ keys: topics(900) }));
    nowMs += MINUTE;
    const next = { startMs: NOON - 5 * MINUTE, endMs: NOON + MINUTE };
    const { value, problems } = await region.readSeries(request({ keys: topics(950), ...next }));
    expect(region.spending()).toMatchObject({ seriesRequested: 1000, dollars: 0.01 });
    expect(value.filter(({ status }) => status === "complete")).toHaveLength(100);
    const older = value.filter(({ status }) => status === "partial");
    expect(older).toHaveLength(800);
    expect(older[0]).toMatchObject({
      points: [{ atMs: NOON - 5 * MINUTE, value: 1 }],
      message: expect.stringContaining("2026-11-23T12:00Z"),
    });
    expect(value.filter(({ status, points }) => status === "failed" && points.length === 0)).toHaveLength(50);
    expect(problems).toMatchObject([
      {
        code: "unavailable",
        operation: "GetMetricData",
        message: expect.stringContaining("0.01 US dollars"),
        remedy: expect.stringContaining("2026-11-23T13:01Z"),
      },
    ]);
  });

  it("has room again after an hour", async () => {
    answerSeries(aws);
    const region = perHour(0.001);
    await region.readSeries(request({ keys: topics(100) }));
    nowMs = Date.parse("2026-11-23T13:00:59Z");
    const late = { startMs: NOON + 50 * MINUTE, endMs: NOON + 55 * MINUTE };
    expect((await region.readSeries(request(late))).problems).toHaveLength(1);
    nowMs = Date.parse("2026-11-23T13:01:00Z");
    expect((await region.readSeries(request(late))).problems).toEqual([]);
  });

  it("is not used up by calls that AWS refused", async () => {
    aws.on("GetMetricData", () => cloudwatchError(403, "AccessDenied", "no"));
    const region = perHour(0.001);
    await region.readSeries(request({ keys: topics(100) }));
    expect(region.spending()).toMatchObject({ calls: { GetMetricData: 1 }, seriesRequested: 0, dollars: 0 });
  });

  it("is not exceeded by callers side by side", async () => {
    answerSeries(aws);
    const region = perHour(0.001);
    await Promise.all(Array.from({ length: 5 }, (_, n) => region.readSeries(request({ clusterName: `c${n}`, keys: topics(60) }))));
    expect(region.spending().seriesRequested).toBe(100);
  });
});

describe("what is published", () => {
  it("is listed by metric and cluster over all pages; dimensions that are not read are left out", async () => {
    const dimensions = (...pairs: [string, string][]) =>
      [["Cluster Name", "shared-1"] as [string, string], ...pairs].map(([Name, Value]) => ({ Name, Value }));
    aws.on("ListMetrics", ({ body }) => {
      if (body.MetricName === "SumOffsetLag") return cloudwatchError(500, "InternalServiceFault", "sorry");
      const metric = (...pairs: [string, string][]) => ({
        Namespace: "AWS/Kafka",
        MetricName: body.MetricName,
        Dimensions: dimensions(...pairs),
      });
      if (body.MetricName !== "BytesInPerSec") return json({ Metrics: [metric(["Broker ID", "1"], ["Client Authentication", "IAM"])] });
      return body.NextToken === undefined
        ? json({ Metrics: [metric(["Broker ID", "1"])], NextToken: "two" })
        : json({ Metrics: [metric(["Topic", "acme.orders"], ["Broker ID", "1"])] });
    });
    const region = perHour(1);
    const { value, problems } = await region.listPublished("shared-1", [
      "BytesInPerSec",
      "ClientConnectionCount",
      "SumOffsetLag",
      "BytesInPerSec",
    ]);
    expect(value).toEqual({
      at: new Date(nowMs).toISOString(),
      keys: [
        { metric: "BytesInPerSec", brokerId: 1 },
        { metric: "BytesInPerSec", topic: "acme.orders", brokerId: 1 },
      ],
    });
    expect(problems).toMatchObject([{ code: "unavailable", operation: "ListMetrics", resource: "SumOffsetLag" }]);
    expect(aws.calls[0]?.body).toMatchObject({
      Namespace: "AWS/Kafka",
      RecentlyActive: "PT3H",
      Dimensions: [{ Name: "Cluster Name", Value: "shared-1" }],
    });
    expect(region.spending().calls).toEqual({ ListMetrics: 4 });
  });
});
