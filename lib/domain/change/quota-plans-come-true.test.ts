import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { expect, test } from "vitest";
import { declaredQuotasOn } from "@/lib/domain/declared/declared-quotas";
import { driftOf } from "@/lib/domain/drift/drift-of";
import type { QuotaRuleFact } from "@/lib/domain/facts";
import { overrideKey } from "@/lib/domain/override";
import { ownerOfClientId } from "@/lib/domain/owner";
import { effectiveQuota, indexQuotas } from "@/lib/domain/quota/effective";
import type { Tenant } from "@/lib/domain/tenant";
import { AT, poolTenant, tenant } from "@/lib/domain/testing/cluster-fixture";
import { basisOf } from "./basis";
import { liveSnapshot } from "./drift/live-drift";
import type { PlanFacts } from "./facts";
import { entityName } from "./operation";
import { planChange } from "./plan-change";
import { currentQuota } from "./quotas/rule-operation";
import { ChangeRequest } from "./request";
import { applyTo, writtenState } from "./testing/apply-to";
import { pastHours } from "./testing/past-hours";
import { planFacts, tier } from "./testing/plan-facts";

const DAY = 86_400_000;
const LATER = "2027-01-01T00:00:00.000Z";
const OVER = "2026-01-01T00:00:00.000Z";

// Few values, so that what is asked for, declared and there meet often.
const rate = fc.constantFrom(600, 1_200, 3_000, 9_001);
const percent = fc.constantFrom(20, 50, 100);
const ms = fc.constantFrom(DAY, 3 * DAY, 9 * DAY);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const without = (record: Record<string, unknown>) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

const tierOf = (id: string) =>
  fc
    .record({
      produceBytesPerSecond: maybe(rate),
      consumeBytesPerSecond: maybe(rate),
      requestPercent: maybe(percent),
      retentionMs: maybe(fc.record({ default: ms })),
      skewAllowance: fc.constantFrom(1, 1.25, 2),
    })
    .map((given) => tier({ id, name: id === "gold" ? "Gold" : "Silver", ...given }));

const share = maybe(fc.constantFrom(0.2, 0.25, 0.3));
const users = fc.subarray(["a", "b", "c"], { minLength: 1 });
const principals = users.chain((names) =>
  fc.tuple(...names.map(() => share)).map((shares) => names.map((name, at) => without({ kind: "scram", name, share: shares[at] }))),
);
const placed = fc.oneof(
  principals.map((all) => ({ principals: all })),
  fc.constant({ clientIds: ["app", "cli"] }),
  fc.constant({ principals: [{ kind: "iam-role", name: "arn:aws:iam::1:role/r" }] }),
);
const rateSetting = fc.constantFrom("produceBytesPerSecond", "produceQuotaBytesPerSecond", "consumeQuotaBytesPerSecond", "requestPercent");
const override = fc
  .record({
    setting: fc.oneof(rateSetting, fc.constant("retentionMs")),
    value: fc.option(fc.constantFrom(600, 1_200), { nil: null }),
    on: fc.constantFrom(
      undefined,
      { cluster: "c1" },
      { principal: "a" },
      { cluster: "c1", principal: "a" },
      { cluster: "c1", topic: "acme.a" },
    ),
    until: maybe(fc.constantFrom(OVER, LATER)),
  })
  .map((given) => without({ ...given, reason: "r", author: "x", at: AT }));

const acme = fc
  .tuple(placed, share, fc.boolean(), fc.uniqueArray(override, { maxLength: 4, selector: (one) => overrideKey(one as never) }))
  .map(([identities, part, pooled, overrides]) => {
    const own = { topics: [{ prefix: "acme." }], ...identities, ...without({ share: part }) };
    const pool = {
      model: "pool",
      stream: "p",
      topics: [{ prefix: "pool." }],
      record: { key: true },
      principals: [{ kind: "scram", name: "a" }],
    };
    const one = tenant("acme", own, ...(pooled ? [pool] : []));
    return (overrides.length === 0 ? one : { ...one, overrides }) as Tenant;
  });

const entity = fc.oneof(
  fc.constantFrom("a", "b", "bolt", null).map((user) => ({ user })),
  fc.constantFrom("app", null).map((clientId) => ({ clientId })),
  fc.constant({ user: "a", clientId: "app" }),
);
const rules = fc.uniqueArray(
  fc.record({
    entity,
    values: fc
      .record({ producer_byte_rate: maybe(rate), consumer_byte_rate: maybe(rate), request_percentage: maybe(percent) })
      .filter((values) => Object.keys(without(values)).length > 0)
      .map((values) => without(values) as QuotaRuleFact["values"]),
  }),
  { maxLength: 6, selector: (rule) => entityName(rule.entity) },
);

