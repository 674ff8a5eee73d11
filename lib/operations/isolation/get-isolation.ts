import { z } from "zod";
import { isolationView } from "@/lib/domain/compare/isolation-view";
import { IsolationView } from "@/lib/domain/views/isolation";
import { defineOperation } from "@/lib/operations/define";
import { findCluster, findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { perFleet } from "@/lib/operations/list/per-fleet";
import { SUPPORT } from "@/lib/operations/roles";

export const getIsolation = defineOperation({
  name: "getIsolation",
  summary: "Pool, bridge and silo against each other, what stands under each now, and for one tenant which capabilities are in force.",
  method: "GET",
  path: "/api/isolation",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ cluster: Id.exactOptional(), tenant: Id.exactOptional() }),
  output: IsolationView,
  version: (context) => context.fleet().version,
  act: (context, { cluster, tenant }) => {
    const fleet = context.fleet();
    if (cluster !== undefined) findCluster(fleet, cluster);
    if (tenant !== undefined) findTenant(fleet, tenant);
    const key = JSON.stringify(["isolation", cluster ?? null, tenant ?? null]);
    return perFleet(fleet, key, () => isolationView(fleet, cluster ?? null, tenant ?? null));
  },
});
