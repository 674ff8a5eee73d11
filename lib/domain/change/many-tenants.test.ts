import { expect, test } from "vitest";
import type { QuotaRuleFact } from "@/lib/domain/facts";
import { tenant } from "@/lib/domain/testing/cluster-fixture";
import type { PlanFacts } from "./facts";
import { planChangeSteps } from "./plan-change";
import type { ChangeRequest } from "./request";
import { DAY, GOLDEN, GOLDEN_RULE, goldenFacts, SILVER } from "./testing/quota-facts";

const scope = { tierId: "gold" };
const REQUESTS: ChangeRequest[] = [
  { kind: "retention", scope, retentionMs: 2 * DAY },
  { kind: "message-size", scope, maxMessageBytes: 2_000_000 },
  { kind: "quota", scope, produceBytesPerSecond: 60_000, consumeBytesPerSecond: null },
  { kind: "tier", scope, tierId: SILVER.id, dropOverrides: [] },
  { kind: "tier-definition", tier: { ...GOLDEN, produceBytesPerSecond: 60_000 }, rollOut: true },
  { kind: "bring-back", scope },
  { kind: "adopt", scope },
];

/** A map that counts how often something was looked up in it. */
class Counted<K, V> extends Map<K, V> {
  lookups = 0;

  override get(key: K): V | undefined {
    this.lookups += 1;
    return super.get(key);
  }
}

/** Rules that count how many of them were looked at, however that is done. */
function counted(rules: QuotaRuleFact[]): { rules: QuotaRuleFact[]; looked: () => number } {
  let looked = 0;
  const proxy = new Proxy(rules, {
    get(target, property, receiver) {
      if (typeof property === "string" && /^\d+$/.test(property)) looked += 1;
      return Reflect.get(target, property, receiver);
    },
  });
  return { rules: proxy, looked: () => looked };
}

interface CountedFacts {
  facts: PlanFacts;
  /** How often a rule was looked at. */
  looked: () => number;
  /** How often a tenant, a cluster or a topic's configuration was looked up. */
  lookups: () => number;
}

function factsOf(count: number): CountedFacts {
  const tenants = Array.from({ length: count }, (_, i) => tenant(`t${String(i).padStart(4, "0")}`));
  const topics = Object.fromEntries(
    tenants.map(({ id }, i) => [`${id}.x`, { own: { "retention.ms": String((i % 2 === 0 ? 3 : 5) * DAY) } }]),
  );
  const quotas = tenants.map(({ id }, i) => ({
    entity: { user: id },
    values: { ...GOLDEN_RULE, producer_byte_rate: i % 2 === 0 ? 50_000 : 9 },
  }));
  const facts = goldenFacts({ tenants, clusters: { c1: { topics, quotas } } });
  const cluster = facts.clusters.get("c1");
  if (cluster === undefined) throw new Error("no c1");
  const { rules, looked } = counted(quotas);
  const configs = new Counted(cluster.configs);
  const clusters = new Counted([["c1", { ...cluster, quotas: rules, configs }]]);
  const states = new Counted(facts.tenants);
  const lookups = () => configs.lookups + clusters.lookups + states.lookups;
  return { facts: { ...facts, clusters, tenants: states }, looked, lookups };
}

function plan(request: ChangeRequest, count: number) {
  const { facts, looked, lookups } = factsOf(count);
  const steps = planChangeSteps(request, facts);
  let yields = 0;
  let most = 0;
  let before = lookups();
  let step = steps.next();
  for (; ; step = steps.next()) {
    most = Math.max(most, lookups() - before);
    before = lookups();
    if (step.done) return { plan: step.value, yields, looked: looked(), lookups: before, most };
    yields += 1;
  }
}

test.each(REQUESTS)(
  "a plan of $kind for a thousand tenants looks at each rule a few times, and lets others in between all along",
  (request) => {
    const { plan: found, yields, looked, lookups, most } = plan(request, 1_000);
    expect(found.refusals).toEqual([]);
    expect(found.operations.length).toBeGreaterThan(900);
    // As many times for each rule, whatever the number of tenants.
    expect(looked).toBeLessThanOrEqual(5 * 1_000);
    expect(yields).toBeGreaterThanOrEqual(1_000 / 50);
    // No step does more than a part of it, the last ones, in which all operations are put in order and checked, among them.
    expect(lookups).toBeGreaterThan(4_000);
    expect(most).toBeLessThanOrEqual(lookups / 5);
    expect(found.consequences.length).toBeLessThan(60);
  },
);
