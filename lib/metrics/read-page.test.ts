import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PageReader, readPage } from "./read-page";
import { splitLines } from "./split-lines";

const AT = "2026-01-01T00:00:00.000Z";

function readText(text: string, pieceLength = 1000): PageReader {
  const page = readPage(1);
  const lines = splitLines(page.line);
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += pieceLength) lines.push(bytes.subarray(at, at + pieceLength));
  lines.end();
  return page;
}
const factsOf = (text: string) => readText(text).facts(AT);

/** As jmx_prometheus_javaagent 1.0.1 writes it. */
const REAL_PAGE = `# HELP kafka_server_BrokerTopicMetrics_Count Attribute exposed for management kafka.server:name=BytesInPerSec,type=BrokerTopicMetrics,attribute=Count
# TYPE kafka_server_BrokerTopicMetrics_Count untyped
kafka_server_BrokerTopicMetrics_Count{name="BytesInPerSec"} 4.86680801231E11
kafka_server_BrokerTopicMetrics_Count{name="BytesInPerSec",topic="acme.orders"} 131839.0
kafka_server_BrokerTopicMetrics_Count{name="BytesRejectedPerSec"} 0.0
# TYPE kafka_server_BrokerTopicMetrics_OneMinuteRate untyped
kafka_server_BrokerTopicMetrics_OneMinuteRate{name="BytesInPerSec",topic="acme.orders"} 1804.4965605968723
# TYPE kafka_server_Fetch_byte_rate untyped
kafka_server_Fetch_byte_rate{user="acme"} 2800.4486491758507
kafka_server_Fetch_queue_size 0.0
kafka_server_Fetch_throttle_time{user="acme"} NaN
kafka_server_Produce_byte_rate{user="acme"} 2482.777574203005
kafka_server_Produce_byte_rate{user="kestrel%2Bco"} 0.0
kafka_server_Produce_throttle_time{user="acme"} 612.4
`;

describe("client series", () => {
  it("reads a page of a Kafka 4.1 broker with the exporter's default rules", () => {
    const facts = factsOf(REAL_PAGE);
    expect(facts.clients).toEqual([
      {
        user: "acme",
        consumeBytesPerSecond: 2800.4486491758507,
        consumeThrottleMs: 0,
        produceBytesPerSecond: 2482.777574203005,
        produceThrottleMs: 612.4,
      },
      { user: "kestrel+co", produceBytesPerSecond: 0 },
    ]);
    expect(facts.topics).toEqual(new Map([["acme.orders", { bytesInTotal: 131839, bytesInPerSecond: 1804.4965605968723 }]]));
    expect(facts.broker).toEqual({ bytesInTotal: 486680801231 });
  });

  it("keeps every label set of an identity apart and reads MSK's trailing comma", () => {
    const { clients } = factsOf(
      [
        'kafka_server_Produce_byte_rate{user="acme",} 100.5',
        'kafka_server_Produce_byte_rate{client_id="app",user="acme",} 7.0',
        'kafka_server_Fetch_byte_rate{user="acme",} 3.0E2',
      ].join("\n"),
    );
    expect(clients).toEqual([
      { user: "acme", produceBytesPerSecond: 100.5, consumeBytesPerSecond: 300 },
      { user: "acme", clientId: "app", produceBytesPerSecond: 7 },
    ]);
  });

  it("adds the same label set when it comes twice, but takes the longer throttle", () => {
    const { clients } = factsOf(
      [
        'kafka_server_Produce_byte_rate{user="a",listener="x"} 1',
        'kafka_server_Produce_byte_rate{user="a",listener="y"} 2',
        'kafka_server_Produce_throttle_time{user="a",listener="x"} 40',
        'kafka_server_Produce_throttle_time{user="a",listener="y"} 10',
      ].join("\n"),
    );
    expect(clients).toEqual([{ user: "a", produceBytesPerSecond: 3, produceThrottleMs: 40 }]);
  });

  it("reads a throttle time of NaN as measured and none, and a rate of NaN or infinity as nothing", () => {
    const { clients } = factsOf(
      [
        'kafka_server_Produce_throttle_time{user="a",} NaN',
        'kafka_server_Request_throttle_time{user="a",} NaN',
        'kafka_server_Produce_byte_rate{user="a",} NaN',
        'kafka_server_Fetch_byte_rate{user="a",} +Inf',
        'kafka_server_Request_request_time{user="a",} -Infinity',
      ].join("\n"),
    );
    expect(clients).toEqual([{ user: "a", produceThrottleMs: 0, requestThrottleMs: 0 }]);
  });

  it("decodes user names as Kafka encodes them, and undoes JMX's quotes", () => {
    const { clients } = factsOf(
      [
        'kafka_server_Produce_byte_rate{user="CN%3Dapp%2COU%3Da%20b"} 1',
        'kafka_server_Produce_byte_rate{user="50%"} 2',
        String.raw`kafka_server_Produce_byte_rate{client_id="\"we\\*ird\\\"\""} 3`,
        String.raw`kafka_server_Produce_byte_rate{client_id="a\\b\"c,d}e=\"f"} 4`,
      ].join("\n"),
    );
    expect(clients).toEqual([
      { user: "CN=app,OU=a b", produceBytesPerSecond: 1 },
      { user: "50%", produceBytesPerSecond: 2 },
      { clientId: 'we*ird"', produceBytesPerSecond: 3 },
      { clientId: 'a\\b"c,d}e="f', produceBytesPerSecond: 4 },
    ]);
  });

  it("does not make an identity of a series that names nobody", () => {
    expect(factsOf('kafka_server_Produce_byte_rate 5\nkafka_server_Produce_byte_rate{user="",} 5').clients).toEqual([]);
  });
});

