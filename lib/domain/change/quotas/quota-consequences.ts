import type { ClusterFacts, PlanFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { Consequence } from "@/lib/domain/change/plan";
import { mapInSlices, type Steps } from "@/lib/domain/steps";
import { capacityConsequences } from "./capacity-consequences";
import { drainConsequences } from "./drain-consequences";
import { effectConsequences } from "./effect-consequences";
import { measuringConsequences, unusedConsequences } from "./measuring-consequences";
import { mutationConsequences } from "./mutation-consequences";
import { promiseConsequences } from "./promise-consequences";
import { reachConsequences } from "./reach-consequences";
import { requestConsequences } from "./request-consequences";
import { type RuleChanges, ruleChanges } from "./rule-changes";
import { isQuotaOperation, type QuotaOperation, rulesAfter } from "./rule-operation";
import { TOLD_EACH_MAX, throttleConsequences } from "./throttle-consequences";

/** Everything that follows from changed rules, whoever asked for them; of many tenants in sums and first names. */
export function* quotaConsequences(operations: readonly PlannedOperation[], facts: PlanFacts): Steps<Consequence[]> {
  const changes = yield* ruleChanges(operations, facts);
  if (changes.tenants.length === 0 && changes.others.length === 0) return [];
  const few = changes.tenants.length <= TOLD_EACH_MAX;
  const parts = [
    () => requestConsequences(changes.tenants),
    () => promiseConsequences(changes.tenants),
    () => capacityConsequences(changes.tenants),
    ...[...byCluster(operations, facts)].map(
      ([cluster, own]) =>
        () =>
          clusterConsequences(own, cluster, changes, few, facts),
    ),
  ];
  const throttles = yield* throttleConsequences(changes.tenants, facts);
  const drains = yield* drainConsequences(changes.tenants, facts);
  yield;
  return [...throttles, ...drains, ...(yield* mapInSlices(parts, 1, (part) => part())).flat()];
}

/** `few` false: what is said of each rule is left out; its value before and after stands in the plan. */
function clusterConsequences(
  operations: readonly QuotaOperation[],
  cluster: ClusterFacts,
  { others }: RuleChanges,
  few: boolean,
  facts: PlanFacts,
): Consequence[] {
  const after = rulesAfter(cluster.quotas ?? [], operations);
  const foreign = others.filter((one) => one.cluster === cluster).map(({ operation }) => operation);
  return [
    ...reachConsequences(foreign, cluster, after, facts),
    ...measuringConsequences(operations, cluster, after),
    ...mutationConsequences(operations, cluster),
    ...(few ? [...unusedConsequences(operations, cluster), ...effectConsequences(operations, cluster, after, facts)] : []),
  ];
}

function byCluster(operations: readonly PlannedOperation[], { clusters }: PlanFacts): Map<ClusterFacts, QuotaOperation[]> {
  const groups = new Map<ClusterFacts, QuotaOperation[]>();
  for (const operation of operations) {
    const cluster = isQuotaOperation(operation) ? clusters.get(operation.target.clusterId) : undefined;
    if (cluster === undefined || !isQuotaOperation(operation)) continue;
    const own = groups.get(cluster);
    if (own === undefined) groups.set(cluster, [operation]);
    else own.push(operation);
  }
  return groups;
}
