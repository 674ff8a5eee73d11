import { type Declared, narrowness, overrideFor } from "@/lib/domain/change/declared-topic";
import type { QuotaKey } from "@/lib/domain/facts";
import type { Override, OverrideSetting } from "@/lib/domain/override";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Tenant } from "@/lib/domain/tenant";
import type { Tier } from "@/lib/domain/tier";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import { type LeadingBrokers, leadingBrokers } from "./leading-brokers";
import { type QuotaHolder, quotaHolders } from "./quota-holders";
import { type Split, splitPercent, splitRate } from "./split-words";

/**
 * Keys of a rule that tiers and overrides declare: what a tier promises for the tenant as a whole, and the override that gives the exact
 * value of each rule.
 */
export const DECLARED_QUOTA_KEYS = {
  producer_byte_rate: { promise: "produceBytesPerSecond", exact: "produceQuotaBytesPerSecond" },
  consumer_byte_rate: { promise: "consumeBytesPerSecond", exact: "consumeQuotaBytesPerSecond" },
  request_percentage: { promise: "requestPercent", exact: "requestQuotaPercent" },
} as const satisfies Partial<Record<QuotaKey, { promise: OverrideSetting; exact: OverrideSetting }>>;
export type DeclaredQuotaKey = keyof typeof DECLARED_QUOTA_KEYS;
export const TENANT_QUOTA_KEYS = Object.keys(DECLARED_QUOTA_KEYS) as DeclaredQuotaKey[];

/** What a tenant's quotas follow from. */
export interface QuotaBasis {
  tenant: Tenant;
  tier: Tier;
  /** Its topics on all clusters, shared ones included. */
  topics: readonly Pick<TopicSummary, "clusterId" | "topic" | "owner">[];
}

/** One value of one rule as it is declared, for each broker. */
export interface DeclaredQuota {
  holder: QuotaHolder;
  key: DeclaredQuotaKey;
  /** `value` null: no rule. */
  declared: Declared<number>;
  /** How the value was arrived at, and what all brokers together let through; null: it was given as it is, or there is none. */
  split: Split | null;
  /** Why nothing follows although something is promised; null: it does, or nothing is. Then what the cluster has is neither right nor wrong. */
  unsaid: { reason: string; wayOut: string } | null;
}

type SeenCluster = Pick<ClusterSnapshot, "clusterId" | "name" | "metadata">;

/** Every value that is declared for a tenant on one cluster: one for each of its rules and each key. */
export function declaredQuotasOn(basis: QuotaBasis, cluster: SeenCluster, at: string): DeclaredQuota[] {
  const holders = quotaHolders(basis.tenant).holders.filter(({ clusterId }) => clusterId === cluster.clusterId);
  if (holders.length === 0) return [];
  const leaders = cluster.metadata === null ? null : leadingBrokers(basis.topics, cluster.clusterId, cluster.metadata);
  return holders.flatMap((holder) => TENANT_QUOTA_KEYS.map((key) => declaredQuota(basis, holder, key, { cluster, leaders, at })));
}

interface Seen {
  cluster: SeenCluster;
  leaders: LeadingBrokers | null;
  at: string;
}

function declaredQuota({ tenant, tier }: QuotaBasis, holder: QuotaHolder, key: DeclaredQuotaKey, seen: Seen): DeclaredQuota {
  const one = { holder, key, split: null, unsaid: null };
  const override = quotaOverride(tenant, holder, key, seen.at);
  if (override === null) {
    const promise = holder.silo ? undefined : tier[DECLARED_QUOTA_KEYS[key].promise];
    if (promise === undefined) return { ...one, declared: { by: "nothing" } };
    return follow(one, promise, tier.skewAllowance, seen, (value) => ({ by: "tier", value }));
  }
  const { value } = override;
  const given = (each: number | null): Declared<number> => ({ by: "override", value: each, override });
  if (typeof value !== "number") return { ...one, declared: given(null) };
  if (override.setting === DECLARED_QUOTA_KEYS[key].exact) return { ...one, declared: given(value) };
  return follow(one, value, tier.skewAllowance, seen, given);
}

/**
 * The override that decides a value: the narrowest of those for the whole and those for the rule itself; where both are as narrow, the
 * exact one.
 */
export function quotaOverride(tenant: Tenant, holder: QuotaHolder, key: DeclaredQuotaKey, at: string): Override | null {
  if ((tenant.overrides ?? []).length === 0) return null;
  const { promise, exact } = DECLARED_QUOTA_KEYS[key];
  const place = { cluster: holder.clusterId, principal: holder.name };
  const ofWhole = overrideFor(tenant, promise, place, at);
  const ofRule = overrideFor(tenant, exact, place, at);
  if (ofWhole === null || ofRule === null) return ofRule ?? ofWhole;
  return narrowness(ofWhole) > narrowness(ofRule) ? ofWhole : ofRule;
}

/** What follows from a promise for one rule, where that can be said. */
function follow(
  one: Omit<DeclaredQuota, "declared">,
  promise: number,
  skewAllowance: number,
  { cluster, leaders }: Seen,
  declare: (value: number) => Declared<number>,
): DeclaredQuota {
  const { holder, key } = one;
  const nothing = (reason: string, wayOut: string): DeclaredQuota => ({
    ...one,
    declared: { by: "nothing" },
    unsaid: { reason, wayOut },
  });
  if (leaders === null) {
    return nothing(
      `The partitions of its topics on ${cluster.name} are not known, so it cannot be said how a promise is divided over brokers.`,
      "Look at the cluster's connection; topics are read again by themselves.",
    );
  }
  const brokersLeading = leaders[holder.through];
  if (brokersLeading === 0) {
    const reason = `No broker of ${cluster.name} leads a partition of its topics yet, so no quota follows from what is promised.`;
    return nothing(reason, "Create its first topic, or give the value of the rule itself.");
  }
  const split =
    key === "request_percentage"
      ? splitPercent(promise, holder, brokersLeading)
      : splitRate(promise, holder, skewAllowance, brokersLeading);
  if (split.value > 0) return { ...one, split, declared: declare(split.value) };
  return nothing(
    `Nothing of what is promised is meant for ${holder.name}, and Kafka has no quota of 0.`,
    "Give it a share in the placement.",
  );
}
