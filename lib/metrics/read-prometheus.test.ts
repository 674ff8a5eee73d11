import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { BrokerFact, ClientMeterFact, ExporterFacts } from "@/lib/domain/facts";
import type { SecretAnswer } from "@/lib/domain/secret";
import type { PrometheusSource } from "./prometheus/ask-prometheus";
import { type PrometheusRequest, readPrometheus } from "./read-prometheus";
import { scrapeExporter } from "./scrape-exporter";
import { type FakePrometheus, startFakePrometheus } from "./testing/fake-prometheus";

const SCRAPED = Date.parse("2026-11-23T12:00:00.250Z");
const clock = { now: () => Date.parse("2026-11-23T12:00:30.000Z") };
const BROKERS: BrokerFact[] = [1, 2].map((id) => ({ id, host: `b-${id}.example`, port: 9096, rack: null }));

/** As an exporter of a broker writes it, with names that need escaping, values that are no numbers, and neighbours that are not read. */
const PAGE = [
  "# HELP kafka_server_BrokerTopicMetrics_Count Attribute exposed for management",
  'kafka_server_BrokerTopicMetrics_Count{name="BytesInPerSec",} 4.86680801231E11',
  'kafka_server_BrokerTopicMetrics_Count{name="BytesInPerSec",topic="acme.orders",} 131839.0',
  'kafka_server_BrokerTopicMetrics_Count{name="BytesOutPerSec",topic="acme.orders",} 99',
  'kafka_server_BrokerTopicMetrics_Count{name="MessagesInPerSec",topic="acme.orders",} 12',
  'kafka_server_BrokerTopicMetrics_Count{name="BytesRejectedPerSec",} 7',
  'kafka_server_BrokerTopicMetrics_OneMinuteRate{name="BytesInPerSec",topic="acme.orders",} 1804.5',
  'kafka_server_Produce_byte_rate{user="acme",} 2482.75',
  'kafka_server_Produce_byte_rate{user="kestrel%2Bco",} 0.0',
  String.raw`kafka_server_Fetch_byte_rate{client_id="\"we\\*ird\\\"\"",user="acme",} 3`,
  String.raw`kafka_server_Fetch_byte_rate{client_id="a\\b\"c,d}e=\"f",} 4`,
  'kafka_server_Produce_throttle_time{user="acme",} NaN',
  'kafka_server_Fetch_throttle_time{user="acme",} 612.4',
  'kafka_server_Request_request_time{user="acme",} +Inf',
  'kafka_server_KafkaRequestHandlerPool_OneMinuteRate{name="RequestHandlerAvgIdlePercent",} 1.97',
  'kafka_server_KafkaRequestHandlerPool_MeanRate{name="RequestHandlerAvgIdlePercent",} 1.98',
  'kafka_network_RequestMetrics_Mean{name="TotalTimeMs",request="Produce",} 4.5',
  'kafka_network_RequestMetrics_Mean{name="TotalTimeMs",request="FetchFollower",} 400',
  'kafka_server_ReplicaManager_Value{name="LeaderCount",} 12',
  "node_cpu_seconds_total 5",
].join("\n");

let fake: FakePrometheus;
beforeEach(async () => {
  fake = await startFakePrometheus();
});
afterEach(() => fake.close());

function request(prometheus: Partial<PrometheusSource> = {}, more: Partial<PrometheusRequest> = {}): PrometheusRequest {
  const source = { url: fake.url, labels: {}, brokerLabel: "instance", bearerToken: null, ...prometheus };
  return { prometheus: source, brokers: BROKERS, clock, deadlineMs: 10_000, ...more };
}

async function scraped(page: string): Promise<ExporterFacts | null> {
  const server = createServer((_, response) => response.end(page));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
  const { value } = await scrapeExporter({ brokerId: 1, url, deadlineMs: 10_000, clock: { now: () => SCRAPED } });
  server.close();
  return value;
}

const sorted = (clients: readonly ClientMeterFact[]) => [...clients].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
const ofOneBroker = () => request({}, { brokers: BROKERS.slice(0, 1) });

