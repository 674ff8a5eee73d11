import { z } from "zod";
import { defineOperation } from "@/lib/operations/define";
import { WATCHERS } from "@/lib/operations/roles";

export const getHealth = defineOperation({
  name: "getHealth",
  summary: "Liveness: the process answers. Says nothing about the database or the clusters.",
  method: "GET",
  path: "/api/health",
  roles: WATCHERS,
  limits: "within",
  input: z.strictObject({}),
  output: z.object({ status: z.literal("ok") }),
  act: () => ({ status: "ok" as const }),
});
