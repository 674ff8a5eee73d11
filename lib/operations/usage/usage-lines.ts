import type { UsageLines } from "@/lib/domain/usage/usage-rows";
import type { Context } from "@/lib/operations/context";
import { readSparklines, type Store } from "@/lib/store";

const HOUR_MS = 3_600_000;
const STEPS_MAX = 720;
/** Equal questions within this time share one answer: a month of everybody is seconds of the database's time. */
const KEPT_MS = 5 * 60_000;
const KEPT_MAX = 6;

interface Kept {
  atMs: number;
  lines: Promise<UsageLines>;
}

const kept = new WeakMap<Store, Map<string, Kept>>();

/** Everybody's rates over a range in steps of an hour, or finer ones where the range is short. */
export function usageLines(context: Context, fromMs: number, toMs: number): Promise<UsageLines> {
  const { store } = context;
  const nowMs = context.now().getTime();
  const points = Math.max(1, Math.min(STEPS_MAX, stepsOf(toMs - fromMs)));
  const stepMs = Math.ceil((toMs - fromMs) / points / 60_000) * 60_000;
  const endMs = Math.ceil(toMs / stepMs) * stepMs;
  const beginMs = endMs - points * stepMs;
  const key = `${Math.floor(beginMs / KEPT_MS)} ${stepMs} ${points}`;
  const ofStore = kept.get(store) ?? new Map<string, Kept>();
  kept.set(store, ofStore);
  for (const [name, { atMs }] of ofStore) if (nowMs - atMs > KEPT_MS || ofStore.size > KEPT_MAX) ofStore.delete(name);
  const known = ofStore.get(key);
  if (known !== undefined) return known.lines;
  const lines = readLines(context, beginMs, endMs, points);
  ofStore.set(key, { atMs: nowMs, lines });
  lines.catch(() => ofStore.delete(key));
  return lines;
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