describe("facts", () => {
  it.each([
    ["as the exporter names them by default", (page: string) => page],
    ["in lower case", (page: string) => page.replace(/^kafka_\w+/gm, (name) => name.toLowerCase())],
    [
      "with the name in the metric",
      (page: string) => page.replace(/^(kafka_server_BrokerTopicMetrics)_(\w+)\{name="(\w+)",/gm, "$1_$3_$2{"),
    ],
  ])("are those of the exporter's own page, its series named %s", async (_what, rename) => {
    const page = rename(PAGE);
    fake.ingest(page, { instance: "b-1.example:11001", job: "kafka", cluster: "shared-1" }, SCRAPED);
    const direct = await scraped(page);
    const { facts, problems } = await readPrometheus(ofOneBroker());
    expect(problems).toEqual([]);
    const [through] = facts;
    expect(through).toMatchObject({ brokerId: 1, at: "2026-11-23T12:00:00.250Z" });
    expect(through?.topics).toEqual(direct?.topics);
    expect(through?.topics.get("acme.orders")).toMatchObject({ bytesInTotal: 131839, bytesOutTotal: 99, recordsInTotal: 12 });
    expect(through?.broker).toEqual(direct?.broker);
    expect(sorted(through?.clients ?? [])).toEqual(sorted(direct?.clients ?? []));
    expect(through?.clients).toHaveLength(4);
  });

  it("are asked for at one time, far enough back to be whole", async () => {
    fake.ingest(PAGE, { instance: "b-1.example:11001" }, SCRAPED);
    await readPrometheus(ofOneBroker());
    expect(fake.queries.map(({ path }) => path)).toEqual(["/api/v1/query", "/api/v1/query"]);
    expect(new Set(fake.queries.map(({ form }) => form.get("time")))).toEqual(new Set([String(clock.now() / 1000 - 10)]));
  });

  it("are only of the series that the connection's labels choose, whatever is in them", async () => {
    const hostile = 'we"ird\\.*|\n';
    fake.ingest(PAGE, { instance: "b-1.example:11001", cluster: hostile }, SCRAPED);
    fake.ingest(PAGE.replaceAll("131839.0", "1"), { instance: "b-1.example:11001", cluster: "other" }, SCRAPED + 9000);
    const { facts } = await readPrometheus({ ...ofOneBroker(), prometheus: { ...request().prometheus, labels: { cluster: hostile } } });
    expect(facts[0]?.topics.get("acme.orders")?.bytesInTotal).toBe(131839);
    expect(facts[0]?.at).toBe("2026-11-23T12:00:00.250Z");
  });
});

describe("brokers", () => {
  it.each([
    ["instance", "b-1.example:11001"],
    ["instance", "B-1.Example"],
    ["broker", "1"],
  ])("are known by %s %s", async (brokerLabel, value) => {
    fake.ingest(PAGE, { [brokerLabel]: value }, SCRAPED);
    const { facts, problems } = await readPrometheus(request({ brokerLabel }));
    expect(facts.map(({ brokerId }) => brokerId)).toEqual([1]);
    expect(problems).toMatchObject([{ code: "unavailable", brokerId: 2, message: expect.stringContaining("b-2.example") }]);
  });

  it("are known by an IPv6 address", async () => {
    fake.ingest(PAGE, { instance: "[fd00::1]:11001" }, SCRAPED);
    const { facts } = await readPrometheus(request({}, { brokers: [{ id: 7, host: "fd00::1", port: 9096, rack: null }] }));
    expect(facts.map(({ brokerId }) => brokerId)).toEqual([7]);
  });

  it("that are strangers are named where one of ours is missing", async () => {
    fake.ingest(PAGE, { instance: "10.0.0.7:11001" }, SCRAPED);
    const { facts, problems } = await readPrometheus(request());
    expect(facts).toEqual([]);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatchObject({
      brokerId: 1,
      message: expect.stringContaining("10.0.0.7:11001"),
      remedy: expect.stringContaining("brokerLabel"),
    });
  });

  it("that are collected twice do not count twice", async () => {
    for (const job of ["kafka", "kafka-again"]) fake.ingest(PAGE, { instance: "b-1.example:11001", job }, SCRAPED);
    const { facts, problems } = await readPrometheus(ofOneBroker());
    expect(facts[0]?.broker.bytesInTotal).toBe(4.86680801231e11);
    expect(problems).toMatchObject([{ code: "invalid", brokerId: 1, remedy: expect.stringContaining("prometheus.labels") }]);
  });

  it("without any series at all are one problem, with what was asked for", async () => {
    const { facts, problems } = await readPrometheus(request({ labels: { cluster: "gone" } }));
    expect(facts).toEqual([]);
    expect(problems).toMatchObject([
      { code: "unsupported", message: expect.stringContaining('cluster="gone"'), remedy: expect.stringContaining("11001") },
    ]);
  });
});

describe("signing in", () => {
  it("is by token, or by name and password in the address, and neither is in a message", async () => {
    fake.refuse({ status: 401, body: "no" });
    const { problems } = await readPrometheus(request({ bearerToken: "tok-123" }));
    const address = fake.url.replace("//", "//me:pass%21word@");
    const { problems: more } = await readPrometheus(request({ url: address }));
    expect(fake.queries.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer tok-123",
      `Basic ${Buffer.from("me:pass!word").toString("base64")}`,
    ]);
    expect(JSON.stringify([problems, more])).not.toMatch(/tok-123|pass/);
  });

  it("reads a held token for each question, says when it was refused, and asks nothing without it", async () => {
    const refused = vi.fn();
    let answer: SecretAnswer = { ok: true, value: "tok-123" };
    const bearerToken = { name: "prometheus", read: async () => answer, refused };
    fake.ingest(PAGE, { instance: "b-1.example:11001", job: "kafka", cluster: "shared-1" }, SCRAPED);
    await readPrometheus(request({ bearerToken }));
    expect(refused).not.toHaveBeenCalled();
    fake.refuse({ status: 401, body: "no" });
    await readPrometheus(request({ bearerToken }));
    expect(refused).toHaveBeenCalledWith("tok-123");
    const asked = fake.queries.length;
    answer = { ok: false, problem: { code: "forbidden", operation: "GetSecretValue", message: "The secret prometheus cannot be used." } };
    const { problems } = await readPrometheus(request({ bearerToken }));
    expect(problems).toMatchObject([{ code: "forbidden", message: "The secret prometheus cannot be used." }]);
    expect(fake.queries).toHaveLength(asked);
  });
});

