import { expect, it } from "vitest";
import type { ActiveBrake } from "@/lib/domain/change/facts";
import { GOLDEN_RULE, goldenCluster, goldenFacts, told } from "@/lib/domain/change/testing/quota-facts";

const target = { kind: "quota" as const, clusterId: "c1", entity: { user: "kestrel" }, key: "producer_byte_rate" as const };
const brake: ActiveBrake = {
  changeId: 7,
  tenantId: "kestrel",
  until: "2026-11-23T10:30:00.000Z",
  by: "ada",
  reason: null,
  operations: [{ target, before: "50000", after: "20000", phase: "tighten", unit: "tenant:kestrel", note: null }],
};
const facts = (produce: number, consume = 100_000) => {
  const values = { ...GOLDEN_RULE, producer_byte_rate: produce, consumer_byte_rate: consume };
  return goldenFacts({ clusters: { c1: goldenCluster([{ entity: { user: "kestrel" }, values }]) }, brakes: [brake] });
};

it.each(["adopt", "bring-back"] as const)("%s leaves out what a brake has set, with the reason", (kind) => {
  const { plan } = told({ kind, scope: { tenantIds: ["kestrel"] } }, facts(20_000));
  expect(plan.operations).toEqual([]);
  expect(plan.refusals).toEqual([]);
  expect(plan.leftOut).toMatchObject([{ tenantId: "kestrel", reason: expect.stringContaining("A brake has set producer_byte_rate") }]);
});

it("adopts beside it, without declaring the cap for the whole tenant", () => {
  const { plan } = told({ kind: "adopt", scope: { tenantIds: ["kestrel"] } }, facts(20_000, 90_000));
  expect(plan.operations.map((one) => one.target)).toMatchObject([{ kind: "override", setting: "consumeQuotaBytesPerSecond" }]);
});
