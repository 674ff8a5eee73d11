import { entityName } from "@/lib/domain/change/operation";
import type { DeclaredQuota, QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import { splitRate } from "@/lib/domain/declared/split-words";
import type { QuotaIndex } from "@/lib/domain/quota/effective";
import { ruleValues } from "@/lib/domain/quota/effective";
import { limitsNobody } from "@/lib/domain/quota/measure-everybody";
import { QUOTA_NAMES, quotaWords } from "@/lib/domain/quota/quota-words";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { DriftItem } from "./drift-item";

type Basis = Pick<QuotaBasis, "tenant" | "tier">;
type Brokers = Pick<ClusterSnapshot, "clusterId" | "knownBrokers">;

/**
 * One value of a rule against what is declared; null: they agree, or nothing can be said. Where nothing is declared, a rule that limits
 * is one too many.
 */
export function quotaDrift(quota: DeclaredQuota, rules: QuotaIndex, basis: Basis, cluster: Brokers): DriftItem | null {
  const { holder, key, declared, unsaid } = quota;
  if (unsaid !== null) return null;
  const live = ruleValues(rules, holder.entity)?.[key] ?? null;
  const name = entityName(holder.entity);
  const item = (kind: "quota" | "extra", value: number | null, source: string, sentence: string): DriftItem => ({
    key: [basis.tenant.id, cluster.clusterId, name, key].join("|"),
    kind,
    tenantId: basis.tenant.id,
    clusterId: cluster.clusterId,
    resource: name,
    name: key,
    declared: value === null ? null : String(value),
    live: live === null ? null : String(live),
    source,
    sentence,
    target: { kind: "quota", clusterId: cluster.clusterId, entity: holder.entity, key },
  });
  if (declared.by === "nothing") {
    if (live === null || limitsNobody(key, live)) return null;
    const sentence = `${name} has a ${QUOTA_NAMES[key]} of ${quotaWords(key, live)}, which neither its tier nor an override declares.`;
    return item("extra", null, basis.tier.name, sentence);
  }
  const { value } = declared;
  if (value === null || value === live) return null;
  const source = quotaSource(quota, basis);
  const has = live === null ? `has no ${QUOTA_NAMES[key]}` : `has a ${QUOTA_NAMES[key]} of ${quotaWords(key, live)}`;
  const sentence = `${name} ${has}; declared is ${quotaWords(key, value)} (${source}).${brokersWords(quota, live, basis, cluster)}`;
  return item("quota", value, source, sentence);
}

/** What declares a value, and how it follows: "Gold: 120 kB/s × 1.25 / 3 brokers = 50 kB/s a broker". */
export function quotaSource({ declared, split, key }: DeclaredQuota, { tier }: Pick<Basis, "tier">): string {
  if (declared.by === "nothing") return tier.name;
  const by = declared.by === "tier" ? tier.name : `override by ${declared.override.author}`;
  if (split !== null) return `${by}: ${split.arithmetic}`;
  return declared.value === null ? by : `${by}: ${quotaWords(key, declared.value)}`;
}

/** The live value may be right for another number of brokers: then that number is what changed. */
function brokersWords({ holder, key, split }: DeclaredQuota, live: number | null, { tier }: Basis, { knownBrokers }: Brokers): string {
  if (live === null || split === null || key === "request_percentage") return "";
  const most = Math.max(knownBrokers.size, split.brokersLeading) + BROKERS_BEFORE;
  for (let brokers = 1; brokers <= most; brokers += 1) {
    if (brokers === split.brokersLeading) continue;
    if (splitRate(split.promise, holder, tier.skewAllowance, brokers).value === live) {
      return ` It is right for ${brokers} leading ${brokers === 1 ? "broker" : "brokers"}, and ${split.brokersLeading} lead its partitions now.`;
    }
  }
  return "";
}

/** A cluster seldom loses more brokers at a time. */
const BROKERS_BEFORE = 6;
