import { storedWithin } from "@/lib/domain/people/limit-fleet";
import type { ConditionView } from "@/lib/domain/views/common";
import type { Context } from "@/lib/operations/context";

/** Of conditions that are kept those that the actor's role reaches. */
export function conditionsWithin<C extends ConditionView>(context: Context, conditions: readonly C[]): readonly C[] {
  const limits = context.actor.limits ?? null;
  return limits === null ? conditions : storedWithin(context.fleet(), limits, conditions);
}