const facts = fc
  .record({
    gold: tierOf("gold"),
    silver: tierOf("silver"),
    acme,
    rules,
    retention: fc.tuple(maybe(ms), maybe(ms)),
    partitions: fc.constantFrom(1, 2, 6),
    rates: fc.tuple(fc.nat(2_000), fc.nat(2_000)),
  })
  .map(({ gold, silver, acme: one, rules: quotas, retention, partitions, rates }) => {
    const own = (value: number | undefined) => (value === undefined ? {} : { "retention.ms": String(value) });
    return planFacts({
      tiers: [gold, silver],
      tenants: [
        one,
        tenant("bolt"),
        poolTenant("p1"),
        tenant("solo", { cluster: "c2", model: "silo", topics: [{ glob: "*" }], principals: [{ kind: "scram", name: "solo" }] }),
      ],
      clusters: {
        c1: {
          topics: {
            "acme.a": { own: own(retention[0]), partitions },
            "acme.b": { own: own(retention[1]), partitions: 1 },
            "bolt.a": {},
            "pool.a": {},
          },
          quotas,
        },
        c2: { topics: { x: {} } },
      },
      pastHours: pastHours({ tenantId: "acme", produce: { 1: rates[0], 2: rates[1] }, consume: { 1: rates[1] } }),
    });
  });

const tenantIds = fc.subarray(["acme", "bolt", "p1", "solo"], { minLength: 1 });
const scope = fc.oneof(
  tenantIds.map((ids) => ({ tenantIds: ids })),
  fc.constant({ tierId: "gold" }),
);
const wanted = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constantFrom("tier" as const, null));
const items = maybe(fc.subarray(["acme|c1|user a|producer_byte_rate", "acme|c1|acme.a|retention.ms", "acme|c1|user b|consumer_byte_rate"]));
const request = fc
  .oneof(
    fc
      .tuple(scope, maybe(wanted(rate)), maybe(wanted(rate)), maybe(wanted(percent)))
      .filter((values) => values.slice(1).some((value) => value !== undefined))
      .map(([given, produce, consume, requests]) =>
        without({ kind: "quota", scope: given, produceBytesPerSecond: produce, consumeBytesPerSecond: consume, requestPercent: requests }),
      ),
    fc
      .tuple(entity, fc.option(rate, { nil: null }))
      .map(([on, value]) => ({ kind: "quota-rule", clusterId: "c1", entity: on, values: { producer_byte_rate: value } })),
    fc.constant({ kind: "measure", clusterId: "c1", keys: ["producer_byte_rate", "request_percentage"] }),
    fc
      .tuple(scope, fc.constantFrom("gold", "silver"), fc.constantFrom("all", []))
      .map(([given, tierId, dropOverrides]) => ({ kind: "tier", scope: given, tierId, dropOverrides })),
    tierOf("gold").map((changed) => ({ kind: "tier-definition", tier: changed, rollOut: true })),
    fc.boolean().map((archived) => ({ kind: "tier-archive", tierId: "silver", archived })),
    fc
      .tuple(rate, fc.constantFrom("acme", "bolt", "p1"))
      .map(([produce, tenantId]) => ({ kind: "brake", tenantId, produceBytesPerSecond: produce, minutes: 5 })),
    fc.constant({ kind: "override-end", tenantId: "acme", overrides: [{ setting: "retentionMs" }] }),
    fc.constantFrom("Terraform", null).map((by) => ({ kind: "managed-elsewhere", tenantId: "acme", by })),
    fc.tuple(scope, items).map(([given, named]) => without({ kind: "bring-back", scope: given, items: named })),
    fc.tuple(scope, items).map(([given, named]) => without({ kind: "adopt", scope: given, items: named })),
  )
  .map((given) => ChangeRequest.parse(given));

/** Overrides can only be ended where there are some: then those that are there are meant. */
function meant(asked: ChangeRequest, { registry }: PlanFacts): ChangeRequest {
  const overrides = registry.tenants.find(({ id }) => id === "acme")?.overrides ?? [];
  if (asked.kind !== "override-end" || overrides.length === 0) return asked;
  return { ...asked, overrides: overrides.map(({ setting, on }) => ({ setting, ...(on === undefined ? {} : { on }) })) };
}

test("a plan that was carried out leaves nothing to do, and a revert that is planned brings back what was there", () => {
  const carriedOut = new Map<string, number>();
  fc.assert(
    fc.property(facts, request, (before, given) => {
      const asked = meant(given, before);
      const state = writtenState(before);
      const plan = planChange(asked, before);
      expect(writtenState(before)).toEqual(state);
      if (plan.refusals.length > 0) return;
      if (plan.operations.length > 0) carriedOut.set(asked.kind, (carriedOut.get(asked.kind) ?? 0) + 1);
      // What an operation expects to find is what is there.
      const found = plan.operations.map((one) => ({ ...one, after: one.before }));
      expect(writtenState(applyTo(before, found))).toEqual(state);
      const after = applyTo(before, plan.operations);
      expect(planChange(asked, after).operations).toEqual([]);
      const operations = plan.operations.map((one) => ({ ...one, state: "applied" }));
      const about = { kind: asked.kind, state: "applied" as const };
      const revert = planChange(
        { kind: "revert", changeId: 1 },
        { ...after, reverted: { ...about, id: 1, title: plan.title, operations } },
      );
      expect(revert.leftOut).toEqual([]);
      expect(writtenState(applyTo(after, revert.operations))).toEqual(state);
    }),
    { numRuns: 400 },
  );
  // Each kind must have been looked at, else nothing was shown of it.
  const kinds = [
    "quota",
    "quota-rule",
    "measure",
    "tier",
    "tier-definition",
    "tier-archive",
    "brake",
    "override-end",
    "managed-elsewhere",
    "bring-back",
    "adopt",
  ];
  expect(kinds.filter((kind) => !carriedOut.has(kind))).toEqual([]);
}, 120_000);

