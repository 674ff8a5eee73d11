import type { ReportedTopic } from "@/lib/domain/reported";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";
import type { ReportedRate } from "./pool-facts";
import { REPORTED_OLD_MS } from "./pool-rate";
import { REFUSALS, type Refusal, type UsageReading, type UsageRecord } from "./usage-record";

/** Bytes are added up over whole spans of this length. */
export const USAGE_STEP_MS = 300_000;
/** What is about a time that ended just now may still come, from other partitions and other copies of the application. */
const LATE_MS = 60_000;

/** The time of which every record was read. */
export interface UsageCoverage {
  sinceMs: number;
  untilMs: number;
}

/** null: something of it was refused, so that there is no whole. */
type Told = Partial<Record<Direction, number | null>>;

interface Entry {
  /** The newest time that was told. */
  newestMs: number;
  /** Bytes by the number of the step, where values are bytes of a span. */
  steps: Map<number, Told>;
  /** Bytes per second, where values are that. */
  newest: Partial<Record<Direction, { atMs: number; value: number | null }>>;
}

/** What one mapping finds in a usage topic, of the tenants that are declared there. Bounded by tenants, not by records. */
export interface UsageBook {
  mapping: ReportedTopic;
  /** By how they stand in the records. */
  entries: Map<string, Entry>;
  /** What each round of reading met. */
  rounds: { atMs: number; records: number; refused: Map<Refusal, number> }[];
}

export function openUsageBook(mapping: ReportedTopic, tenants: Iterable<string>): UsageBook {
  const entry = (): Entry => ({ newestMs: Number.NEGATIVE_INFINITY, steps: new Map(), newest: {} });
  return { mapping, entries: new Map([...tenants].map((tenant) => [tenant, entry()])), rounds: [] };
}

/** Forgets what no longer counts, and begins to count the records of a new round. */
export function beginUsageRound(book: UsageBook, nowMs: number): void {
  const oldest = oldestStep(nowMs);
  for (const { steps, newest } of book.entries.values()) {
    for (const step of steps.keys()) if (step < oldest) steps.delete(step);
    for (const direction of DIRECTIONS) if (nowMs - (newest[direction]?.atMs ?? nowMs) > REPORTED_OLD_MS) delete newest[direction];
  }
  book.rounds = book.rounds.filter(({ atMs }) => nowMs - atMs < REPORTED_OLD_MS);
  book.rounds.push({ atMs: nowMs, records: 0, refused: new Map() });
}

export function enterUsage(book: UsageBook, reading: UsageReading, nowMs: number): void {
  const round = book.rounds.at(-1);
  if (round === undefined) return;
  round.records += 1;
  const refusal = "usage" in reading ? enterRecord(book, reading.usage, nowMs) : reading.refusal;
  if (refusal !== null) round.refused.set(refusal, (round.refused.get(refusal) ?? 0) + 1);
  if (!("usage" in reading) && reading.tenant !== null) spoil(book, reading.tenant, reading, nowMs);
}

function enterRecord({ mapping, entries }: UsageBook, usage: UsageRecord, nowMs: number): Refusal | null {
  const entry = entries.get(usage.tenant);
  if (entry === undefined) return "nobody";
  entry.newestMs = Math.max(entry.newestMs, usage.toMs);
  if (mapping.seconds === undefined) enterRate(entry, usage.toMs, usage.values);
  else enterSpan(entry, usage, nowMs);
  return null;
}

function enterRate({ newest }: Entry, atMs: number, values: Told): void {
  for (const direction of DIRECTIONS) {
    const value = values[direction];
    const before = newest[direction];
    if (value !== undefined && (before === undefined || atMs >= before.atMs)) newest[direction] = { atMs, value };
  }
}

/** Bytes are taken to be even over their span, and go to each step by what of it the span covers. */
function enterSpan({ steps }: Entry, { fromMs, toMs, values }: UsageRecord, nowMs: number): void {
  for (const step of stepsOf(fromMs, toMs, nowMs)) {
    const startMs = step * USAGE_STEP_MS;
    const part = (Math.min(toMs, startMs + USAGE_STEP_MS) - Math.max(fromMs, startMs)) / (toMs - fromMs);
    const told = steps.get(step) ?? {};
    for (const direction of DIRECTIONS) {
      const value = values[direction];
      if (value !== undefined && told[direction] !== null) told[direction] = (told[direction] ?? 0) + value * part;
    }
    steps.set(step, told);
  }
}

/** A record of a tenant that cannot be used leaves no whole: its steps, or the newest rate, are not told. */
function spoil({ mapping, entries }: UsageBook, tenant: string, span: { fromMs: number; toMs: number }, nowMs: number): void {
  const entry = entries.get(tenant);
  if (entry === undefined) return;
  const { fromMs, toMs } = span;
  if (mapping.seconds === undefined) enterRate(entry, toMs, NOTHING);
  // A record is about the time before its end, and one whose span is not known about the moment before it at least.
  else for (const step of stepsOf(Math.min(fromMs, toMs - 1), toMs, nowMs)) entry.steps.set(step, NOTHING);
}

const NOTHING: Told = Object.freeze({ produce: null, consume: null });

/** The steps that a span lies in, as far as they still count. */
function stepsOf(fromMs: number, toMs: number, nowMs: number): number[] {
  const first = Math.max(Math.floor(fromMs / USAGE_STEP_MS), oldestStep(nowMs));
  const last = Math.ceil(toMs / USAGE_STEP_MS) - 1;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}

/** The rate of the newest time that is whole; null: there is none that can be told. */
export function usageRate(book: UsageBook, tenant: string, direction: Direction, { sinceMs, untilMs }: UsageCoverage): ReportedRate | null {
  const entry = book.entries.get(tenant);
  if (entry === undefined) return null;
  if (book.mapping.seconds === undefined) {
    const newest = entry.newest[direction];
    return newest === undefined || newest.value === null ? null : rate(newest.value, newest.atMs);
  }
  const endMs = Math.min(untilMs - LATE_MS, entry.newestMs);
  const whole = [...entry.steps.keys()].filter((step) => step * USAGE_STEP_MS >= sinceMs && (step + 1) * USAGE_STEP_MS <= endMs);
  const step = Math.max(...whole);
  const bytes = entry.steps.get(step)?.[direction] ?? null;
  return bytes === null ? null : rate((bytes * 1000) / USAGE_STEP_MS, (step + 1) * USAGE_STEP_MS);
}

function rate(bytesPerSecond: number, atMs: number): ReportedRate {
  return { bytesPerSecond, at: new Date(atMs).toISOString() };
}

/** What was refused lately, as a sentence; null: nothing was. */
export function refusedSentence({ mapping, rounds }: UsageBook): string | null {
  const refused = new Map<Refusal, number>();
  for (const round of rounds) for (const [refusal, count] of round.refused) refused.set(refusal, (refused.get(refusal) ?? 0) + count);
  if (refused.size === 0) return null;
  const records = rounds.reduce((sum, round) => sum + round.records, 0);
  const all = [...refused.values()].reduce((sum, count) => sum + count, 0);
  const kinds = [...refused].toSorted(([, a], [, b]) => b - a).map(([refusal, count]) => `${count} ${REFUSALS[refusal]}`);
  return `Of the last ${records} records of ${mapping.topic} ${all} cannot be used: ${kinds.join(", ")}.`;
}

function oldestStep(nowMs: number): number {
  return Math.floor((nowMs - REPORTED_OLD_MS) / USAGE_STEP_MS) - 1;
}
