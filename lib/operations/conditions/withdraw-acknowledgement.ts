import { z } from "zod";
import { ConditionView } from "@/lib/domain/views/common";
import { defineOperation } from "@/lib/operations/define";
import { OPERATOR } from "@/lib/operations/roles";
import { acknowledgeCondition as writeAcknowledgement } from "@/lib/store";
import { ConditionId, findCondition, notWrittenYet } from "./find-condition";

export const withdrawAcknowledgement = defineOperation({
  name: "withdrawAcknowledgement",
  summary: "Takes the acknowledgement of a condition away: it asks for attention again. Without one nothing changes.",
  method: "DELETE",
  path: "/api/conditions/acknowledge",
  roles: OPERATOR,
  limits: "within",
  input: z.strictObject({ id: ConditionId }),
  output: ConditionView,
  act: async (context, { id }) => {
    const condition = findCondition(context, id);
    if (!(await writeAcknowledgement(context.store, id, null))) throw notWrittenYet();
    await context.collector.reassemble();
    return { ...condition, acknowledged: null };
  },
});
