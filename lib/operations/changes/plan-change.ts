import { z } from "zod";
import { PlanView } from "@/lib/domain/change/plan";
import { ChangeRequest } from "@/lib/domain/change/request";
import { defineOperation } from "@/lib/operations/define";
import { SUPPORT } from "@/lib/operations/roles";
import { decide } from "./decide";
import { factsFor } from "./kept-facts";
import { planView } from "./plan-view";
import { requireNamed } from "./require-named";
import { requireReach } from "./require-reach";
import { validateByBrokers } from "./validate-by-brokers";

export const planChange = defineOperation({
  name: "planChange",
  summary:
    "What a change would do: its operations with before and after, what follows from them, and what stands against it. Nothing is written. With the `factsId` of an earlier plan it is decided on the same facts, without asking the cluster anew; with `validate` the brokers are asked whether they would take it.",
  method: "POST",
  path: "/api/changes/plan",
  roles: SUPPORT,
  limits: "within",
  audit: "none",
  bodyBytesMax: 2 * 1024 * 1024,
  input: z.strictObject({
    request: ChangeRequest,
    factsId: z.uuid().exactOptional(),
    validate: z.boolean().default(false),
    reason: z.string().max(500).default(""),
  }),
  output: PlanView,
  echoes: ["request"],
  act: async (context, { request, factsId, validate, reason }) => {
    requireNamed(context, request);
    const kept = await factsFor(context, request, factsId);
    const plan = await decide(context, request, kept.facts, reason.trim());
    requireReach(context, request, plan.operations);
    const validation = validate && plan.refusals.length === 0 ? await validateByBrokers(context, kept.facts, plan.operations) : null;
    return planView(plan, kept, validation);
  },
});