describe("names", () => {
  const expected = { bytesInTotal: 10, bytesInPerSecond: 2 };

  it.each([
    [
      "the exporter's default",
      'kafka_server_BrokerTopicMetrics_Count{name="BytesInPerSec",topic="a.b",} 10.0\nkafka_server_BrokerTopicMetrics_OneMinuteRate{name="BytesInPerSec",topic="a.b",} 2',
    ],
    [
      "lower-cased",
      'kafka_server_brokertopicmetrics_count{name="BytesInPerSec",topic="a.b"} 10\nkafka_server_brokertopicmetrics_oneminuterate{name="BytesInPerSec",topic="a.b"} 2',
    ],
    [
      "name in the metric",
      'kafka_server_brokertopicmetrics_bytesinpersec_count{topic="a.b"} 10\nkafka_server_brokertopicmetrics_bytesinpersec_oneminuterate{topic="a.b"} 2',
    ],
    [
      "name in the metric, as written",
      'kafka_server_BrokerTopicMetrics_BytesInPerSec_Count{topic="a.b"} 10\nkafka_server_BrokerTopicMetrics_BytesInPerSec_OneMinuteRate{topic="a.b"} 2',
    ],
    [
      "counter suffix",
      'kafka_server_brokertopicmetrics_bytesin_total{topic="a.b"} 10\nkafka_server_brokertopicmetrics_bytesin_oneminuterate{topic="a.b"} 2',
    ],
  ])("reads topic traffic under %s naming", (_, text) => {
    expect(factsOf(text).topics.get("a.b")).toEqual(expected);
  });

  it("reads the same client series in lower case", () => {
    expect(factsOf('kafka_server_fetch_throttle_time{user="a"} 12.5').clients).toEqual([{ user: "a", consumeThrottleMs: 12.5 }]);
  });

  it("counts one thing once when a page publishes it under two names", () => {
    const { broker } = factsOf(
      'kafka_server_BrokerTopicMetrics_Count{name="BytesInPerSec"} 10\nkafka_server_brokertopicmetrics_bytesinpersec_count 10',
    );
    expect(broker).toEqual({ bytesInTotal: 10 });
  });

  it("reads the broker's own figures and leaves their neighbours", () => {
    const { broker } = factsOf(
      [
        'kafka_server_BrokerTopicMetrics_Count{name="BytesOutPerSec",} 5',
        'kafka_server_BrokerTopicMetrics_Count{name="ReplicationBytesInPerSec",} 9',
        'kafka_server_KafkaRequestHandlerPool_OneMinuteRate{name="RequestHandlerAvgIdlePercent",} 0.93',
        'kafka_network_SocketServer_Value{name="NetworkProcessorAvgIdlePercent",} 0.99',
        'kafka_network_RequestMetrics_Mean{name="TotalTimeMs",request="Produce",} 4.5',
        'kafka_network_RequestMetrics_Mean{name="TotalTimeMs",request="FetchConsumer",} 250',
        'kafka_network_RequestMetrics_Mean{name="TotalTimeMs",request="FetchFollower",} 400',
        'kafka_network_RequestMetrics_Mean{name="RemoteTimeMs",request="FetchConsumer",} 230',
        'kafka_network_RequestMetrics_Count{name="TotalTimeMs",request="Produce",} 77',
        'kafka_network_RequestMetrics_Count{name="TotalTimeMs",request="FetchConsumer",} 88',
        'kafka_network_RequestMetrics_Count{name="RequestsPerSec",request="Produce",version="12",} 99',
        'kafka_network_RequestMetrics_Mean{name="LocalTimeMs",request="Produce",} 1',
        'kafka_server_ReplicaManager_Value{name="UnderReplicatedPartitions",} 0.0',
        'kafka_server_ReplicaManager_Value{name="LeaderCount",} 12',
        'kafka_server_ReplicaManager_Value{name="PartitionCount",} 30',
      ].join("\n"),
    );
    expect(broker).toEqual({
      bytesOutTotal: 5,
      requestHandlerIdle: 0.93,
      networkProcessorIdle: 0.99,
      produceTotalTimeMsMean: 4.5,
      fetchConsumerTotalTimeMsMean: 250,
      fetchConsumerRemoteTimeMsMean: 230,
      produceRequestsTotal: 77,
      fetchConsumerRequestsTotal: 88,
      underReplicatedPartitions: 0,
      leaderCount: 12,
      partitionCount: 30,
    });
  });
});