/** Tenants whose live values differ from what is declared, but for overrides that are over. */
function drifting(after: PlanFacts): string[] {
  return [...after.tenants.values()].flatMap((state) => {
    const basis = basisOf(state, after);
    if (basis === null) return [];
    return [...after.clusters.values()].flatMap((cluster) =>
      driftOf(basis, liveSnapshot(cluster, after.at), after.at).map(({ key }) => key),
    );
  });
}

test("what was brought back or adopted drifts no more", () => {
  fc.assert(
    fc.property(facts, fc.constantFrom("bring-back" as const, "adopt" as const), (before, kind) => {
      const plan = planChange({ kind, scope: { tierId: "gold" } }, before);
      expect(plan.refusals).toEqual([]);
      const after = applyTo(before, plan.operations);
      expect(drifting(after)).toEqual([]);
      if (kind === "adopt") expect(writtenState(after).clusters).toEqual(writtenState(before).clusters);
      else expect(drifting(before).length === 0).toBe(plan.operations.length === 0);
    }),
    { numRuns: 120 },
  );
}, 60_000);

test("rules of a tenant that is put on a tier are as declared, wherever that can be said", () => {
  fc.assert(
    fc.property(facts, fc.constantFrom("gold", "silver"), (before, tierId) => {
      const plan = planChange({ kind: "tier", scope: { tenantIds: ["acme"] }, tierId, dropOverrides: "all" }, before);
      const after = applyTo(before, plan.operations);
      const [state, cluster] = [after.tenants.get("acme"), after.clusters.get("c1")];
      const basis = state === undefined ? null : basisOf(state, after);
      if (basis === null || cluster === undefined) throw new Error("no acme on c1");
      for (const { declared, holder, key } of declaredQuotasOn(basis, cluster.snapshot, after.at)) {
        if (declared.by !== "nothing") expect(currentQuota(cluster, holder.entity, key)).toBe(String(declared.value));
      }
    }),
    { numRuns: 80 },
  );
}, 60_000);

test("a lower limit never loosens: phases say what operations do, and a brake raises nobody's limit", () => {
  fc.assert(
    fc.property(facts, request, (before, asked) => {
      const plan = planChange(asked, before);
      for (const { target, before: was, after: is, phase } of plan.operations) {
        if (target.kind !== "quota") continue;
        const looser = is === null || (was !== null && Number(is) > Number(was));
        expect(phase).toBe(looser ? "loosen" : "tighten");
      }
      if (asked.kind !== "brake") return;
      const after = applyTo(before, plan.operations);
      const index = ({ clusters }: PlanFacts) => indexQuotas(clusters.get("c1")?.quotas ?? []);
      for (const user of ["a", "b", "bolt", "stranger"]) {
        for (const clientId of ["app", "cli", "other"]) {
          // What another tenant calls its own client-id, the braked one is not expected to use.
          const { tenantIds } = ownerOfClientId(before.owners, "c1", clientId);
          if (tenantIds.length > 0 && !tenantIds.includes(asked.tenantId)) continue;
          const limit = (one: PlanFacts) =>
            effectiveQuota(index(one), "producer_byte_rate", { user, clientId })?.value ?? Number.POSITIVE_INFINITY;
          expect(limit(after)).toBeLessThanOrEqual(limit(before));
        }
      }
    }),
    { numRuns: 400 },
  );
}, 60_000);

test("sentences are for people: nothing in them is left over from the program", () => {
  fc.assert(
    fc.property(facts, request, (before, asked) => {
      const { title, consequences, refusals, leftOut } = planChange(asked, before);
      const words = [
        title,
        ...consequences.flatMap(({ sentence, detail }) => [sentence, detail ?? ""]),
        ...refusals.flatMap(({ reason, wayOut }) => [reason, wayOut]),
        ...leftOut.map(({ reason }) => reason),
      ];
      expect(words.filter((one) => /undefined|NaN|Infinity|\[object|null/.test(one))).toEqual([]);
      expect(words.filter((one) => / {2}|\.\.(?!\.)| \./.test(one))).toEqual([]);
    }),
    { numRuns: 120 },
  );
}, 60_000);
