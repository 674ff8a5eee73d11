import { ownerOfClientId, ownerOfPrincipal, ownerOfTopic } from "@/lib/domain/owner";
import { eachInSlices, type Steps } from "@/lib/domain/steps";
import { quotaEntityFlags, quoted } from "@/lib/domain/tool-lines";
import type { PlanFacts } from "./facts";
import { clusterOf, type PlannedOperation } from "./operation";
import type { Plan } from "./plan";

const SLICE = 500;

/**
 * What to put where the resources are managed: for each operation the line of Kafka's own tools, and the attribute of a Terraform
 * resource. null: everything is managed here.
 */
export function* patchOf(
  operations: readonly PlannedOperation[],
  facts: PlanFacts,
): Steps<Omit<NonNullable<Plan["patch"]>, "whole"> | null> {
  const managers = new Set<string>();
  const lines: string[] = [];
  yield* eachInSlices(operations, SLICE, (operation) => {
    const by = managerOf(operation, facts);
    if (by === null) return;
    managers.add(by);
    lines.push(lineOf(operation));
  });
  return managers.size === 0 ? null : { by: [...managers].join(", "), text: lines.join("\n") };
}

/** Who changes this value instead of the console; null: the console does. */
export function managerOf(operation: PlannedOperation, facts: PlanFacts): string | null {
  const clusterId = clusterOf(operation.target);
  if (clusterId === null) return null;
  for (const tenantId of tenantsOf(operation, facts)) {
    const by = facts.tenants.get(tenantId)?.tenant.managedElsewhere;
    if (by !== undefined) return by;
  }
  return facts.clusters.get(clusterId)?.managedElsewhere ?? null;
}

/** Whose the value is, also where it is changed as one of its cluster or of a topic that others share. */
function tenantsOf({ target, unit }: PlannedOperation, { owners }: PlanFacts): readonly string[] {
  if (unit.startsWith("tenant:")) return [unit.slice("tenant:".length)];
  if (target.kind === "topic-config" || target.kind === "partitions") return ownerOfTopic(owners, target.clusterId, target.topic).tenantIds;
  if (target.kind !== "quota") return [];
  const { user, clientId } = target.entity;
  if (typeof user === "string") return ownerOfPrincipal(owners, target.clusterId, user).tenantIds;
  return typeof clientId === "string" ? ownerOfClientId(owners, target.clusterId, clientId).tenantIds : [];
}

function lineOf({ target, after }: PlannedOperation): string {
  const change = (key: string) => (after === null ? `--delete-config ${key}` : `--add-config ${key}=${after}`);
  switch (target.kind) {
    case "topic-config":
      return `kafka-configs.sh --alter --entity-type topics --entity-name ${quoted(target.topic)} ${change(target.key)}`;
    case "partitions":
      return `kafka-topics.sh --alter --topic ${quoted(target.topic)} --partitions ${after}`;
    case "quota":
      return `kafka-configs.sh --alter ${quotaEntityFlags(target.entity)} ${change(target.key)}`;
    default:
      return "";
  }
}
