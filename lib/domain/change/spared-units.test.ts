import { expect, it } from "vitest";
import { GOLDEN_RULE, goldenFacts, told } from "@/lib/domain/change/testing/quota-facts";
import { tenant } from "@/lib/domain/testing/cluster-fixture";

const NAMES = ["kestrel", "merlin"];
const brake = {
  changeId: 7,
  tenantId: "kestrel",
  until: "2026-11-23T10:30:00.000Z",
  by: "ada",
  reason: null,
  operations: [
    {
      target: { kind: "quota" as const, clusterId: "c1", entity: { user: "kestrel" }, key: "producer_byte_rate" as const },
      before: "50000",
      after: "20000",
      phase: "tighten" as const,
      unit: "tenant:kestrel",
      note: null,
    },
  ],
};

function facts(managed: readonly string[], brakes = [] as (typeof brake)[]) {
  const topics = Object.fromEntries(NAMES.map((name) => [`${name}.scans`, {}]));
  const quotas = NAMES.map((user) => ({ entity: { user }, values: GOLDEN_RULE }));
  const tenants = NAMES.map((id) => ({ ...tenant(id), ...(managed.includes(id) ? { managedElsewhere: "Terraform" } : {}) }));
  return goldenFacts({ tenants, clusters: { c1: { topics, quotas } }, brakes });
}
const lower = (...tenantIds: string[]) => ({ kind: "quota" as const, scope: { tenantIds }, produceBytesPerSecond: 60_000 });

it("a tenant that is managed elsewhere is left out of a change of many, with the text to put there", () => {
  const { plan } = told(lower(...NAMES), facts(["kestrel"]));
  expect(new Set(plan.operations.map(({ unit }) => unit))).toEqual(new Set(["tenant:merlin"]));
  expect(plan.refusals).toEqual([]);
  expect(plan.leftOut).toMatchObject([{ tenantId: "kestrel", reason: expect.stringContaining("managed by Terraform") }]);
  expect(plan.patch).toMatchObject({ by: "Terraform", whole: false, text: expect.stringContaining("--entity-name kestrel") });
  expect(plan.patch?.text).not.toContain("merlin");
});

it("a tenant under a brake is left out of a change of many, and refused by itself", () => {
  const { plan } = told(lower(...NAMES), facts([], [brake]));
  expect(new Set(plan.operations.map(({ unit }) => unit))).toEqual(new Set(["tenant:merlin"]));
  expect(plan).toMatchObject({ refusals: [], patch: null, leftOut: [{ tenantId: "kestrel" }] });
  expect(told(lower("kestrel"), facts([], [brake])).plan.refusals).toMatchObject([{ wayOut: "Release the brake first." }]);
});

it("nothing is left out where nothing would be left", () => {
  const { plan } = told(lower(...NAMES), facts(NAMES));
  expect(plan.operations.length).toBeGreaterThan(0);
  expect(plan).toMatchObject({ leftOut: [], patch: { whole: true } });
});

it("a rule of a managed tenant is not written by way of its cluster either", () => {
  const rule = { kind: "quota-rule" as const, clusterId: "c1", entity: { user: "kestrel" }, values: { producer_byte_rate: 1_000 } };
  expect(told(rule, facts(["kestrel"])).plan.patch).toMatchObject({ by: "Terraform", whole: true });
  expect(told(rule, facts([])).plan.patch).toBeNull();
});
