import type { Plan } from "@/lib/domain/change/plan";
import { planChange } from "@/lib/domain/change/plan-change";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { AT, poolTenant, tenant } from "@/lib/domain/testing/cluster-fixture";
import type { PlanClusterSpec } from "./cluster-facts";
import { planFacts, tier } from "./plan-facts";

export const DAY = 86_400_000;
/** Three days by default, fourteen at the most. */
export const GOLD = tier({ retentionMs: { default: 3 * DAY, max: 14 * DAY }, maxMessageBytes: { default: 1_000_000, max: 4_000_000 } });
const BASIC = tier({ id: "basic", name: "Basic" });

/** As Kafka writes it. */
export const days = (count: number) => String(count * DAY);

export type Retention = Omit<Extract<ChangeRequest, { kind: "retention" }>, "kind">;

export interface CastSpec {
  /** By tenant. */
  overrides?: Record<string, object[]>;
  cluster?: PlanClusterSpec;
}

/** Topics of acme (Gold), of low (Basic, which promises nothing), of a pool of two, of nobody, and one of Kafka's own. */
export const TOPICS = {
  "acme.a": { own: { "retention.ms": days(7) } },
  "acme.b": {},
  "low.a": { own: { "retention.ms": days(7) } },
  "pool.a": {},
  stray: {},
  __consumer_offsets: {},
};

export function planCast(request: Retention, { overrides = {}, cluster = {} }: CastSpec = {}): Plan {
  const low = { ...tenant("low"), tier: "basic" };
  const tenants = [tenant("acme"), low, poolTenant("p1"), poolTenant("p2"), tenant("idle")];
  const facts = planFacts({
    tiers: [GOLD, BASIC],
    tenants: tenants.map((one) => ({ ...one, ...(one.id in overrides ? { overrides: overrides[one.id] } : {}) })) as typeof tenants,
    clusters: { c1: { topics: TOPICS, ...cluster } },
  });
  return planChange({ kind: "retention", ...request }, facts);
}

export const acme = { tenantIds: ["acme"] };

export function topic(...names: string[]) {
  return { topics: names.map((name) => ({ clusterId: "c1", topic: name })) };
}

export function override(value: number | null, more: object = {}) {
  return { setting: "retentionMs", value, reason: "r", author: "x", at: AT, ...more };
}
