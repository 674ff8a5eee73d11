import { clusterOf, type PlannedOperation } from "@/lib/domain/change/operation";
import { OPERATIONS_SHOWN, type Plan, type PlanView } from "@/lib/domain/change/plan";
import { fingerprintOf } from "./fingerprint";
import type { KeptFacts } from "./kept-facts";

/** How many texts of a kind a plan's answer holds; a change of ten thousand tenants has as many of each. */
const LISTED_MAX = 200;

/** A plan as it is answered: with its fingerprint, counted whole and listed in part. */
export async function planView(plan: Plan, { id, facts, problems }: KeptFacts, validation: PlanView["validation"]): Promise<PlanView> {
  return {
    ...plan,
    operations: plan.operations.slice(0, OPERATIONS_SHOWN),
    consequences: plan.consequences.slice(0, LISTED_MAX),
    leftOut: plan.leftOut.slice(0, LISTED_MAX),
    refusals: plan.refusals.slice(0, LISTED_MAX),
    fingerprint: await fingerprintOf(plan),
    counts: countsOf(plan.operations),
    factsId: id,
    factsAt: facts.at,
    problems,
    validation,
  };
}

function countsOf(operations: readonly PlannedOperation[]): PlanView["counts"] {
  const units = new Set(operations.map(({ unit }) => unit));
  const topics = new Set<string>();
  const clusters = new Set<string>();
  for (const { target } of operations) {
    const clusterId = clusterOf(target);
    if (clusterId !== null) clusters.add(clusterId);
    if (target.kind === "topic-config" || target.kind === "partitions") topics.add(`${target.clusterId} ${target.topic}`);
  }
  const tenants = [...units].filter((unit) => unit.startsWith("tenant:")).length;
  return { operations: operations.length, units: units.size, tenants, topics: topics.size, clusters: clusters.size };
}
