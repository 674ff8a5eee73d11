import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { ConditionView, Time } from "@/lib/domain/views/common";
import { defineOperation } from "@/lib/operations/define";
import { OPERATOR } from "@/lib/operations/roles";
import { acknowledgeCondition as writeAcknowledgement } from "@/lib/store";
import { ConditionId, findCondition, notWrittenYet } from "./find-condition";

/** Longer than this is no acknowledgement but a rule that nobody wants. */
const LONGEST_MS = 30 * 86_400_000;

export const acknowledgeCondition = defineOperation({
  name: "acknowledgeCondition",
  summary:
    "Notes that a condition is seen, until a time and for a reason; until then it asks nobody for attention. It ends with the condition.",
  method: "POST",
  path: "/api/conditions/acknowledge",
  roles: OPERATOR,
  limits: "within",
  input: z.strictObject({ id: ConditionId, until: Time, reason: z.string().trim().min(1).max(500) }),
  output: ConditionView,
  act: async (context, { id, until, reason }) => {
    const condition = findCondition(context, id);
    const restMs = Date.parse(until) - context.now().getTime();
    if (restMs <= 0) throw invalidUntil("must be in the future");
    if (restMs > LONGEST_MS) throw invalidUntil("must be within 30 days");
    const acknowledged = { by: context.actor.name, until: new Date(until).toISOString(), reason };
    if (!(await writeAcknowledgement(context.store, id, acknowledged))) throw notWrittenYet();
    await context.collector.reassemble();
    return { ...condition, acknowledged };
  },
});

function invalidUntil(message: string): AppError {
  return new AppError("invalid", `until: ${message}`, { details: [{ path: "until", message }] });
}
