import { type DeclaredTopicKey, declaredTopicValue, kafkaText } from "@/lib/domain/change/declared-topic";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { ScopedTopic } from "@/lib/domain/change/resolve-scope";
import type { UNLIMITED } from "@/lib/domain/change/values";
import type { TenantState } from "@/lib/domain/fleet";
import { formatCount } from "@/lib/domain/format";
import { TOPIC_SETTINGS } from "./settings";

/** What a request wants of a key: a value, what is declared, or (null) no value of the topic's own. */
export type Wanted = number | typeof UNLIMITED | "tier" | null;

/** Kafka's text and where it is from, or why the topic is left alone; `ofTenant`: so are all others of its tenant. */
export type ResolvedValue = { after: string | null; note: string | null } | { reason: string; ofTenant: boolean };

export function resolveValue(wanted: Wanted, key: DeclaredTopicKey, scoped: ScopedTopic, { at }: Pick<PlanFacts, "at">): ResolvedValue {
  if (wanted === null) return { after: null, note: null };
  if (wanted !== "tier") return { after: kafkaText(wanted), note: null };
  const { noun } = TOPIC_SETTINGS[key];
  const state = onlyTenant(scoped);
  if (state === null) {
    const whose = scoped.tenants.length === 0 ? "no tenant" : `${formatCount(scoped.tenants.length)} tenants`;
    return { reason: `It belongs to ${whose}, so no tier declares its ${noun}.`, ofTenant: false };
  }
  const declared = declaredTopicValue(state, { cluster: scoped.cluster.clusterId, topic: scoped.topic }, key, at);
  if (declared.by === "nothing") return { reason: `${state.tier.name} declares no ${noun}.`, ofTenant: true };
  if (declared.value === null) return { reason: `An override leaves its ${noun} to the cluster.`, ofTenant: false };
  return { after: declared.value, note: declared.by === "tier" ? `${state.tier.name} default` : `Override: ${declared.override.reason}` };
}

/** The tenant whose records alone a topic holds; null: nobody's, or several tenants'. */
export function onlyTenant({ tenants }: Pick<ScopedTopic, "tenants">): TenantState | null {
  const [only] = tenants;
  return only !== undefined && tenants.length === 1 ? only : null;
}
