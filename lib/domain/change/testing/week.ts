import type { Plan } from "@/lib/domain/change/plan";
import { planChange } from "@/lib/domain/change/plan-change";
import type { ChangeRequest } from "@/lib/domain/change/request";
import type { Requirements } from "@/lib/domain/tenant";
import { poolTenant, tenant } from "@/lib/domain/testing/cluster-fixture";
import type { GroupSpec, PlanClusterSpec } from "./cluster-facts";
import { planFacts, tier } from "./plan-facts";
import type { TopicSpec } from "./topic-facts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const GB = 1e9;

/** A week of 1,000 records a day and partition, in 7 GB a partition, its ends saved every half day. */
export const WEEK: TopicSpec = {
  own: { "retention.ms": String(7 * DAY) },
  end: 7_000,
  bytes: 7 * GB,
  history: Array.from({ length: 15 }, (_, step) => [(14 - step) * (DAY / 2), step * 500] as const),
};

/** What differs from a cluster with the one topic acme.a, whose tenant keeps a week and may keep thirty days. */
export interface WeekSpec {
  topics?: Record<string, TopicSpec>;
  groups?: Record<string, GroupSpec>;
  cluster?: PlanClusterSpec;
  requirements?: Requirements;
  request?: Partial<Extract<ChangeRequest, { kind: "retention" }>>;
  boundMs?: number;
}

export function weekFacts({ topics = { "acme.a": WEEK }, groups = {}, cluster = {}, requirements, boundMs = 30 * DAY }: WeekSpec = {}) {
  const acme = { ...tenant("acme"), ...(requirements === undefined ? {} : { requirements }) };
  const gold = tier({ retentionMs: { default: 7 * DAY, max: boundMs } });
  return planFacts({
    tiers: [gold],
    tenants: [acme, poolTenant("p1"), poolTenant("p2")],
    clusters: { c1: { topics, groups, ...cluster } },
  });
}

/** Another retention for all topics of acme. */
export function planWeek(retentionMs: number | "unlimited" | null, spec: WeekSpec = {}): Plan {
  return planChange({ kind: "retention", scope: { tenantIds: ["acme"] }, retentionMs, ...spec.request }, weekFacts(spec));
}

/** A group that is so many records behind in every partition of acme.a. */
export function behind(records: number, more: GroupSpec = {}): GroupSpec {
  return { behind: { "acme.a": records }, ...more };
}
