import { expect, it } from "vitest";
import type { Plan } from "@/lib/domain/change/plan";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { DAY, GOLDEN, GOLDEN_RULE, goldenFacts, told } from "@/lib/domain/change/testing/quota-facts";
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

/** Tenants on gold with a topic and a drifting rule each. */
function manyFacts(ids: readonly string[], managed: readonly string[]) {
  const topics = Object.fromEntries(ids.map((id) => [`${id}.scans`, { own: { "retention.ms": String(3 * DAY) } }]));
  const quotas = ids.map((user) => ({ entity: { user }, values: { ...GOLDEN_RULE, producer_byte_rate: 40_000 } }));
  const tenants = ids.map((id) => ({ ...tenant(id), ...(managed.includes(id) ? { managedElsewhere: "Terraform" } : {}) }));
  return goldenFacts({ tenants, clusters: { c1: { topics, quotas } } });
}

const sentences = ({ consequences }: Plan) => consequences.map(({ class: kind, sentence }) => `${kind}: ${sentence}`);
const lower = (...tenantIds: string[]) => ({ kind: "quota" as const, scope: { tenantIds }, produceBytesPerSecond: 60_000 });

it("a tenant that is managed elsewhere is left out of a change of many, with the text to put there", () => {
  const { plan } = told(lower(...NAMES), facts(["kestrel"]));
  expect(new Set(plan.operations.map(({ unit }) => unit))).toEqual(new Set(["tenant:merlin"]));
  expect(plan.refusals).toEqual([]);
  expect(plan.leftOut).toMatchObject([{ tenantId: "kestrel", reason: expect.stringContaining("managed by Terraform") }]);
  expect(plan.patch).toMatchObject({ by: "Terraform", whole: false, text: expect.stringContaining("--entity-name kestrel") });
  expect(plan.patch?.text).not.toContain("merlin");
});

it("no sentence, title or picture counts who is left out", () => {
  const { plan, title } = told(lower(...NAMES), facts(["kestrel"]));
  const alone = told(lower("merlin"), facts(["kestrel"]));
  expect(title).toBe(alone.title);
  expect(sentences(plan)).toEqual(sentences(alone.plan));
  expect(plan.picture).toEqual(alone.plan.picture);
  expect(JSON.stringify(plan.picture)).not.toContain("kestrel");
});

it.each<ChangeRequest>([
  { kind: "quota", scope: { tierId: "gold" }, produceBytesPerSecond: 30_000 },
  { kind: "retention", scope: { tierId: "gold" }, retentionMs: 2 * DAY },
  { kind: "message-size", scope: { tierId: "gold" }, maxMessageBytes: 2_000_000 },
  { kind: "tier", scope: { tierId: "gold" }, tierId: "silver", dropOverrides: [] },
  { kind: "bring-back", scope: { tierId: "gold" } },
])("a $kind of many that leaves some out says what it would say of the others alone", (request) => {
  const many = Array.from({ length: 14 }, (_, i) => `t${i + 10}`);
  const [managed, rest] = [many.slice(0, 6), many.slice(6)];
  const { plan, title } = told(request, manyFacts(many, managed));
  const alone = told({ ...request, scope: { tenantIds: rest } } as ChangeRequest, manyFacts(many, managed));
  expect(plan.leftOut.map(({ tenantId }) => tenantId)).toEqual(expect.arrayContaining(managed));
  expect(title).toBe(alone.title);
  expect(sentences(plan)).toEqual(sentences(alone.plan));
  expect(plan.picture).toEqual(alone.plan.picture);
});

it("a rolled out tier counts those who follow, of all who are on it", () => {
  const many = ["a1", "b2", "c3"];
  const tier = { ...GOLDEN, produceBytesPerSecond: 60_000 };
  const { plan, consequences } = told({ kind: "tier-definition", tier, rollOut: true }, manyFacts(many, ["a1"]));
  expect(plan.leftOut).toMatchObject([{ tenantId: "a1" }]);
  expect(consequences).toContainEqual(expect.stringMatching(/^note: 2 of 3 tenants on Gold change: b2 and c3\.$/));
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
