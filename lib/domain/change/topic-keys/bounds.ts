import type { DeclaredTopicKey } from "@/lib/domain/change/declared-topic";
import type { Refusal } from "@/lib/domain/change/plan";
import { limitOf } from "@/lib/domain/change/topic-value";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { Tier } from "@/lib/domain/tier";
import { TOPIC_SETTINGS } from "./settings";
import type { TopicKeyChange } from "./topic-key-change";

interface Breach {
  key: DeclaredTopicKey;
  tier: Tier;
  bound: number;
  value: number;
  isInherited: boolean;
  tenantIds: Set<string>;
}

/** What tiers do not allow, one refusal for each tier and key however many tenants it concerns. */
export class Bounds {
  private readonly breaches = new Map<string, Breach>();

  /** Of a topic that is one tenant's alone. An override cannot pass the bound either. */
  check({ key, after, effectiveAfter }: TopicKeyChange, { tenantId, tier }: { tenantId: string; tier: Tier }): void {
    const bound = TOPIC_SETTINGS[key].boundOf(tier);
    const value = limitOf(effectiveAfter);
    if (bound === undefined || value === null || value <= bound) return;
    const known = this.breaches.get(`${tier.id} ${key} ${value}`);
    if (known !== undefined) known.tenantIds.add(tenantId);
    else
      this.breaches.set(`${tier.id} ${key} ${value}`, {
        key,
        tier,
        bound,
        value,
        isInherited: after === null,
        tenantIds: new Set([tenantId]),
      });
  }

  refusals(): Refusal[] {
    return [...this.breaches.values()].map(refusalOf);
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function refusalOf({ key, tier, bound, value, isInherited, tenantIds }: Breach): Refusal {
  const { field, noun, format } = TOPIC_SETTINGS[key];
  const what = isInherited
    ? `Without a value of its own the ${noun} would be ${format(value)}`
    : `${capital(noun)} ${format(value)} is asked for`;
  const whose = tenantIds.size === 1 ? "" : ` (${formatCountOf(tenantIds.size, "tenant")})`;
  const [tenantId] = tenantIds;
  const link =
    tenantIds.size === 1 && tenantId !== undefined
      ? { label: "Change its tier", href: paths.changeTenant(tenantId, "tier") }
      : { label: tier.name, href: paths.tier(tier.id) };
  return {
    field,
    reason: `${what}${whose}; ${tier.name} allows ${format(bound)} at the most.`,
    wayOut: `Choose ${format(bound)} or less, or a tier that allows more. An override cannot pass the bound.`,
    link,
  };
}
