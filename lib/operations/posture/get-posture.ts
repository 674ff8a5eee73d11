import { z } from "zod";
import { type PostureFilter, postureFindings, postureView } from "@/lib/domain/posture/posture-view";
import { PostureView } from "@/lib/domain/views/posture";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { findCluster, findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { perFleet } from "@/lib/operations/list/per-fleet";
import { SUPPORT } from "@/lib/operations/roles";
import { FINDING_HEAD, findingCells } from "./finding-csv";

const Filter = z.strictObject({ cluster: Id.exactOptional(), tenant: Id.exactOptional() });

function filterOf(context: Context, { cluster, tenant }: z.output<typeof Filter>): PostureFilter {
  if (cluster !== undefined) findCluster(context.fleet(), cluster);
  if (tenant !== undefined) findTenant(context.fleet(), tenant);
  return { clusterId: cluster ?? null, tenantId: tenant ?? null };
}

export const getPosture = defineOperation({
  name: "getPosture",
  summary: "What is wrong by construction in the fleet, on a cluster or for a tenant: findings with evidence and remedy, and every check.",
  method: "GET",
  path: "/api/posture",
  roles: SUPPORT,
  limits: "within",
  input: Filter,
  output: PostureView,
  version: (context) => context.fleet().version,
  csv: (context, input) => ({
    filename: "posture",
    head: FINDING_HEAD,
    rows: postureFindings(context.fleet(), filterOf(context, input)).map(findingCells),
  }),
  act: (context, input) => {
    const fleet = context.fleet();
    const filter = filterOf(context, input);
    return perFleet(fleet, JSON.stringify(["posture", filter]), () => postureView(fleet, filter));
  },
});
