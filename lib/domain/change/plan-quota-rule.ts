import { QUOTA_KEYS, type QuotaKey } from "@/lib/domain/facts";
import { paths } from "@/lib/domain/paths";
import { type Draft, emptyDraft } from "./draft";
import type { ClusterFacts, PlanFacts } from "./facts";
import { entityName, type PlannedOperation } from "./operation";
import type { RequestOf } from "./request";

/** One rule as Kafka has it, on any entity. */
export function planQuotaRule(request: RequestOf<"quota-rule">, facts: PlanFacts): Draft {
  const draft = emptyDraft();
  const { clusterId, entity, values } = request;
  const cluster = facts.clusters.get(clusterId);
  const name = entityName(entity);
  draft.title = `Change the quota of ${name}`;
  if (cluster === undefined) {
    const link = { label: "Clusters", href: paths.clusters() };
    draft.refusals.push({ field: "clusterId", reason: `There is no cluster "${clusterId}".`, wayOut: "Choose one of the list.", link });
    return draft;
  }
  if (cluster.quotas === null) {
    const problem = cluster.problems.find(({ operation }) => operation === "DescribeClientQuotas");
    const reason = `The quotas of ${cluster.name} could not be read${problem === undefined ? "" : `: ${problem.message}`}`;
    draft.refusals.push({ field: null, reason, wayOut: problem?.remedy ?? "Try again in a moment.", link: null });
    return draft;
  }
  for (const key of QUOTA_KEYS) {
    const value = values[key as keyof typeof values];
    if (value === undefined) continue;
    const before = currentQuota(cluster, entity, key);
    const after = value === null ? null : String(value);
    if (before !== after) draft.operations.push(quotaOperation({ clusterId, entity, key, before, after, unit: `cluster:${clusterId}` }));
  }
  return draft;
}

/** A rule's own value as text; null: the rule does not set the key, or there is none. */
export function currentQuota({ quotas }: Pick<ClusterFacts, "quotas">, entity: PlannedQuota["entity"], key: QuotaKey): string | null {
  const same = (a: string | null | undefined, b: string | null | undefined) => a === b;
  const rule = quotas?.find(
    ({ entity: one }) => same(one.user, entity.user) && same(one.clientId, entity.clientId) && same(one.ip, entity.ip),
  );
  const value = rule?.values[key];
  return value === undefined ? null : String(value);
}

interface PlannedQuota {
  clusterId: string;
  entity: { user?: string | null; clientId?: string | null; ip?: string | null };
  key: QuotaKey;
  before: string | null;
  after: string | null;
  unit: string;
  note?: string;
}

/** Raising or removing a quota loosens; setting or lowering one tightens. */
export function quotaOperation({ clusterId, entity, key, before, after, unit, note }: PlannedQuota): PlannedOperation {
  const tightens = after !== null && (before === null || Number(after) < Number(before));
  const target = { kind: "quota" as const, clusterId, entity, key };
  return { target, before, after, phase: tightens ? "tighten" : "loosen", unit, note: note ?? null };
}
