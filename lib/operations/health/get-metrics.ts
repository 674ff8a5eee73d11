import { z } from "zod";
import { defineOperation } from "@/lib/operations/define";
import { OPERATOR } from "@/lib/operations/roles";

export const getMetrics = defineOperation({
  name: "getMetrics",
  summary: "The console's own metrics in Prometheus's text form.",
  method: "GET",
  path: "/api/metrics",
  roles: ["probe", ...OPERATOR],
  input: z.strictObject({}),
  output: z.string(),
  answerType: "text/plain; version=0.0.4; charset=utf-8",
  act: (context) => context.metrics(),
});
