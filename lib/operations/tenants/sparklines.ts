import { isAppError } from "@/lib/domain/errors";
import type { Context } from "@/lib/operations/context";
import { RANGE_MS, type Range } from "@/lib/operations/time-range";
import { readSparklines } from "@/lib/store";

/** By tenant, percent of its own peak, oldest first; null: not seen then. */
export type Sparklines = ReadonlyMap<string, readonly (number | null)[]>;

interface Edition {
  minute: number;
  lines: Promise<Sparklines>;
}
interface Kept {
  ready: Edition;
  next?: Edition;
}

/** Steps that the stored rows hit exactly. */
const POINTS: Record<Range, number> = { "15m": 15, "1h": 30, "6h": 36, "24h": 24, "7d": 28, "30d": 30 };
const NONE: Sparklines = new Map();

const kept = new WeakMap<object, Map<Range, Kept>>();

/**
 * Everybody's sparklines, read once a minute for all who ask. While a newer edition is being read the last one is given, so that no
 * list waits for it. Without a store that answers there are none, and the list is whole but for them.
 */
export async function sparklinesOf(context: Context, range: Range): Promise<Sparklines> {
  const minute = minuteOf(context);
  const ranges = kept.get(context.store) ?? new Map<Range, Kept>();
  kept.set(context.store, ranges);
  let entry = ranges.get(range);
  if (entry === undefined) {
    entry = { ready: read(context, range, minute) };
    ranges.set(range, entry);
  } else if (entry.ready.minute !== minute && entry.next?.minute !== minute) {
    renew(entry, read(context, range, minute));
  }
  return entry.ready.lines;
}

/** Names the edition a list may show, for the version of the answer. */
export function minuteOf(context: Context): number {
  return Math.floor(context.now().getTime() / 60_000);
}

function renew(entry: Kept, next: Edition): void {
  entry.next = next;
  void next.lines.then(() => {
    if (entry.next !== next) return;
    entry.ready = next;
    delete entry.next;
  });
}

function read(context: Context, range: Range, minute: number): Edition {
  const toMs = minute * 60_000;
  const query = { direction: "produce" as const, fromMs: toMs - RANGE_MS[range], toMs, points: POINTS[range] };
  const lines = readSparklines(context.store, query, context.now()).then(inPercent, (error: unknown) => {
    if (isAppError(error)) return NONE;
    throw error;
  });
  return { minute, lines };
}

function inPercent(rates: Map<string, (number | null)[]>): Sparklines {
  const lines = new Map<string, (number | null)[]>();
  for (const [tenantId, values] of rates) {
    const peak = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
    lines.set(
      tenantId,
      values.map((value) => (value === null ? null : peak === 0 ? 0 : Math.round((100 * value) / peak))),
    );
  }
  return lines;
}
