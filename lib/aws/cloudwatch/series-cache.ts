import type { CloudPoint } from "@/lib/domain/cloud-facts";
import type { Problem } from "@/lib/domain/facts";
import type { SeriesAnswer } from "./get-metric-data";
import type { SeriesWindow } from "./series-window";

/** A series as it was answered, or why it was not. */
export interface SeriesOutcome {
  answer: SeriesAnswer;
  /** Of the whole call; the same object for all series of it. */
  problem: Problem | null;
  askedMs: number;
}

interface Entry {
  window: SeriesWindow;
  outcome: Promise<SeriesOutcome>;
  /** null while the call is under way: whoever asks then waits for the same one. */
  freshUntilMs: number | null;
  points: readonly CloudPoint[];
  askedMs: number;
}

/** The newest minutes still change; CloudWatch's datapoints settle within a quarter of an hour. */
const FRESH_MS = 60_000;
const SETTLED_MS = 15 * 60_000;
const FRESH_SETTLED_MS = 3_600_000;
/** A call that failed is not repeated for everybody who asks meanwhile. */
const FRESH_FAILED_MS = 15_000;
/** What an entry without points counts as. */
const ENTRY_WEIGHT = 8;

export interface SeriesCache {
  /** The outcome if it is fresh or on its way. */
  get: (window: SeriesWindow) => Promise<SeriesOutcome> | null;
  put: (window: SeriesWindow, outcome: Promise<SeriesOutcome>) => void;
  /** What the series' last answer holds of the window, however old it is; null: nothing. */
  older: (window: SeriesWindow) => { points: CloudPoint[]; askedMs: number } | null;
}

/** Answers by series and window, the least recently used given up first once they hold more than `pointsMax` points. */
export function openSeriesCache(now: () => number, pointsMax = 400_000): SeriesCache {
  const entries = new Map<string, Entry>();
  /** The last good answer of each series. */
  const newest = new Map<string, Entry>();
  let weight = 0;

  const weightOf = (entry: Entry): number => ENTRY_WEIGHT + entry.points.length;

  function remove(entry: Entry): void {
    const { windowId, seriesId } = entry.window;
    if (newest.get(seriesId) === entry) newest.delete(seriesId);
    if (entries.get(windowId) !== entry) return;
    entries.delete(windowId);
    weight -= weightOf(entry);
  }

  function settle(entry: Entry, { answer, problem, askedMs }: SeriesOutcome): void {
    if (entries.get(entry.window.windowId) === entry) weight += answer.points.length;
    entry.points = answer.points;
    entry.askedMs = askedMs;
    const good = problem === null && answer.status === "complete";
    entry.freshUntilMs = now() + (good ? freshFor(entry.window, askedMs) : FRESH_FAILED_MS);
    if (problem !== null) return;
    const before = newest.get(entry.window.seriesId);
    newest.set(entry.window.seriesId, entry);
    if (before !== undefined && before !== entry && (before.freshUntilMs ?? 0) <= now()) remove(before);
  }

  return {
    get(window) {
      const entry = entries.get(window.windowId);
      if (entry === undefined || (entry.freshUntilMs !== null && entry.freshUntilMs <= now())) return null;
      entries.delete(window.windowId);
      entries.set(window.windowId, entry);
      return entry.outcome;
    },
    put(window, outcome) {
      const before = entries.get(window.windowId);
      if (before !== undefined) {
        entries.delete(window.windowId);
        weight -= weightOf(before);
      }
      const entry: Entry = { window, outcome, freshUntilMs: null, points: [], askedMs: now() };
      entries.set(window.windowId, entry);
      weight += ENTRY_WEIGHT;
      outcome.then((settled) => settle(entry, settled)).catch(() => remove(entry));
      for (const oldest of entries.values()) {
        if (weight <= pointsMax || oldest === entry) break;
        if (oldest.freshUntilMs !== null) remove(oldest);
      }
    },
    older(window) {
      const entry = newest.get(window.seriesId);
      const points = entry?.points.filter(({ atMs }) => atMs >= window.startMs && atMs < window.endMs) ?? [];
      return entry === undefined || points.length === 0 ? null : { points, askedMs: entry.askedMs };
    },
  };
}

function freshFor({ endMs }: SeriesWindow, askedMs: number): number {
  return endMs <= askedMs - SETTLED_MS ? FRESH_SETTLED_MS : FRESH_MS;
}
