import type { PlanFacts } from "./facts";
import { clusterOf, type PlannedOperation, type Target } from "./operation";
import type { Plan } from "./plan";

/**
 * What to put where the resources are managed: for each operation the line of Kafka's own tools, and the attribute of a Terraform
 * resource. null: everything is managed here.
 */
export function patchOf(operations: readonly PlannedOperation[], facts: PlanFacts): Plan["patch"] {
  const managers = new Set<string>();
  const lines: string[] = [];
  for (const operation of operations) {
    const by = managerOf(operation, facts);
    if (by === null) continue;
    managers.add(by);
    lines.push(lineOf(operation));
  }
  return managers.size === 0 ? null : { by: [...managers].join(", "), text: lines.join("\n") };
}

function managerOf({ target, unit }: PlannedOperation, { clusters, tenants }: PlanFacts): string | null {
  const clusterId = clusterOf(target);
  if (clusterId === null) return null;
  const tenantId = unit.startsWith("tenant:") ? unit.slice("tenant:".length) : null;
  const tenant = tenantId === null ? undefined : tenants.get(tenantId)?.tenant;
  return tenant?.managedElsewhere ?? clusters.get(clusterId)?.managedElsewhere ?? null;
}

function lineOf({ target, after }: PlannedOperation): string {
  const change = (key: string) => (after === null ? `--delete-config ${key}` : `--add-config ${key}=${after}`);
  switch (target.kind) {
    case "topic-config":
      return `kafka-configs.sh --alter --entity-type topics --entity-name ${quoted(target.topic)} ${change(target.key)}`;
    case "partitions":
      return `kafka-topics.sh --alter --topic ${quoted(target.topic)} --partitions ${after}`;
    case "quota":
      return `kafka-configs.sh --alter ${entityWords(target)} ${change(target.key)}`;
    default:
      return "";
  }
}

function entityWords({ entity: { user, clientId, ip } }: Extract<Target, { kind: "quota" }>): string {
  const part = (type: string, name: string | null | undefined) =>
    name === undefined ? [] : [`--entity-type ${type} ${name === null ? "--entity-default" : `--entity-name ${quoted(name)}`}`];
  return [...part("users", user), ...part("clients", clientId), ...part("ips", ip)].join(" ");
}

/** For a POSIX shell; a name from Kafka is arbitrary. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
