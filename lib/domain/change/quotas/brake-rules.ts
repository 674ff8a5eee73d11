import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import { entityName } from "@/lib/domain/change/operation";
import type { LeftOut, Refusal } from "@/lib/domain/change/plan";
import { named } from "@/lib/domain/change/words";
import type { QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import { type QuotaHolder, quotaHolders } from "@/lib/domain/declared/quota-holders";
import type { QuotaEntity, QuotaKey } from "@/lib/domain/facts";
import { formatSetRate } from "@/lib/domain/format";
import { ownerOfClientId } from "@/lib/domain/owner";
import { effectiveQuota, type QuotaIndex, quotaIndexOf } from "@/lib/domain/quota/effective";
import { quotaWords } from "@/lib/domain/quota/quota-words";
import type { Direction } from "@/lib/domain/views/use";
import { quotasRefusalOf } from "./readable";
import { fallback } from "./rule-effect";
import { currentQuota, type QuotaOperation, quotaOperation } from "./rule-operation";

export interface BrakeCap {
  direction: Direction;
  key: QuotaKey;
  /** For each rule on each broker. */
  bytesPerSecond: number;
}

export interface BrakeRules {
  operations: QuotaOperation[];
  leftOut: LeftOut[];
  /** Why nothing can be done, where nothing can. */
  refusals: Refusal[];
}

/**
 * The rules that a brake sets: one for each user or client-id of the tenant, and those for single client-ids of its users, which would
 * win over it. A rule that lets through less already stays: the brake would raise it.
 */
export function brakeRules({ tenant }: QuotaBasis, caps: readonly BrakeCap[], facts: PlanFacts): BrakeRules {
  const rules: BrakeRules = { operations: [], leftOut: [], refusals: [] };
  const leaveOut = (refusal: Refusal) => {
    rules.refusals.push(refusal);
    rules.leftOut.push({ subject: tenant.name, tenantId: tenant.id, reason: `${refusal.reason} ${refusal.wayOut}`, link: refusal.link });
  };
  const { holders, unruled } = quotaHolders(tenant);
  for (const { subject, reason } of unruled) {
    rules.leftOut.push({ subject: `${tenant.name}: ${subject}`, tenantId: tenant.id, reason, link: null });
  }
  const unread = new Set<string>();
  for (const holder of holders) {
    const { clusterId } = holder;
    const cluster = facts.clusters.get(clusterId);
    const refusal = quotasRefusalOf(clusterId, facts);
    if (cluster === undefined || refusal !== null) {
      if (refusal !== null && !unread.has(clusterId)) leaveOut(refusal);
      unread.add(clusterId);
      continue;
    }
    const isOthers = (clientId: string): boolean => {
      const { tenantIds } = ownerOfClientId(facts.owners, clusterId, clientId);
      return tenantIds.length > 0 && !tenantIds.includes(tenant.id);
    };
    for (const cap of caps) {
      const outcome = rulesOf(holder, cap, cluster, tenant.id, isOthers);
      if ("refusal" in outcome) leaveOut(outcome.refusal);
      else rules.operations.push(...outcome.operations);
    }
  }
  return rules;
}

function rulesOf(
  holder: QuotaHolder,
  cap: BrakeCap,
  cluster: ClusterFacts,
  tenantId: string,
  isOthers: (clientId: string) => boolean,
): { operations: QuotaOperation[] } | { refusal: Refusal } {
  const { key, bytesPerSecond } = cap;
  const index = quotaIndexOf(cluster.quotas ?? []);
  const winner = "clientId" in holder.entity ? ruleOnEveryUser(index, key) : null;
  if (winner !== null) return { refusal: notBinding(holder, winner.value, key, cluster) };
  const now = currentQuota(cluster, holder.entity, key);
  const limit = now === null ? (fallback(index, key, holder.entity)?.value ?? null) : Number(now);
  const caps: Capped[] = narrowerAbove(index, holder, cap);
  if (limit === null || limit > bytesPerSecond) {
    caps.unshift({ entity: holder.entity, value: bytesPerSecond });
    if (now === null) caps.push(...heldByClientId(index, holder, cap, isOthers));
  }
  if (caps.length === 0) return { refusal: wouldRaise(holder, limit ?? 0, cap, cluster) };
  return {
    operations: caps.map(({ entity, value }) => {
      const before = currentQuota(cluster, entity, key);
      return quotaOperation({ clusterId: cluster.clusterId, entity, key, before, after: String(value), unit: `tenant:${tenantId}` });
    }),
  };
}

/** The place of a user's own rule among Kafka's eight. */
const USER_STEP = 3;

interface Capped {
  entity: QuotaEntity;
  value: number;
}

/**
 * A rule on a user wins over every rule on a client-id. Where the user has none yet, client-ids that are held to less than the cap would
 * be let loose by it: they get a rule with the user, of what they have. Those that another tenant calls its own are not meant.
 */
function heldByClientId(index: QuotaIndex, { entity }: QuotaHolder, cap: BrakeCap, isOthers: (clientId: string) => boolean): Capped[] {
  if (!("user" in entity)) return [];
  const { user } = entity;
  const own = index.users.get(user)?.clients;
  const clientIds = new Set([...index.clients.keys(), ...index.defaultUser.clients.keys()]);
  return [...clientIds].flatMap((clientId) => {
    if (own?.get(clientId)?.[cap.key] !== undefined || isOthers(clientId)) return [];
    const now = effectiveQuota(index, cap.key, { user, clientId });
    const isHeld = now !== null && now.step > USER_STEP && now.value < cap.bytesPerSecond;
    return isHeld ? [{ entity: { user, clientId }, value: now.value }] : [];
  });
}

/** Rules on single client-ids of a user, and on all others of it, that let through more than the cap. */
function narrowerAbove({ users }: QuotaIndex, { entity }: QuotaHolder, { key, bytesPerSecond }: BrakeCap): Capped[] {
  if (!("user" in entity)) return [];
  const { user } = entity;
  const rules = users.get(user);
  const isAbove = (value: number | undefined) => value !== undefined && value > bytesPerSecond;
  const pairs = [...(rules?.clients ?? [])].filter(([, values]) => isAbove(values[key])).map(([clientId]) => clientId);
  const entities = isAbove(rules?.defaultClient?.[key]) ? [...pairs, null] : pairs;
  return entities.map((clientId) => ({ entity: { user, clientId }, value: bytesPerSecond }));
}

/** A default for users takes everybody, so that no rule on a client-id is ever asked. */
function ruleOnEveryUser({ defaultUser }: QuotaIndex, key: QuotaKey): { value: number } | null {
  const value = defaultUser.alone?.[key] ?? defaultUser.defaultClient?.[key];
  return value === undefined ? null : { value };
}

function notBinding({ entity }: QuotaHolder, value: number, key: QuotaKey, { name }: ClusterFacts): Refusal {
  const reason = `On ${named(name)} a default for users (${quotaWords(key, value)}) wins over every rule on a client-id, so a brake on ${named(entityName(entity))} would hold back nobody.`;
  return { field: null, reason, wayOut: "Name the tenant's principal in its placement.", link: null };
}

function wouldRaise({ entity }: QuotaHolder, limit: number, { bytesPerSecond, direction }: BrakeCap, { name }: ClusterFacts): Refusal {
  const reason = `${named(entityName(entity))} has ${formatSetRate(limit)} a broker to ${direction} on ${named(name)}: ${formatSetRate(bytesPerSecond)} would not hold it back, that would raise it.`;
  return { field: `${direction}BytesPerSecond`, reason, wayOut: `Brake to less than ${formatSetRate(limit)}.`, link: null };
}
