import { describe, expect, it } from "vitest";
import { brokerValues } from "./broker-values";
import { parseExporterPage } from "./exporter-page";
import type { BrokerReading } from "./read-broker";

function reading(lines: string[], started = 1): BrokerReading {
  return {
    brokerId: 2,
    page: parseExporterPage([`process_start_time_seconds ${started}`, ...lines].join("\n")),
    ticks: null,
    diskUsedPercent: 40,
    connections: new Map([
      [9096, 3],
      [9092, 2],
    ]),
  };
}

const bytesIn = (topic: string | null, count: number) =>
  `kafka_server_BrokerTopicMetrics_Count{name="BytesInPerSec"${topic === null ? "" : `,topic="${topic}"`}} ${count}`;
const messagesIn = (topic: string, count: number) =>
  `kafka_server_BrokerTopicMetrics_Count{name="MessagesInPerSec",topic="${topic}"} ${count}`;

type Level = Parameters<typeof brokerValues>[1];

function values(before: BrokerReading, now: BrokerReading, level: Level = "DEFAULT") {
  return brokerValues("shared", level, { before, now, seconds: 60 });
}
const named = (metric: string, all: ReturnType<typeof values>) => all.filter((candidate) => candidate.metric === metric);

describe("a broker's minute", () => {
  it("is what its counters grew by, divided by the minute", () => {
    const [total, ...topics] = named(
      "BytesInPerSec",
      values(reading([bytesIn(null, 1_000), bytesIn("a.x", 600)]), reading([bytesIn(null, 7_000), bytesIn("a.x", 3_600)])),
    );
    expect(total).toMatchObject({ unit: "Bytes/Second", sample: 100, dimensions: { "Cluster Name": "shared", "Broker ID": "2" } });
    expect(topics).toMatchObject([{ sample: 50, dimensions: { "Cluster Name": "shared", "Broker ID": "2", Topic: "a.x" } }]);
  });

  it("has a topic from the first byte on, and then also at rest", () => {
    const of = (before: string[], now: string[]) =>
      named("BytesInPerSec", values(reading(before), reading(now))).map(({ sample }) => sample);
    expect(of([], [bytesIn("new", 0)])).toEqual([]);
    expect(of([], [bytesIn("new", 120)])).toEqual([2]);
    expect(of([bytesIn("old", 120)], [bytesIn("old", 120)])).toEqual([0]);
  });

  it("is a gap when the broker started anew or a counter went back", () => {
    expect(values(reading([bytesIn(null, 10)], 1), reading([bytesIn(null, 20)], 2))).toEqual([]);
    expect(named("BytesInPerSec", values(reading([bytesIn(null, 10)]), reading([bytesIn(null, 5)])))).toEqual([]);
  });

  it("tells messages per topic only from PER_TOPIC_PER_BROKER on", () => {
    const of = (level: Level) => named("MessagesInPerSec", values(reading([]), reading([messagesIn("a.x", 60)]), level));
    expect(of("DEFAULT")).toEqual([]);
    expect(of("PER_BROKER")).toEqual([]);
    expect(of("PER_TOPIC_PER_BROKER")).toMatchObject([{ sample: 1 }]);
  });

  it("tells throttling and idleness from PER_BROKER on, and throttling only where quotas are measured", () => {
    const measured = [
      'kafka_server_Produce_throttle_time{user="a"} 300',
      'kafka_server_Produce_throttle_time{user="b"} NaN',
      'kafka_server_KafkaRequestHandlerPool_OneMinuteRate{name="RequestHandlerAvgIdlePercent"} 0.9',
    ];
    const of = (level: Level, lines: string[]) =>
      values(reading(lines), reading(lines), level).map(({ metric, sample }) => [metric, sample]);
    expect(of("DEFAULT", measured).map(([metric]) => metric)).not.toContain("ProduceThrottleTime");
    expect(of("PER_BROKER", measured)).toContainEqual(["ProduceThrottleTime", 300]);
    expect(of("PER_BROKER", measured)).toContainEqual(["RequestHandlerAvgIdlePercent", 0.9]);
    expect(of("PER_BROKER", []).map(([metric]) => metric)).not.toContain("ProduceThrottleTime");
  });

  it("has the mean time of its own requests, and none without requests", () => {
    const total = (part: string, value: number) => `kafka_network_RequestMetrics_${part}{name="TotalTimeMs",request="Produce"} ${value}`;
    const before = reading([total("Count", 100), total("Mean", 10)]);
    const later = reading([total("Count", 200), total("Mean", 20)]);
    expect(named("ProduceTotalTimeMsMean", values(before, later))).toMatchObject([{ sample: 30, unit: "Milliseconds" }]);
    expect(named("ProduceTotalTimeMsMean", values(before, before))).toEqual([]);
  });

  it("counts connections together and by sign-in", () => {
    const all = values(reading([]), reading([]));
    expect(named("ConnectionCount", all)).toMatchObject([{ sample: 5 }]);
    expect(named("ClientConnectionCount", all).map(({ dimensions, sample }) => [dimensions["Client Authentication"], sample])).toEqual([
      ["SASL_SCRAM", 3],
      ["SSL", 0],
    ]);
  });
});
