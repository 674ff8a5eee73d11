import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { ChangeDetail } from "@/lib/domain/views/changes";
import type { Context } from "@/lib/operations/context";
import { defineOperation, type Operation } from "@/lib/operations/define";
import { OPERATOR } from "@/lib/operations/roles";
import { readChange, readChangeHead, setWish } from "@/lib/store";
import { changeDetail } from "./change-detail";
import { ChangeId } from "./get-change";
import { isOfBrake } from "./of-brake";
import { requireChangeWithin } from "./require-reach";

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
    limits: "within",
    input: z.strictObject({ changeId: ChangeId }),
    output: ChangeDetail,
    act: async (context, { changeId }) => {
      await requireSteerable(context, changeId);
      if (verb === "pause") await refusePause(context, changeId);
      await setWish(context.store, changeId, verb === "resume" ? "go" : verb);
      context.changes.wake();
      if (verb === "cancel") await context.changes.settled(changeId, WAIT_MS);
      return changeDetail(context, changeId);
    },
  });
}

async function requireSteerable(context: Context, changeId: number): Promise<void> {
  const head = await readChangeHead(context.store, changeId);
  if (head !== null) requireChangeWithin(context, head);
}

/** A brake that stands still would cap its tenant beyond its time, and so would an end of it. */
async function refusePause(context: Context, changeId: number): Promise<void> {
  const change = await readChange(context.store, changeId);
  if (change === null || !(await isOfBrake(context, change))) return;
  throw new AppError("conflict", "A brake and what ends it are not paused. Cancel it instead.");
}
