import type { ChangeRequest, RequestOf } from "@/lib/domain/change/request";
import { AppError } from "@/lib/domain/errors";
import { overrideKey } from "@/lib/domain/override";
import { isByTenant, limitWords } from "@/lib/domain/people/role-limits";
import type { Tenant } from "@/lib/domain/tenant";
import type { Context } from "@/lib/operations/context";
import { findCluster, findTenant, found } from "@/lib/operations/find";

/** They are everybody's on a cluster, or on a tier. */
const OF_EVERYBODY: ReadonlySet<ChangeRequest["kind"]> = new Set(["quota-rule", "measure", "tier-definition", "tier-archive"]);

/**
 * Whether all that a request names is there for an actor whose role is limited: the first check, before anything is read. A plan would
 * tell what stands outside already by finding nothing to change. What is outside is answered as what does not exist. Throws AppError
 * `not_found` or `forbidden`.
 */
export function requireNamed(context: Context, request: ChangeRequest): void {
  const limits = context.actor.limits ?? null;
  if (limits === null) return;
  if (isByTenant(limits) && OF_EVERYBODY.has(request.kind)) {
    throw new AppError("forbidden", `This reaches beyond what your role is limited to: ${limitWords(limits)}.`);
  }
  const fleet = context.fleet();
  const { tenantIds, clusterIds, topics } = namesIn(request);
  for (const tenantId of tenantIds) findTenant(fleet, tenantId);
  if (request.kind === "override-end") requireOverrides(findTenant(fleet, request.tenantId).tenant, request);
  for (const clusterId of clusterIds) findCluster(fleet, clusterId);
  for (const { clusterId, topic } of topics) {
    const { summary } = findCluster(fleet, clusterId);
    found(fleet.topics.get(clusterId)?.get(topic), `There is no topic "${topic}" on ${summary.name}.`);
  }
}

/** An override is named by a topic or a principal, which may be anybody's. */
function requireOverrides({ id, overrides = [] }: Tenant, request: RequestOf<"override-end">): void {
  const known = new Set(overrides.map(overrideKey));
  if (request.overrides.every((one) => known.has(overrideKey(one)))) return;
  throw new AppError("not_found", `"${id}" has no override that is named like this. It may have ended meanwhile.`);
}

interface Named {
  tenantIds: readonly string[];
  clusterIds: readonly string[];
  topics: readonly { clusterId: string; topic: string }[];
}

function namesIn(request: ChangeRequest): Named {
  const tenantIds = "scope" in request && "tenantIds" in request.scope ? request.scope.tenantIds : [];
  const topics = "scope" in request && "topics" in request.scope ? request.scope.topics : [];
  return {
    tenantIds: "tenantId" in request ? [...tenantIds, request.tenantId] : tenantIds,
    clusterIds: "clusterId" in request ? [request.clusterId] : [],
    topics: request.kind === "partitions" ? [...topics, request] : topics,
  };
}
