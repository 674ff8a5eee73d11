import { type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import type { LeftOut, Refusal } from "@/lib/domain/change/plan";
import type { RequestOf } from "@/lib/domain/change/request";
import { named } from "@/lib/domain/change/words";
import { paths } from "@/lib/domain/paths";
import { quotaIndexOf } from "@/lib/domain/quota/effective";
import { MEASURE_USER, MEASURE_VALUES, type MeasuredKey } from "@/lib/domain/quota/measure-everybody";
import { QUOTA_NAMES } from "@/lib/domain/quota/quota-words";
import type { Steps } from "@/lib/domain/steps";
import { quotaConsequences } from "./quota-consequences";
import { noCluster, quotasRefusal } from "./readable";
import { quotaOperation } from "./rule-operation";

/**
 * Makes brokers count every user and limits nobody: a rule that nobody reaches, on a name that nobody uses. It helps only where there is
 * no rule of the kind yet: with any, the brokers count already, and by what they count follows from the kinds of rules there are.
 */
export function* planMeasure(request: RequestOf<"measure">, facts: PlanFacts): Steps<Draft> {
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
  const counted: Counted[] = [];
  for (const key of new Set(request.keys)) {
    const known = kinds.get(key);
    if (known === undefined) draft.operations.push(measureOperation(clusterId, key));
    else counted.push({ key, byClientId: known.has("client-id") });
  }
  if (draft.operations.length === 0) draft.refusals.push(nothingToMeasure(counted, cluster));
  else draft.leftOut = counted.map((one) => leftOut(one, cluster));
  draft.consequences = yield* quotaConsequences(draft.operations, facts);
  return draft;
}

/** A key by which the brokers count already. */
interface Counted {
  key: MeasuredKey;
  byClientId: boolean;
}

function measureOperation(clusterId: string, key: MeasuredKey) {
  const after = String(MEASURE_VALUES[key]);
  return quotaOperation({ clusterId, entity: { user: MEASURE_USER }, key, before: null, after, unit: `cluster:${clusterId}` });
}

function reasonOf({ key, byClientId }: Counted, { name }: ClusterFacts): string {
  const by = byClientId
    ? "but with rules on client-ids users without a rule of their own are counted by client-id only, and no rule on another user changes that"
    : "and count every user by it";
  return `${named(name)} has rules with a ${QUOTA_NAMES[key]} already: its brokers count, ${by}.`;
}

function leftOut(counted: Counted, cluster: ClusterFacts): LeftOut {
  const { name, clusterId } = cluster;
  return {
    subject: QUOTA_NAMES[counted.key],
    tenantId: null,
    reason: reasonOf(counted, cluster),
    link: { label: name, href: paths.cluster(clusterId) },
  };
}

function nothingToMeasure(counted: readonly Counted[], cluster: ClusterFacts): Refusal {
  const { name, clusterId } = cluster;
  const reason = counted.map((one) => reasonOf(one, cluster)).join(" ");
  const hidden = counted.some(({ byClientId }) => byClientId);
  const wayOut = hidden ? "Set a rule on each user that is to be seen." : "Nothing has to be done here to measure.";
  return { field: "keys", reason, wayOut, link: { label: name, href: paths.cluster(clusterId) } };
}
