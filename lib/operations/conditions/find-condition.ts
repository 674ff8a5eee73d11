import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import type { ConditionView } from "@/lib/domain/views/common";
import type { Context } from "@/lib/operations/context";
import { found } from "@/lib/operations/find";

/** A condition's id: rule, cluster, tenant and subject; a subject holds a group's name, which may be long. */
export const ConditionId = z.string().min(1).max(1500);

/** Throws AppError `not_found`: it has ended, or never was. */
export function findCondition(context: Context, id: string): ConditionView {
  const condition = context.fleet().conditions.find((one) => one.id === id);
  return found(condition, "There is no such condition now; it may have ended.");
}

/** What the fleet shows is written down a moment later, by the process that reads the cluster. */
export function notWrittenYet(): AppError {
  return new AppError("unavailable", "This condition has only just begun and is not written down yet; try again in a few seconds.");
}
