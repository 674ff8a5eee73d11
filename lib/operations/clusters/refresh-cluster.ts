import { z } from "zod";
import { PARTS } from "@/lib/domain/snapshot";
import { ClusterSummary } from "@/lib/domain/views/clusters";
import { defineOperation } from "@/lib/operations/define";
import { findCluster } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { SUPPORT } from "@/lib/operations/roles";

/** All but the topics' configurations: on an IAM cluster each of those is a billed event of CloudTrail. */
const REFRESHED = PARTS.filter((part) => part !== "configs");

export const refreshCluster = defineOperation({
  name: "refreshCluster",
  summary:
    "Reads a cluster now instead of at its next turn, and answers when the fleet shows it. Equal requests within 10 s share one reading.",
  method: "POST",
  path: "/api/clusters/{clusterId}/refresh",
  roles: SUPPORT,
  limits: "within",
  audit: "none",
  input: z.strictObject({ clusterId: Id }),
  output: ClusterSummary,
  act: async (context, { clusterId }) => {
    findCluster(context.fleet(), clusterId);
    await context.collector.refresh(clusterId, REFRESHED);
    return findCluster(context.fleet(), clusterId).summary;
  },
});
