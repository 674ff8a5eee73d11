import { clusterOf } from "@/lib/domain/change/operation";
import type { ChangeIntent } from "./types";

const TENANT_UNIT = "tenant:";

/** The tenants and clusters that a change concerns: those its request names, and those its operations write to. In order, each once. */
export function subjectsOf({ request, operations }: Pick<ChangeIntent, "request" | "operations">): {
  tenantIds: string[];
  clusterIds: string[];
} {
  const tenantIds = new Set<string>();
  const clusterIds = new Set<string>();
  if ("tenantId" in request) tenantIds.add(request.tenantId);
  if ("clusterId" in request) clusterIds.add(request.clusterId);
  if ("scope" in request && "tenantIds" in request.scope) for (const id of request.scope.tenantIds) tenantIds.add(id);
  if ("scope" in request && "topics" in request.scope) for (const { clusterId } of request.scope.topics) clusterIds.add(clusterId);
  for (const { target, unit } of operations) {
    if (unit.startsWith(TENANT_UNIT)) tenantIds.add(unit.slice(TENANT_UNIT.length));
    if ("tenantId" in target) tenantIds.add(target.tenantId);
    const clusterId = clusterOf(target);
    if (clusterId !== null) clusterIds.add(clusterId);
  }
  return { tenantIds: [...tenantIds].sort(), clusterIds: [...clusterIds].sort() };
}
