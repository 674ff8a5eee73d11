import { z } from "zod";
import { overviewSteps } from "@/lib/domain/overview";
import { Overview } from "@/lib/domain/views/overview";
import { defineOperation } from "@/lib/operations/define";
import { findCluster } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { perFleet } from "@/lib/operations/list/per-fleet";
import { paced } from "@/lib/operations/pauses";
import { SUPPORT } from "@/lib/operations/roles";

export const getOverview = defineOperation({
  name: "getOverview",
  summary: "The fleet at a glance, or one cluster of it: figures, what needs attention now, clusters with their headroom, tenants by tier.",
  method: "GET",
  path: "/api/overview",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ cluster: Id.exactOptional() }),
  output: Overview,
  version: (context) => context.fleet().version,
  act: (context, { cluster }) => {
    const fleet = context.fleet();
    if (cluster !== undefined) findCluster(fleet, cluster);
    return perFleet(fleet, JSON.stringify(["overview", cluster ?? null]), () => paced(overviewSteps(fleet, cluster ?? null)));
  },
});
