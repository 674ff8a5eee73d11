import { brakedTo } from "@/lib/domain/change/active-brake";
import { DECLARED_TOPIC_KEYS, type DeclaredTopicKey, overrideFor } from "@/lib/domain/change/declared-topic";
import type { PlanFacts } from "@/lib/domain/change/facts";
import { entityName } from "@/lib/domain/change/operation";
import { currentQuota } from "@/lib/domain/change/quotas/rule-operation";
import { ownTopicsOf } from "@/lib/domain/change/resolve-scope";
import { topicValue } from "@/lib/domain/change/topic-value";
import { UNLIMITED } from "@/lib/domain/change/values";
import { DECLARED_QUOTA_KEYS, type QuotaBasis, quotaOverride, TENANT_QUOTA_KEYS } from "@/lib/domain/declared/declared-quotas";
import { quotaHolders } from "@/lib/domain/declared/quota-holders";
import type { DriftItem } from "@/lib/domain/drift/drift-item";
import type { TenantState } from "@/lib/domain/fleet";
import type { Override, OverrideScope, OverrideSetting } from "@/lib/domain/override";

/** Something that an override can declare the value of: a rule's key, a topic's key. */
export interface Place {
  setting: OverrideSetting;
  clusterId: string;
  /** Of this place alone. */
  scope: OverrideScope;
  /** What the cluster has, as an override says it; null: none of its own. undefined: not known. */
  live: Override["value"] | undefined;
  /** Its drift has this key, where it drifts. */
  key: string;
  /** An override declares it now, so only one as narrow as can be is sure to win. */
  isOverridden: boolean;
}

/** All that could be declared for a tenant. */
export function placesOf(state: TenantState, basis: QuotaBasis, facts: PlanFacts): Place[] {
  return [...quotaPlaces(basis, facts), ...topicPlaces(state, basis, facts)];
}

/** What a brake set does not stay, so it is no value that one override could speak for. */
function quotaPlaces({ tenant }: QuotaBasis, { clusters, brakes, at }: PlanFacts): Place[] {
  const brake = brakes.get(tenant.id);
  return quotaHolders(tenant).holders.flatMap((holder) =>
    TENANT_QUOTA_KEYS.map((key): Place => {
      const { clusterId, name, entity } = holder;
      const cluster = clusters.get(clusterId);
      const isBraked = brakedTo(brake, { kind: "quota", clusterId, entity, key }) !== undefined;
      const isUnread = cluster === undefined || cluster.quotas === null;
      const live = isUnread || isBraked ? undefined : numberOf(currentQuota(cluster, entity, key));
      return {
        setting: DECLARED_QUOTA_KEYS[key].exact,
        clusterId,
        scope: { cluster: clusterId, principal: name },
        live,
        key: [tenant.id, clusterId, entityName(entity), key].join("|"),
        isOverridden: quotaOverride(tenant, holder, key, at) !== null,
      };
    }),
  );
}

function topicPlaces(state: TenantState, { tenant }: QuotaBasis, facts: PlanFacts): Place[] {
  return ownTopicsOf(state, facts).flatMap(({ cluster, topic }) =>
    (Object.keys(DECLARED_TOPIC_KEYS) as DeclaredTopicKey[]).map((key): Place => {
      const setting = DECLARED_TOPIC_KEYS[key];
      const value = topicValue(cluster, topic, key);
      const place = { cluster: cluster.clusterId, topic };
      return {
        setting,
        clusterId: cluster.clusterId,
        scope: place,
        live: value === null ? undefined : value.own === null ? null : limit(value.own),
        key: [tenant.id, cluster.clusterId, topic, key].join("|"),
        isOverridden: overrideFor(tenant, setting, place, facts.at) !== null,
      };
    }),
  );
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}

function limit(text: string): Override["value"] {
  const value = Number(text);
  return value < 0 ? UNLIMITED : value;
}

/** The places that drift and are meant, each with the widest scope in which everything has the same value. */
export function adoptedScopes(places: readonly Place[], items: readonly DriftItem[], all: readonly DriftItem[]): Map<Place, OverrideScope> {
  const meant = new Set(items.map(({ key }) => key));
  const drifting = new Set(all.map(({ key }) => key));
  const bySetting = Map.groupBy(places, ({ setting }) => setting);
  const scopes = new Map<Place, OverrideScope>();
  for (const ofSetting of bySetting.values()) {
    const byCluster = Map.groupBy(ofSetting, ({ clusterId }) => clusterId);
    const asOne = isOne(ofSetting, meant, drifting);
    for (const [cluster, onCluster] of byCluster) {
      const asCluster = isOne(onCluster, meant, drifting);
      for (const place of onCluster) {
        if (meant.has(place.key)) scopes.set(place, asOne ? {} : asCluster ? { cluster } : place.scope);
      }
    }
  }
  return scopes;
}

/** Whether one override can speak for all of them: they have one value, none is declared otherwise, and whoever drifts is meant. */
function isOne(places: readonly Place[], meant: ReadonlySet<string>, drifting: ReadonlySet<string>): boolean {
  const [first] = places;
  return places.every(
    ({ live, isOverridden, key }) => live !== undefined && live === first?.live && !isOverridden && (meant.has(key) || !drifting.has(key)),
  );
}
