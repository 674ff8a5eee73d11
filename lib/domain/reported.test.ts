import { describe, expect, it } from "vitest";
import { formatPath, locateIssues } from "./issues";
import { checkPlacement } from "./registry-check/check-placement";
import { checkRegistry } from "./registry-check/check-registry";
import { reportedFrom } from "./reported";
import { Tenant } from "./tenant";
import { GOLD } from "./testing/cluster-fixture";

const CLOUDWATCH = { namespace: "Acme/Usage", tenantDimension: "Tenant", produce: "BytesIn" };
const PAGE = { url: "https://usage.example/metrics", tenantLabel: "tenant", produce: "bytes_total" };
const TOPIC = { topic: "acme.usage", tenant: { header: "tenant-id" }, produce: "$.producedBytes" };

function withReported(reported: unknown, more: object = {}) {
  const pool = { cluster: "c1", model: "pool", record: { key: true }, topics: [{ prefix: "pool." }], reported, ...more };
  return Tenant.safeParse({ id: "a", name: "A", tier: "gold", placements: [pool] });
}

describe("where an application reports", () => {
  it.each([
    ["CloudWatch", { cloudwatch: { ...CLOUDWATCH, dimensions: { Stage: "prod" } } }, "CloudWatch namespace Acme/Usage"],
    ["a page", { prometheus: { ...PAGE, labels: { env: "prod" } } }, "the page at usage.example"],
    ["a topic", { kafka: { ...TOPIC, at: "$.at", seconds: "$.span.seconds", consume: "$.out" } }, "the usage topic acme.usage"],
  ])("can be %s, and is kept as it is given", (_what, reported, words) => {
    const parsed = withReported(reported);
    const kept = parsed.data?.placements[0]?.reported;
    expect(kept).toEqual(reported);
    expect(kept === undefined ? "" : reportedFrom(kept)).toBe(words);
  });

  it("in a topic names the tenant in the field tenant, where nothing else is given", () => {
    const parsed = withReported({ kafka: { topic: "acme.usage", consume: "$.b" } });
    expect(parsed.data?.placements[0]?.reported?.kafka?.tenant).toEqual({ payloadPath: "$.tenant" });
  });

  it.each<[what: string, reported: unknown, path: string, message: RegExp]>([
    ["neither", {}, "", /exactly one of/],
    ["both", { cloudwatch: CLOUDWATCH, prometheus: PAGE }, "", /exactly one of/],
    ["no direction", { cloudwatch: { namespace: "Acme/Usage", tenantDimension: "Tenant" } }, ".cloudwatch", /at least one direction/],
    ["an unknown field", { cloudwatch: { ...CLOUDWATCH, metric: "x" } }, ".cloudwatch.metric", /not a known field/],
    ["a namespace of AWS's", { cloudwatch: { ...CLOUDWATCH, namespace: "AWS/Kafka" } }, ".cloudwatch.namespace", /of your own/],
    ["no dimension", { cloudwatch: { ...CLOUDWATCH, tenantDimension: undefined } }, ".cloudwatch.tenantDimension", /missing/],
    ["no address", { prometheus: { ...PAGE, url: "usage" } }, ".prometheus.url", /URL/i],
    ["another scheme", { prometheus: { ...PAGE, url: "file:///etc/passwd" } }, ".prometheus.url", /URL/i],
    ["a machine's metadata", { prometheus: { ...PAGE, url: "http://169.254.169.254/latest" } }, ".prometheus.url", /metadata/],
    ["the same in another notation", { prometheus: { ...PAGE, url: "http://0xa9fea9fe/" } }, ".prometheus.url", /metadata/],
    ["a password", { prometheus: { ...PAGE, url: "https://u:p@usage.example/" } }, ".prometheus.url", /password/],
    ["a name that is none", { prometheus: { ...PAGE, produce: "bytes total" } }, ".prometheus.produce", /metric's name/],
    ["a label that is none", { prometheus: { ...PAGE, tenantLabel: "a-b" } }, ".prometheus.tenantLabel", /label's name/],
    ["a topic beside a page", { prometheus: PAGE, kafka: TOPIC }, "", /exactly one of/],
    ["no topic", { kafka: { ...TOPIC, topic: undefined } }, ".kafka.topic", /missing/],
    ["a name no topic has", { kafka: { ...TOPIC, topic: "a b" } }, ".kafka.topic", /topic's name/],
    ["a topic of Kafka's", { kafka: { ...TOPIC, topic: "__consumer_offsets" } }, ".kafka.topic", /of your own/],
    ["no direction in a topic", { kafka: { topic: "t", at: "$.at" } }, ".kafka", /at least one direction/],
    ["a field that is no path", { kafka: { ...TOPIC, produce: "producedBytes" } }, ".kafka.produce", /path of a field/],
    ["a path with a hole", { kafka: { ...TOPIC, seconds: "$.a..b" } }, ".kafka.seconds", /path of a field/],
    ["a number of seconds", { kafka: { ...TOPIC, seconds: 60 } }, ".kafka.seconds", /string/],
    ["no form of a tenant", { kafka: { ...TOPIC, tenant: { field: "t" } } }, ".kafka.tenant", /one of/],
    ["an unknown field of a topic", { kafka: { ...TOPIC, group: "g" } }, ".kafka.group", /not a known field/],
  ])("is refused at its place: %s", (_what, reported, path, message) => {
    const parsed = withReported(reported);
    const [issue] = locateIssues(parsed.error?.issues ?? []);
    expect(formatPath(issue?.path ?? [])).toBe(`placements[0].reported${path}`);
    expect(issue?.message).toMatch(message);
  });

  it("is for pools only, and once on a cluster", () => {
    const bridge = withReported({ cloudwatch: CLOUDWATCH }, { model: "bridge" }).data?.placements[0];
    if (bridge === undefined) throw new Error("no placement");
    expect(checkPlacement(bridge, ["p"], null)).toEqual([{ path: ["p", "reported"], message: expect.stringContaining("only a pool") }]);
    const one = withReported({ cloudwatch: CLOUDWATCH }).data;
    if (one === undefined) throw new Error("no tenant");
    const twice = { ...one, placements: one.placements.flatMap((placement) => [placement, { ...placement, stream: "other" }]) };
    const existing = { version: 1, tiers: [], tenants: [], services: [] };
    const issues = checkRegistry({ file: { tiers: [GOLD], tenants: [twice], services: [] }, existing, clusterIds: null, issuesMax: 9 });
    expect(issues.map(({ path, message }) => [formatPath(path), message])).toContainEqual([
      "tenants[0].placements[1].reported",
      expect.stringContaining("the second that reports on c1"),
    ]);
  });
});