describe("what goes wrong", () => {
  const said = (error: string) => JSON.stringify({ status: "error", errorType: "x", error });

  it.each([
    [401, "", "authentication", /401/, /bearerToken/],
    [403, "", "forbidden", /403/, /query API/],
    [404, "<html>", "unsupported", /404/, /prometheus\.url/],
    [302, "", "invalid", /302/, /redirects/],
    [400, said("parse error: unexpected"), "invalid", /parse error/, undefined],
    [422, said("query processing would load too many samples"), "invalid", /too many samples/, undefined],
    [503, said("query timed out in query execution"), "timeout", /timed out/, undefined],
    [502, "<html>Bad gateway</html>", "unavailable", /502\.$/, undefined],
    [200, "<html>Sign in</html>", "invalid", /did not answer as Prometheus/, /query API/],
    [200, '{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"x"', "invalid", /did not answer/, undefined],
    [200, '{"status":"success","data":{"resultType":"vector","result":[{]}]}}', "invalid", /did not answer/, undefined],
  ] as const)("an answer of %i %s is %s", async (status, body, code, message, remedy) => {
    fake.refuse({ status, body, headers: { location: "http://127.0.0.1:1/" } });
    const { facts, problems } = await readPrometheus(request({ bearerToken: "tok-123" }));
    expect(facts).toEqual([]);
    expect(problems).toMatchObject([{ code, operation: "POST /api/v1/query", message: expect.stringMatching(message) }]);
    if (remedy !== undefined) expect(problems[0]?.remedy).toMatch(remedy);
    expect(JSON.stringify(problems)).not.toContain("tok-123");
  });

  it("a Prometheus that hangs ends at the deadline", async () => {
    fake.refuse(null);
    expect((await readPrometheus(request({}, { deadlineMs: 120 }))).problems).toMatchObject([{ code: "timeout" }]);
  });

  it("one that is not there is unreachable", async () => {
    const { problems } = await readPrometheus(request({ url: "http://127.0.42.99:8999/prometheus/" }));
    expect(problems).toMatchObject([{ code: "unreachable", message: expect.stringContaining("ECONNREFUSED") }]);
  });

  it("an address with a path keeps it", async () => {
    await readPrometheus(request({ url: `${fake.url}/select/0/prometheus/` }));
    expect(fake.queries[0]?.path).toBe("/select/0/prometheus/api/v1/query");
  });
});
