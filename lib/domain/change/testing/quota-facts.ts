import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Plan } from "@/lib/domain/change/plan";
import { planChange } from "@/lib/domain/change/plan-change";
import type { ChangeRequest } from "@/lib/domain/change/request";
import type { QuotaRuleFact } from "@/lib/domain/facts";
import { Override } from "@/lib/domain/override";
import { AT, client, tenant } from "@/lib/domain/testing/cluster-fixture";
import { type PlanFactsSpec, planFacts, tier } from "./plan-facts";

export const DAY = 86_400_000;

export const GOLDEN = tier({
  produceBytesPerSecond: 120_000,
  consumeBytesPerSecond: 240_000,
  requestPercent: 100,
  retentionMs: { default: 3 * DAY, max: 14 * DAY },
});
export const SILVER = tier({
  id: "silver",
  name: "Silver",
  produceBytesPerSecond: 60_000,
  consumeBytesPerSecond: 120_000,
  retentionMs: { default: 2 * DAY, max: 7 * DAY },
});

/** What gold gives a user whose topics three brokers lead. */
export const GOLDEN_RULE: QuotaRuleFact["values"] = { producer_byte_rate: 50_000, consumer_byte_rate: 100_000, request_percentage: 100 };

/** Kestrel on topics of its own as gold declares it, and two tenants of a pool that a service writes for. */
export function goldenFacts(spec: PlanFactsSpec = {}): PlanFacts {
  const kestrel = { ...tenant("kestrel"), name: "Kestrel" };
  const pooled = ["alder", "birch"].map((id) =>
    tenant(id, { model: "pool", topics: [{ prefix: "pool." }], record: { header: "tenant-id" } }),
  );
  return planFacts({
    tiers: [GOLDEN, SILVER],
    tenants: [kestrel, ...pooled],
    services: [{ cluster: "c1", principal: { kind: "scram", name: "pool-service" }, role: "service" }],
    clusters: { c1: goldenCluster() },
    ...spec,
  });
}

export function goldenCluster(quotas: QuotaRuleFact[] = [{ entity: { user: "kestrel" }, values: GOLDEN_RULE }]) {
  return {
    topics: { "kestrel.scans": { own: { "retention.ms": String(3 * DAY) } }, "pool.clicks": {} },
    quotas,
    clients: { 1: [client("kestrel", 10_000, { requestPercent: 30 })] },
  };
}

export const override = (given: object): Override => Override.parse({ reason: "r", author: "ada", at: AT, ...given });

/** Spaces that do not break read as plain ones in tests. */
export const plain = (text: string | null | undefined): string => (text ?? "").replace(/[\u00a0\u202f]/g, " ");

/** A plan in words: operations as "user kestrel producer_byte_rate: 50000 → 25000", consequences as "note: …". */
export function told(request: ChangeRequest, facts: PlanFacts) {
  const plan: Plan = planChange(request, facts);
  const consequences = plan.consequences.map((one) => plain(`${one.class}: ${one.sentence}`));
  return {
    plan,
    operations: plan.operations.map(({ target, before, after }) => `${targetWords(target)}: ${before} → ${after}`),
    consequences,
    has: (pattern: RegExp) => consequences.some((one) => pattern.test(one)),
    refusals: plan.refusals.map(({ reason }) => plain(reason)),
    leftOut: plan.leftOut.map(({ reason }) => plain(reason)),
    title: plain(plan.title),
  };
}

function targetWords(target: Plan["operations"][number]["target"]): string {
  switch (target.kind) {
    case "quota": {
      const { user, clientId } = target.entity;
      const parts = [user === undefined ? [] : [`user ${user ?? "*"}`], clientId === undefined ? [] : [`client-id ${clientId ?? "*"}`]];
      return `${parts.flat().join(" ")} ${target.key}`;
    }
    case "topic-config":
      return `${target.topic} ${target.key}`;
    case "partitions":
      return `${target.topic} partitions`;
    case "override":
      return `override ${[target.setting, ...Object.values(target.on ?? {})].join(" ")}`;
    case "tier":
      return `tier ${target.tierId}`;
    default:
      return `${target.kind} of ${target.tenantId}`;
  }
}
