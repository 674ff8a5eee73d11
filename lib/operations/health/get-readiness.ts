import { z } from "zod";
import { AppError, type ErrorDetail } from "@/lib/domain/errors";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Context } from "@/lib/operations/context";
import { defineOperation } from "@/lib/operations/define";
import { WATCHERS } from "@/lib/operations/roles";
import { checkStore } from "@/lib/store";

const STORE_DEADLINE_MS = 2_000;

export const getReadiness = defineOperation({
  name: "getReadiness",
  summary:
    "Readiness: the database answers and each cluster was tried once. A cluster that cannot be reached does not make the console unready.",
  method: "GET",
  path: "/api/health/ready",
  roles: WATCHERS,
  limits: "within",
  input: z.strictObject({}),
  output: z.object({
    status: z.literal("ready"),
    store: z.enum(["pglite", "postgres"]),
    collector: z.enum(["running", "elsewhere", "off"]),
  }),
  act: async (context) => {
    const store = await checkStore(context.store, STORE_DEADLINE_MS);
    const details: ErrorDetail[] = store.ok ? [] : [{ path: "store", message: store.message }];
    details.push(...untriedClusters(context));
    if (details.length > 0) {
      throw new AppError("unavailable", `Not ready: ${details.map(({ path, message }) => `${path}: ${message}`).join(" ")}`, { details });
    }
    return { status: "ready" as const, store: store.kind, collector: context.collector.state() };
  },
});

function untriedClusters(context: Context): ErrorDetail[] {
  if (context.collector.state() === "off") return [];
  return [...context.fleet().clusters.values()]
    .filter((cluster) => !wasTried(cluster))
    .map(({ clusterId }) => ({ path: `clusters.${clusterId}`, message: "not read yet." }));
}

function wasTried({ parts: { metadata } }: ClusterSnapshot): boolean {
  return metadata.at !== null || metadata.problems.length > 0;
}
