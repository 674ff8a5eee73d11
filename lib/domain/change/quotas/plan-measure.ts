import { type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import type { LeftOut, Refusal } from "@/lib/domain/change/plan";
import type { RequestOf } from "@/lib/domain/change/request";
import { named } from "@/lib/domain/change/words";
import { paths } from "@/lib/domain/paths";
import { quotaIndexOf } from "@/lib/domain/quota/effective";
import { MEASURE_USER, MEASURE_VALUES, type MeasuredKey } from "@/lib/domain/quota/measure-everybody";
import { QUOTA_NAMES } from "@/lib/domain/quota/quota-words";
import { quotaConsequences } from "./quota-consequences";
import { noCluster, quotasRefusal } from "./readable";
import { quotaOperation } from "./rule-operation";

/**
 * Makes brokers count every user and limits nobody: a rule that nobody reaches, on a name that nobody uses. It helps only where there is
 * no rule of the kind yet: with any, the brokers count already, and by what they count follows from the kinds of rules there are.
 */
export function planMeasure(request: RequestOf<"measure">, facts: PlanFacts): Draft {
  const draft = emptyDraft();
  const { clusterId } = request;
  const cluster = facts.clusters.get(clusterId);
  draft.title = `Measure everybody on ${named(cluster?.name ?? clusterId)} without limiting`;
  const refusal = cluster === undefined ? noCluster(clusterId, "clusterId") : quotasRefusal(cluster);
  if (cluster === undefined || refusal !== null) {
    if (refusal !== null) draft.refusals.push(refusal);
    return draft;
  }
  const { kinds } = quotaIndexOf(cluster.quotas ?? []);
  for (const key of new Set(request.keys)) {
    if (kinds.has(key)) draft.leftOut.push(counted(key, kinds.get(key)?.has("client-id") === true, cluster));
    else draft.operations.push(measureOperation(clusterId, key));
  }
  if (draft.operations.length === 0) draft.refusals.push(nothingToMeasure(draft.leftOut, cluster));
  draft.consequences = quotaConsequences(draft.operations, facts);
  return draft;
}

function measureOperation(clusterId: string, key: MeasuredKey) {
  const after = String(MEASURE_VALUES[key]);
  return quotaOperation({ clusterId, entity: { user: MEASURE_USER }, key, before: null, after, unit: `cluster:${clusterId}` });
}

function counted(key: MeasuredKey, byClientId: boolean, { name, clusterId }: ClusterFacts): LeftOut {
  const by = byClientId
    ? "but with rules on client-ids users without a rule of their own are counted by client-id only, and no rule on another user changes that: give each user a rule of its own"
    : "and count every user by it";
  const reason = `${named(name)} has rules with a ${QUOTA_NAMES[key]} already: its brokers count, ${by}.`;
  return { subject: QUOTA_NAMES[key], tenantId: null, reason, link: { label: name, href: paths.cluster(clusterId) } };
}

function nothingToMeasure(leftOut: readonly LeftOut[], { name, clusterId }: ClusterFacts): Refusal {
  const reason = leftOut.map((one) => one.reason).join(" ");
  const link = { label: name, href: paths.cluster(clusterId) };
  return { field: "keys", reason, wayOut: "Nothing has to be done here to measure.", link };
}
