import { isInForce, type Override, type OverrideSetting } from "@/lib/domain/override";
import type { Tenant } from "@/lib/domain/tenant";
import type { Tier } from "@/lib/domain/tier";
import { UNLIMITED } from "./values";

/** Keys of a topic that tiers and overrides declare, and what declares them. */
export const DECLARED_TOPIC_KEYS = {
  "retention.ms": "retentionMs",
  "retention.bytes": "retentionBytes",
  "max.message.bytes": "maxMessageBytes",
} as const satisfies Record<string, OverrideSetting>;
export type DeclaredTopicKey = keyof typeof DECLARED_TOPIC_KEYS;

/** What is declared for a value: nothing, or this; `value` null: whatever the cluster has. */
export type Declared<T> = { by: "nothing" } | { by: "tier"; value: T } | { by: "override"; value: T | null; override: Override };

/** The override that counts for a setting in a place: of those that fit, the one with the narrowest scope. */
export function overrideFor(
  tenant: Pick<Tenant, "overrides">,
  setting: OverrideSetting,
  place: { cluster: string; topic?: string; principal?: string },
  at: string,
): Override | null {
  let best: Override | null = null;
  for (const override of tenant.overrides ?? []) {
    const { on = {} } = override;
    if (override.setting !== setting || !isInForce(override, at)) continue;
    if (on.cluster !== undefined && on.cluster !== place.cluster) continue;
    if (on.topic !== undefined && on.topic !== place.topic) continue;
    if (on.principal !== undefined && on.principal !== place.principal) continue;
    if (best === null || narrowness(override) > narrowness(best)) best = override;
  }
  return best;
}

/**
 * How narrow an override is. One topic or principal is narrower than one cluster: of one setting no two that fit one place are alike, so
 * the order of a list decides nothing.
 */
export function narrowness({ on = {} }: Pick<Override, "on">): number {
  const isOfOne = on.topic !== undefined || on.principal !== undefined;
  return (isOfOne ? 2 : 0) + (on.cluster === undefined ? 0 : 1);
}

/** What a tenant's topic should have for a key, in Kafka's own text (-1 for unlimited). */
export function declaredTopicValue(
  { tenant, tier }: { tenant: Tenant; tier: Tier },
  place: { cluster: string; topic: string },
  key: DeclaredTopicKey,
  at: string,
): Declared<string> {
  const setting = DECLARED_TOPIC_KEYS[key];
  const override = overrideFor(tenant, setting, place, at);
  if (override !== null) return { by: "override", value: override.value === null ? null : kafkaText(override.value), override };
  const value = tierValue(tier, setting);
  return value === undefined ? { by: "nothing" } : { by: "tier", value: String(value) };
}

function tierValue(tier: Tier, setting: (typeof DECLARED_TOPIC_KEYS)[DeclaredTopicKey]): number | undefined {
  if (setting === "retentionMs") return tier.retentionMs?.default;
  return setting === "maxMessageBytes" ? tier.maxMessageBytes?.default : undefined;
}

/** A declared value as Kafka writes it. */
export function kafkaText(value: number | typeof UNLIMITED): string {
  return value === UNLIMITED ? "-1" : String(value);
}
