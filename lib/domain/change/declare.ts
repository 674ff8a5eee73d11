import { Override, type OverrideScope, type OverrideSetting, overrideKey } from "@/lib/domain/override";
import type { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import { canonicalJson } from "./canonical-json";
import { clusterOf, type PlannedOperation, type Target } from "./operation";

/** The declarations that operations are carried out on, and what they have altered. */
export interface Declared {
  readonly tenants: Map<string, Tenant>;
  /** All of them: a tenant may be put on any. */
  readonly tiers: Map<string, Tier>;
  /** How many tenants are on a tier. */
  readonly tenantsOnTier: Map<string, number>;
  /** Ids of what was altered; a tier that was altered and is not in `tiers` is deleted. */
  readonly altered: { tenants: Set<string>; tiers: Set<string> };
}

type DeclaredTarget = Exclude<Target, { clusterId: string }>;
type Values = Pick<PlannedOperation, "before" | "after">;

export function isDeclaration(target: Target): target is DeclaredTarget {
  return clusterOf(target) === null;
}

/**
 * Carries out one operation on the declarations. null: it is declared; a sentence: what stands there instead of the operation's
 * `before`, or what forbids the `after`, and nothing was altered.
 */
export function declareOperation(declared: Declared, target: DeclaredTarget, values: Values): string | null {
  if (target.kind === "tier") return declareTier(declared, target.tierId, values);
  const tenant = declared.tenants.get(target.tenantId);
  if (tenant === undefined) return `There is no tenant "${target.tenantId}".`;
  const altered = alterTenant(declared, tenant, target, values);
  if (typeof altered === "string") return altered;
  declared.tenants.set(tenant.id, altered);
  declared.altered.tenants.add(tenant.id);
  return null;
}

function alterTenant(
  declared: Declared,
  tenant: Tenant,
  target: Exclude<DeclaredTarget, { kind: "tier" }>,
  values: Values,
): Tenant | string {
  switch (target.kind) {
    case "tenant-tier":
      return putOnTier(declared, tenant, values);
    case "override":
      return withOverride(tenant, target, values);
    case "managed-elsewhere":
      return withManager(tenant, values);
  }
}

function putOnTier({ tiers, tenantsOnTier }: Declared, tenant: Tenant, { before, after }: Values): Tenant | string {
  if (canonicalJson(tenant.tier) !== before) return `The tenant is on the tier "${tenant.tier}".`;
  const tierId: unknown = after === null ? null : JSON.parse(after);
  const tier = typeof tierId === "string" ? tiers.get(tierId) : undefined;
  if (tier === undefined) return `There is no tier ${after}.`;
  if (tier.archived === true && tier.id !== tenant.tier) return `The tier "${tier.id}" is archived: no tenant can be put on it.`;
  tenantsOnTier.set(tenant.tier, (tenantsOnTier.get(tenant.tier) ?? 0) - 1);
  tenantsOnTier.set(tier.id, (tenantsOnTier.get(tier.id) ?? 0) + 1);
  return { ...tenant, tier: tier.id };
}

function withOverride(
  { overrides = [], ...tenant }: Tenant,
  about: { setting: OverrideSetting; on?: OverrideScope },
  { before, after }: Values,
): Tenant | string {
  const key = overrideKey(about);
  const at = overrides.findIndex((one) => overrideKey(one) === key);
  const current = overrides[at];
  if ((current === undefined ? null : canonicalJson(current)) !== before) return overrideSentence(about, current);
  if (after === null) return { ...tenant, overrides: overrides.toSpliced(at, current === undefined ? 0 : 1) };
  const cluster = about.on?.cluster;
  if (cluster !== undefined && !tenant.placements.some((placement) => placement.cluster === cluster)) {
    return `The tenant has no placement on ${cluster}.`;
  }
  const override = Override.parse(JSON.parse(after));
  return { ...tenant, overrides: current === undefined ? [...overrides, override] : overrides.with(at, override) };
}

function overrideSentence({ setting, on = {} }: { setting: OverrideSetting; on?: OverrideScope }, current: Override | undefined): string {
  const place = [on.topic, on.principal, on.cluster].filter((part) => part !== undefined).join(", ");
  const what = place === "" ? setting : `${setting} on ${place}`;
  if (current === undefined) return `There is no override of ${what}.`;
  const value = current.value === null ? "whatever the cluster has" : String(current.value);
  return `The override of ${what} is ${value}, declared by ${current.author} at ${current.at}.`;
}

function withManager({ managedElsewhere, ...tenant }: Tenant, { before, after }: Values): Tenant | string {
  const current = managedElsewhere === undefined ? null : canonicalJson(managedElsewhere);
  if (current !== before) return current === null ? "The tenant is managed by the console." : `The tenant is managed by ${current}.`;
  return after === null ? tenant : { ...tenant, managedElsewhere: String(JSON.parse(after)) };
}

function declareTier({ tiers, tenantsOnTier, altered }: Declared, tierId: string, { before, after }: Values): string | null {
  const current = tiers.get(tierId);
  if ((current === undefined ? null : canonicalJson(current)) !== before) return tierSentence(tierId, current, before);
  if (after === null) {
    const tenants = tenantsOnTier.get(tierId) ?? 0;
    if (tenants > 0) return `The tier "${tierId}" has ${tenants === 1 ? "a tenant" : `${tenants} tenants`}.`;
    tiers.delete(tierId);
  } else {
    tiers.set(tierId, Tier.parse(JSON.parse(after)));
  }
  altered.tiers.add(tierId);
  return null;
}

/** Names the parts that differ from what the plan saw, with what they are. */
function tierSentence(tierId: string, current: Tier | undefined, before: string | null): string {
  if (current === undefined) return `There is no tier "${tierId}".`;
  if (before === null) return `There is a tier "${tierId}" already: ${current.name}.`;
  const seen = new Map(Object.entries(JSON.parse(before)));
  const now = new Map<string, unknown>(Object.entries(current));
  const parts = [...new Set([...seen.keys(), ...now.keys()])].filter(
    (key) => canonicalJson(seen.get(key) ?? null) !== canonicalJson(now.get(key) ?? null),
  );
  const words = parts.map((key) => (now.has(key) ? `${key} is ${canonicalJson(now.get(key))}` : `${key} is not declared`));
  return `The tier "${tierId}" was changed: ${words.join(", ")}.`;
}
