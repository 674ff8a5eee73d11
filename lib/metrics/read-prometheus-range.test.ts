import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BrokerFact } from "@/lib/domain/facts";
import { type RangeRequest, type RangeSubject, readPrometheusRange } from "./read-prometheus-range";
import { type FakePrometheus, startFakePrometheus } from "./testing/fake-prometheus";

const NOON = Date.parse("2026-11-23T12:00:00Z");
const MINUTE = 60_000;
const BROKERS: BrokerFact[] = [1, 2].map((id) => ({ id, host: `b-${id}.example`, port: 9096, rack: null }));

let fake: FakePrometheus;
beforeEach(async () => {
  fake = await startFakePrometheus();
});
afterEach(() => fake.close());

function read(query: RangeSubject, more: Partial<RangeRequest> = {}) {
  return readPrometheusRange({
    prometheus: { url: fake.url, labels: { cluster: "shared-1" }, brokerLabel: "instance", bearerToken: null },
    brokers: BROKERS,
    clock: { now: () => NOON },
    deadlineMs: 10_000,
    query,
    startMs: NOON - 10 * MINUTE,
    endMs: NOON,
    stepMs: MINUTE,
    ...more,
  });
}

const queries = () => fake.queries.map(({ form }) => form.get("query") ?? "");
const isIn = (query: string) => query.includes("BytesInPerSec") || query.includes("Produce");

describe("the past", () => {
  it("of topics is per broker and direction, a point at the beginning of each step, a gap where none is", async () => {
    fake.range((query) => [
      {
        metric: { instance: "b-2.example:11001", topic: "acme.orders" },
        values: [
          [(NOON - 8 * MINUTE) / 1000, isIn(query) ? "10.5" : "1"],
          [(NOON - 7 * MINUTE) / 1000, "NaN"],
          [(NOON - 5 * MINUTE) / 1000, "12"],
        ],
      },
    ]);
    const { value, problems } = await read({ kind: "topic" });
    expect(problems).toEqual([]);
    expect(value).toEqual([
      {
        brokerId: 2,
        topic: "acme.orders",
        bytesIn: [
          { atMs: NOON - 9 * MINUTE, bytesPerSecond: 10.5 },
          { atMs: NOON - 6 * MINUTE, bytesPerSecond: 12 },
        ],
        bytesOut: [
          { atMs: NOON - 9 * MINUTE, bytesPerSecond: 1 },
          { atMs: NOON - 6 * MINUTE, bytesPerSecond: 12 },
        ],
      },
    ]);
    expect(fake.queries).toHaveLength(2);
    expect(Object.fromEntries(fake.queries[0]?.form ?? [])).toMatchObject({
      start: String((NOON - 9 * MINUTE) / 1000),
      end: String(NOON / 1000),
      step: "60",
    });
  });

  it("of clients is by name, out of the label as Kafka writes it", async () => {
    fake.range((query) =>
      isIn(query)
        ? [{ metric: { instance: "b-1.example", user: "CN%3Dapp", client_id: String.raw`"a\*"` }, values: [[NOON / 1000, "5"]] }]
        : [],
    );
    expect((await read({ kind: "client" })).value).toEqual([
      { brokerId: 1, user: "CN=app", clientId: "a*", bytesIn: [{ atMs: NOON - MINUTE, bytesPerSecond: 5 }], bytesOut: [] },
    ]);
  });

  it("of brokers is of all topics together", async () => {
    fake.range(() => [{ metric: { instance: "b-1.example" }, values: [[NOON / 1000, "5"]] }]);
    expect((await read({ kind: "broker" })).value).toMatchObject([
      { brokerId: 1, bytesIn: [{ bytesPerSecond: 5 }], bytesOut: [{ bytesPerSecond: 5 }] },
    ]);
    expect(queries()[0]).toContain('topic=""');
  });

  it("of a subject that was on one broker only is no problem of the others, and of nobody is nothing", async () => {
    expect(await read({ kind: "topic", topics: ["gone"] })).toEqual({ value: [], problems: [] });
  });

  it("that is collected twice does not count twice", async () => {
    fake.range(() =>
      ["a", "b"].map((job) => ({ metric: { instance: "b-1.example", job, topic: "t" }, values: [[NOON / 1000, "5"] as [number, string]] })),
    );
    const { value, problems } = await read({ kind: "topic" });
    expect(value).toMatchObject([{ bytesIn: [{ bytesPerSecond: 5 }] }]);
    expect(problems).toMatchObject([{ code: "invalid", brokerId: 1 }]);
  });

  it("is not half an answer when one direction fails", async () => {
    fake.refuse({ status: 422, body: JSON.stringify({ error: "exceeded maximum resolution of 11,000 points" }) });
    const { value, problems } = await read({ kind: "topic" });
    expect(value).toBeNull();
    expect(problems).toMatchObject([
      { code: "invalid", operation: "POST /api/v1/query_range", message: expect.stringContaining("11,000 points") },
    ]);
  });

  it("of no whole step is not asked for", async () => {
    expect(await read({ kind: "topic" }, { startMs: NOON, endMs: NOON + 30_000 })).toEqual({ value: [], problems: [] });
    expect(fake.queries).toEqual([]);
  });
});

describe("the query", () => {
  it("asks for rates before counters, under every name, over windows that hold enough scrapes", async () => {
    await read({ kind: "topic", topics: ["acme.orders"] });
    const query = queries().find(isIn) ?? "";
    const rate =
      'avg_over_time(kafka_server_BrokerTopicMetrics_OneMinuteRate{name=~"BytesInPerSec|bytesinpersec",topic="acme.orders",cluster="shared-1"}[60s])';
    const counter =
      'rate(kafka_server_BrokerTopicMetrics_Count{name=~"BytesInPerSec|bytesinpersec",topic="acme.orders",cluster="shared-1"}[180s])';
    expect(query).toContain(rate);
    expect(query).toContain(counter);
    expect(query.indexOf(rate)).toBeLessThan(query.indexOf(counter));
    expect(query).toContain("kafka_server_brokertopicmetrics_bytesin_total{topic=");
    fake.queries.length = 0;
    await read({ kind: "topic" }, { stepMs: 5 * MINUTE });
    expect(queries()[0]).toContain("[300s]");
    expect(queries()[0]).not.toContain("[60s]");
  });

  it.each([
    ["a quote", 'a"b'],
    ["a backslash", "a\\b"],
    ["a line end", 'a\n"'],
    ["an expression", "x.*|y"],
  ])("cannot be changed by %s in a name", async (_what, user) => {
    await read({ kind: "client", users: [user, "plain"], clientIds: ['"} or vector(1) or {x="'] });
    for (const query of queries()) {
      // Nothing of the names is left once the strings are taken out as PromQL reads them.
      const outside = query.replace(/"(?:\\.|[^"\\])*"/gs, '""');
      expect(outside).not.toContain("vector");
      expect(outside).not.toContain('"""');
      expect(outside.replace(/[\w\s(){}[\],=~|]|""/g, "")).toBe("");
    }
  });

  it("matches a name literally", async () => {
    await read({ kind: "topic", topics: ["acme.orders", "acme.pay"] });
    expect(queries()[0]).toContain(String.raw`topic=~"acme\\.orders|acme\\.pay"`);
  });
});