describe("request handlers' idle share", () => {
  const brokerOf = (oneMinute: number, mean: number) =>
    factsOf(
      [
        'kafka_network_SocketServer_Value{name="NetworkProcessorAvgIdlePercent"} 0.99',
        ...["OneMinuteRate", "MeanRate"].map(
          (rate, n) => `kafka_server_KafkaRequestHandlerPool_${rate}{name="RequestHandlerAvgIdlePercent"} ${[oneMinute, mean][n]}`,
        ),
      ].join("\n"),
    ).broker;
  const page = (oneMinute: number, mean: number) => brokerOf(oneMinute, mean).requestHandlerIdle;

  it("is the broker's own where the meter holds the controller's handlers too", () => {
    expect(page(1.97, 1.98)).toBeCloseTo(0.97);
    expect(page(0.95, 1.98)).toBe(0);
  });

  it("tells how many pools were added up, and leaves network threads out that are the controller's", () => {
    expect(brokerOf(1.97, 1.98)).toEqual({ requestHandlerIdle: 1.97 - 1, requestHandlerPools: 2 });
    expect(brokerOf(0.4, 0.9)).toEqual({ requestHandlerIdle: 0.4, networkProcessorIdle: 0.99 });
  });

  it("is taken as it is on a broker of its own", () => {
    expect(page(0.4, 0.9)).toBe(0.4);
    expect(page(1.01, 0.9)).toBe(1);
  });
});

describe("nonsense", () => {
  it("names lines that are no metrics and keeps the rest", () => {
    const page = readText(
      '# HELP x y\n<html>\n\nkafka_server_Produce_byte_rate{user="a"} 1\nkafka_server_Produce_byte_rate{user="a} 1\nother 5 1700000000\n',
    );
    expect(page.counts()).toEqual({ samples: 2, read: 1, malformed: 2, firstMalformed: "<html>" });
    expect(page.facts(AT).clients).toEqual([{ user: "a", produceBytesPerSecond: 1 }]);
  });

  it("skips a line without an end instead of keeping it in memory", () => {
    const page = readText(`${"x".repeat(200_000)}\nkafka_server_Produce_byte_rate{user="a"} 1`);
    expect(page.counts()).toMatchObject({ malformed: 1, read: 1 });
  });

  it("never throws, and never makes up a number that is not finite", () => {
    const piece = fc.constantFrom(
      "kafka_server_Produce_byte_rate",
      "{",
      "}",
      'user="',
      '"',
      "\\",
      ",",
      "=",
      " ",
      "NaN",
      "1e999",
      "\n",
      "#",
      "é",
      "1",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), (pieces, length) => {
        const facts = readText(pieces.join(""), length).facts(AT);
        for (const client of facts.clients) expect(Number.isFinite(client.produceBytesPerSecond ?? 0)).toBe(true);
      }),
    );
  });

  it("reads back any user name and rate, however the page is cut into pieces", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter((name) => !/^".*"$/s.test(name)),
        fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
        fc.integer({ min: 1, max: 50 }),
        (user, rate, length) => {
          const label = encodeURIComponent(user).replaceAll("\\", "\\\\").replaceAll('"', '\\"');
          const facts = readText(`kafka_server_Produce_byte_rate{user="${label}",} ${rate}\n`, length).facts(AT);
          expect(facts.clients).toEqual([{ user, produceBytesPerSecond: rate }]);
        },
      ),
    );
  });
});
