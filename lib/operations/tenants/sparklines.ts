import { setImmediate as nextTurn } from "node:timers/promises";
import { isAppError } from "@/lib/domain/errors";
import { packSpark } from "@/lib/domain/listed-tenants";
import type { Context } from "@/lib/operations/context";
import { RANGE_MS, type Range } from "@/lib/operations/time-range";
import { readSparklines } from "@/lib/store";

/** By tenant, as `packSpark` writes them. */
export type Sparklines = ReadonlyMap<string, string>;

interface Kept {
  lines: Promise<Sparklines>;
  /** When they are read again, if anybody asks; null: they are being read. */
  dueAtMs: number | null;
}

const MINUTE_MS = 60_000;
/** Steps that the stored rows hit exactly. */
const POINTS: Record<Range, number> = { "15m": 15, "1h": 30, "6h": 36, "24h": 24, "7d": 28, "30d": 30 };
/** Editions in one step: only the running step, the last one drawn, is another in each. */
const EDITIONS_PER_STEP = 12;
/** Lines that are packed in one go. */
const SLICE = 500;
const NONE: Sparklines = new Map();

const kept = new WeakMap<object, Map<Range, Kept>>();

/**
 * Everybody's sparklines, read once for all who ask, as often as a step of the range is worth it: once a minute for a few hours, every
 * other hour for a month. While a newer edition is being read the last one is given, so that no list waits for it. Without a store
 * that answers there are none, and the list is whole but for them.
 */
export async function sparklinesOf(context: Context, range: Range): Promise<Sparklines> {
  const ranges = kept.get(context.store) ?? new Map<Range, Kept>();
  kept.set(context.store, ranges);
  const atMs = minuteOf(context) * MINUTE_MS;
  let entry = ranges.get(range);
  if (entry === undefined) {
    entry = { lines: Promise.resolve(NONE), dueAtMs: null };
    ranges.set(range, entry);
    entry.lines = readInto(entry, context, range, atMs, NONE);
  } else if (entry.dueAtMs !== null && atMs >= entry.dueAtMs) {
    void renew(entry, context, range, atMs);
  }
  return entry.lines;
}

/** Names the edition a list may show, for the version of the answer. */
export function minuteOf(context: Context): number {
  return Math.floor(context.now().getTime() / MINUTE_MS);
}

async function renew(entry: Kept, context: Context, range: Range, atMs: number): Promise<void> {
  entry.dueAtMs = null;
  const next = readInto(entry, context, range, atMs, await entry.lines.catch(() => NONE));
  const take = (): void => {
    entry.lines = next;
  };
  // An error that is a mistake of ours reaches whoever asks next.
  await next.then(take, take);
}

/**
 * Reads the lines and says when they are due again: after a part of a step, and in a minute while nobody has a line or the store does
 * not answer; then those that were known stay.
 */
async function readInto(entry: Kept, context: Context, range: Range, toMs: number, known: Sparklines): Promise<Sparklines> {
  let lifeMs = MINUTE_MS;
  const query = { direction: "produce" as const, fromMs: toMs - RANGE_MS[range], toMs, points: POINTS[range] };
  try {
    const lines = await packAll(await readSparklines(context.store, query, context.now()));
    if (lines.size > 0) lifeMs = Math.max(MINUTE_MS, RANGE_MS[range] / POINTS[range] / EDITIONS_PER_STEP);
    return lines;
  } catch (error) {
    if (isAppError(error)) return known;
    throw error;
  } finally {
    entry.dueAtMs = toMs + lifeMs;
  }
}

async function packAll(rates: ReadonlyMap<string, (number | null)[]>): Promise<Sparklines> {
  const lines = new Map<string, string>();
  for (const [tenantId, values] of rates) {
    lines.set(tenantId, packSpark(values));
    if (lines.size % SLICE === 0) await nextTurn();
  }
  return lines;
}
