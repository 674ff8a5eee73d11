import { declarationsOf } from "@/lib/domain/change/basis";
import { canonicalJson } from "@/lib/domain/change/canonical-json";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Target } from "@/lib/domain/change/operation";
import { currentQuota } from "@/lib/domain/change/quotas/rule-operation";
import { overrideKey } from "@/lib/domain/override";

/** What stands where an operation writes; or why that is not known. */
export type LiveValue = { value: string | null } | { unknown: string };

/** The value as an operation's `before` has it, read live. */
export function liveValue(target: Target, facts: PlanFacts): LiveValue {
  switch (target.kind) {
    case "topic-config":
      return topicConfig(target, facts);
    case "partitions": {
      const count = facts.clusters.get(target.clusterId)?.partitions?.get(target.topic);
      return count === undefined ? { unknown: `The partitions of ${target.topic} could not be read.` } : { value: String(count) };
    }
    case "quota": {
      const cluster = facts.clusters.get(target.clusterId);
      if (cluster === undefined || cluster.quotas === null)
        return { unknown: `The quotas of ${cluster?.name ?? target.clusterId} could not be read.` };
      return { value: currentQuota(cluster, target.entity, target.key) };
    }
    case "tier": {
      const tier = declarationsOf(facts).tiers.get(target.tierId);
      return { value: tier === undefined ? null : canonicalJson(tier) };
    }
    default:
      return tenantValue(target, facts);
  }
}

function topicConfig({ clusterId, topic, key }: Extract<Target, { kind: "topic-config" }>, { clusters }: PlanFacts): LiveValue {
  const entries = clusters.get(clusterId)?.configs.get(topic);
  if (entries === undefined) return { unknown: `The configuration of ${topic} could not be read; it may have been deleted.` };
  const entry = entries.find(({ name }) => name === key);
  // MSK's topic API does not say whose a value is; it is taken for the topic's own there.
  const isOwn = entry !== undefined && (entry.source === "topic" || entry.source === "unknown");
  return { value: isOwn ? entry.value : null };
}

function tenantValue(target: Extract<Target, { tenantId: string }>, facts: PlanFacts): LiveValue {
  const tenant = declarationsOf(facts).tenants.get(target.tenantId);
  if (tenant === undefined) return { unknown: `There is no tenant "${target.tenantId}" any more.` };
  if (target.kind === "tenant-tier") return { value: canonicalJson(tenant.tier) };
  if (target.kind === "managed-elsewhere")
    return { value: tenant.managedElsewhere === undefined ? null : canonicalJson(tenant.managedElsewhere) };
  const override = tenant.overrides?.find((one) => overrideKey(one) === overrideKey(target));
  return { value: override === undefined ? null : canonicalJson(override) };
}
