import { z } from "zod";
import { ChangeDetail } from "@/lib/domain/views/changes";
import { defineOperation, type Operation } from "@/lib/operations/define";
import { OPERATOR } from "@/lib/operations/roles";
import { setWish } from "@/lib/store";
import { changeDetail } from "./change-detail";
import { ChangeId } from "./get-change";

const WAIT_MS = 2_000;

export const pauseChange = steering("pauseChange", "pause", "Pauses a change after the operations under way; nothing is taken back.");
export const resumeChange = steering("resumeChange", "resume", "Lets a paused change go on, also after its first tenants.");
export const cancelChange = steering("cancelChange", "cancel", "Ends a change after the operations under way; what was applied stays.");

function steering(name: string, verb: "pause" | "resume" | "cancel", summary: string): Operation<typeof ChangeDetail> {
  return defineOperation({
    name,
    summary,
    method: "POST",
    path: `/api/changes/{changeId}/${verb}`,
    roles: OPERATOR,
    input: z.strictObject({ changeId: ChangeId }),
    output: ChangeDetail,
    act: async (context, { changeId }) => {
      await setWish(context.store, changeId, verb === "resume" ? "go" : verb);
      context.changes.wake();
      if (verb === "cancel") await context.changes.settled(changeId, WAIT_MS);
      return changeDetail(context, changeId);
    },
  });
}
