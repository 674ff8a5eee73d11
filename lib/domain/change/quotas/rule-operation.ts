import type { ClusterFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation, Target } from "@/lib/domain/change/operation";
import type { QuotaEntity, QuotaKey, QuotaRuleFact } from "@/lib/domain/facts";
import { indexQuotas, type QuotaIndex, quotaIndexOf, ruleValues } from "@/lib/domain/quota/effective";

export type QuotaTarget = Extract<Target, { kind: "quota" }>;
export type QuotaOperation = PlannedOperation & { target: QuotaTarget };

/** A rule's own value as text; null: the rule does not set the key, there is none, or the quotas could not be read. */
export function currentQuota({ quotas }: Pick<ClusterFacts, "quotas">, entity: QuotaEntity, key: QuotaKey): string | null {
  if (quotas === null) return null;
  const values = entity.ip === undefined ? ruleValues(quotaIndexOf(quotas), entity) : ruleOn(quotas, entity)?.values;
  const value = values?.[key];
  return value === undefined ? null : String(value);
}

function ruleOn(quotas: readonly QuotaRuleFact[], entity: QuotaEntity): QuotaRuleFact | undefined {
  return quotas.find(
    (rule) => rule.entity.user === entity.user && rule.entity.clientId === entity.clientId && rule.entity.ip === entity.ip,
  );
}

interface PlannedQuota {
  clusterId: string;
  entity: QuotaEntity;
  key: QuotaKey;
  before: string | null;
  after: string | null;
  unit: string;
  note?: string | null;
}

/** Raising or removing a quota loosens; setting or lowering one tightens. */
export function quotaOperation({ clusterId, entity, key, before, after, unit, note = null }: PlannedQuota): QuotaOperation {
  const target = { kind: "quota" as const, clusterId, entity, key };
  return { target, before, after, phase: tightens(before, after) ? "tighten" : "loosen", unit, note };
}

export function tightens(before: string | null, after: string | null): boolean {
  return after !== null && (before === null || Number(after) < Number(before));
}

/** The rules of a cluster once the operations on them are carried out. */
export function rulesAfter(quotas: readonly QuotaRuleFact[], operations: readonly Pick<QuotaOperation, "target" | "after">[]): QuotaIndex {
  const rules = new Map(quotas.map((rule) => [entityKey(rule.entity), rule]));
  for (const { target, after } of operations) {
    const key = entityKey(target.entity);
    const { [target.key]: _, ...values } = rules.get(key)?.values ?? {};
    const written = after === null ? values : { ...values, [target.key]: Number(after) };
    rules.set(key, { entity: target.entity, values: written });
  }
  return indexQuotas([...rules.values()].filter(({ values }) => Object.keys(values).length > 0));
}

/** The same for the same entity only: a user's name may hold any words. */
function entityKey({ user, clientId, ip }: QuotaEntity): string {
  return JSON.stringify([user === undefined ? [] : [user], clientId === undefined ? [] : [clientId], ip === undefined ? [] : [ip]]);
}

export function isQuotaOperation(operation: PlannedOperation): operation is QuotaOperation {
  return operation.target.kind === "quota";
}
