import { describe, expect, it } from "vitest";
import { siloSizes } from "@/lib/domain/cost/silo-size";
import type { MskCluster } from "@/lib/domain/msk-facts";
import { Tenant } from "@/lib/domain/tenant";
import { mskFacts } from "@/lib/domain/testing/msk-fixture";
import { Tier } from "@/lib/domain/tier";
import { fleetOf, snapshotOf, tenantOf } from "@/lib/operations/testing/fleet";

const tier = (produce?: string, consume?: string) =>
  Tier.parse({
    id: "gold",
    name: "Gold",
    model: "silo",
    ...(produce === undefined ? {} : { produceBytesPerSecond: produce, consumeBytesPerSecond: consume }),
  });

function sizes(cluster: Partial<MskCluster>, of = tier("10 MB/s", "20 MB/s"), model = "silo", others = 0) {
  const on = (id: string) =>
    tenantOf(id, { state: { tier: of, tenant: Tenant.parse({ id, name: id, tier: "gold", placements: [{ cluster: "c1", model }] }) } });
  const tenants = ["acme", ...Array.from({ length: others }, (_, at) => `other-${at}`)].map(on);
  const msk = mskFacts({}, { region: "us-east-1", kind: "express", instanceType: "express.m7g.4xlarge", brokerCount: 3, ...cluster });
  return siloSizes(fleetOf({ tenants, clusters: [snapshotOf("c1", { msk })] }));
}

describe("the size of a silo", () => {
  it("is too large where a smaller one takes what is promised, and says which and what it saves", () => {
    const [size] = sizes({});
    expect(size).toMatchObject({ verdict: "over", tenantId: "acme" });
    expect(size?.saves).toBeCloseTo((1.632 * 2 - 0.408) * 3 * 730, 0);
    expect(size?.sentence).toContain("3 × express.m7g.large would do");
  });

  it("takes more brokers where one size is not enough", () => {
    const [size] = sizes({ instanceType: "express.m7g.16xlarge" }, tier("100 MB/s", "50 MB/s"));
    // Seven of the smallest take 109 MB/s, four of the next 124.8: 7 × 0.408 is less than 4 × 0.816.
    expect(size?.sentence).toContain("7 × express.m7g.large would do");
  });

  it.each<[string, Parameters<typeof sizes>]>([
    ["that just fits", [{ instanceType: "express.m7g.large" }]],
    ["that is none: a bridge", [{}, tier("10 MB/s", "20 MB/s"), "bridge"]],
    ["that has another tenant on it", [{}, tier("10 MB/s", "20 MB/s"), "silo", 1]],
    ["on serverless, which has no size", [{ kind: "serverless", instanceType: null, brokerCount: null }]],
  ])("is no finding of one %s", (_, given) => expect(sizes(...given)).toEqual([]));

  it.each<[string, Parameters<typeof sizes>, string]>([
    ["on Standard", [{ kind: "standard", instanceType: "kafka.m7g.large" }], "AWS publishes no capacity"],
    ["without a promise", [{}, tier()], "nothing is promised"],
    ["without a price", [{ region: "eu-central-1" }], "no price is set for express.m7g.4xlarge in eu-central-1"],
  ])("is not known %s", (_, given, why) => {
    expect(sizes(...given)[0]).toMatchObject({ verdict: "unknown", saves: null, sentence: expect.stringContaining(why) });
  });
});
