import { describe, expect, it } from "vitest";
import { formatPath, locateIssues } from "./issues";
import { checkPlacement } from "./registry-check/check-placement";
import { checkRegistry } from "./registry-check/check-registry";
import { reportedFrom } from "./reported";
import { Tenant } from "./tenant";
import { GOLD } from "./testing/cluster-fixture";

const CLOUDWATCH = { namespace: "Acme/Usage", tenantDimension: "Tenant", produce: "BytesIn" };
const PAGE = { url: "https://usage.example/metrics", tenantLabel: "tenant", produce: "bytes_total" };

function withReported(reported: unknown, more: object = {}) {
  const pool = { cluster: "c1", model: "pool", record: { key: true }, topics: [{ prefix: "pool." }], reported, ...more };
  return Tenant.safeParse({ id: "a", name: "A", tier: "gold", placements: [pool] });
}

describe("where an application reports", () => {
  it.each([
    ["CloudWatch", { cloudwatch: { ...CLOUDWATCH, dimensions: { Stage: "prod" } } }, "CloudWatch namespace Acme/Usage"],
    ["a page", { prometheus: { ...PAGE, labels: { env: "prod" } } }, "the page at usage.example"],
  ])("can be %s, and is kept as it is given", (_what, reported, words) => {
    const parsed = withReported(reported);
    const kept = parsed.data?.placements[0]?.reported;
    expect(kept).toEqual(reported);
    expect(kept === undefined ? "" : reportedFrom(kept)).toBe(words);
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
