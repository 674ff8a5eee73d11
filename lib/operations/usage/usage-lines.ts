import type { UsageLines } from "@/lib/domain/usage/usage-rows";
import type { Context } from "@/lib/operations/context";
import { readSparklines } from "@/lib/store";
import { KEPT_MS, keptAnswers } from "./kept-answers";

const HOUR_MS = 3_600_000;
const STEPS_MAX = 720;
const linesOf = keptAnswers<UsageLines>();

/** Everybody's rates over a range in steps of an hour, or finer ones where the range is short. */
export function usageLines(context: Context, fromMs: number, toMs: number): Promise<UsageLines> {
  const points = Math.max(1, Math.min(STEPS_MAX, stepsOf(toMs - fromMs)));
  const stepMs = Math.ceil((toMs - fromMs) / points / 60_000) * 60_000;
  const endMs = Math.ceil(toMs / stepMs) * stepMs;
  const beginMs = endMs - points * stepMs;
  const key = `${Math.floor(beginMs / KEPT_MS)} ${stepMs} ${points}`;
  return linesOf(context.store, key, context.now().getTime(), () => readLines(context, beginMs, endMs, points));
}

function stepsOf(spanMs: number): number {
  const hours = Math.ceil(spanMs / HOUR_MS);
  return hours >= 48 ? hours : Math.ceil(spanMs / (5 * 60_000));
}

async function readLines({ store, now }: Context, fromMs: number, toMs: number, points: number): Promise<UsageLines> {
  const produce = await readSparklines(store, { direction: "produce", fromMs, toMs, points }, now());
  const consume = await readSparklines(store, { direction: "consume", fromMs, toMs, points }, now());
  const count = produce.values().next().value?.length ?? consume.values().next().value?.length ?? points;
  const none: (number | null)[] = new Array<number | null>(count).fill(null);
  return {
    fromMs,
    stepMs: (toMs - fromMs) / count,
    count,
    of: (tenantId) => ({ produce: produce.get(tenantId) ?? none, consume: consume.get(tenantId) ?? none }),
  };
}
