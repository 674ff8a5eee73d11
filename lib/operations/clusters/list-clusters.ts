import { z } from "zod";
import { ClusterList } from "@/lib/domain/views/clusters";
import { defineOperation } from "@/lib/operations/define";
import { SUPPORT } from "@/lib/operations/roles";
import { clustersCsv } from "./clusters-csv";

export const listClusters = defineOperation({
  name: "listClusters",
  summary: "Every cluster the console has a connection to, with its health.",
  method: "GET",
  path: "/api/clusters",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({}),
  output: ClusterList,
  version: (context) =>
    [context.fleet().version, ...context.unseenRegions().map(({ account, region }) => `${account}.${region}`)].join("-"),
  csv: (context) => clustersCsv(context.fleet().summaries.values()),
  act: (context) => ({ clusters: [...context.fleet().summaries.values()], unseenRegions: [...context.unseenRegions()] }),
});
