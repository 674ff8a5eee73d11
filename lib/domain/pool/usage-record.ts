import { z } from "zod";
import type { RecordFact } from "@/lib/domain/facts";
import { fieldAt, nameAt, namedBy, recordJson } from "@/lib/domain/record-tenant";
import type { ReportedTopic } from "@/lib/domain/reported";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";

/** Bounds of what a record may say. */
export const USAGE_BOUNDS = {
  /** One record is about one tenant; a longer one is not parsed. */
  recordBytes: 16 * 1024,
  /** Clocks differ by less. */
  aheadMs: 60_000,
  /** A longer span says nothing of now. */
  spanSeconds: 3_600,
  /** No cluster carries more in a second. */
  bytesPerSecond: 1e12,
} as const;

/** Why a record cannot be used, each as words that go on from "7". */
export const REFUSALS = {
  long: "are longer than 16 kB",
  json: "are no JSON objects",
  unnamed: "name no tenant",
  nobody: "name nobody who is declared to report there",
  time: "have no time that can be read",
  ahead: "have a time in the future",
  span: "have a span that is not between 1 and 3,600 seconds",
  value: "have a value that is no number of bytes",
  empty: "have none of the declared fields",
} as const;
export type Refusal = keyof typeof REFUSALS;

/** What one record says. Times are milliseconds since 1970. */
export interface UsageRecord {
  tenant: string;
  /** Start and end of the span; the same where the values are bytes per second. */
  fromMs: number;
  toMs: number;
  /** Absent: the record does not tell this direction. */
  values: Partial<Record<Direction, number>>;
}

/** A record, or why it is refused, with whom and which time it was about as far as it tells; else the time it was written. */
export type UsageReading = { usage: UsageRecord } | { refusal: Refusal; tenant: string | null; fromMs: number; toMs: number };

/** A value that is a JSON object, or why it is none that is read. */
export type UsagePayload = { payload: object } | { refusal: Refusal };

/** The value of a record of a usage topic, parsed once for all mappings that read it. */
export function usagePayload({ value }: RecordFact): UsagePayload {
  if ((value?.length ?? 0) > USAGE_BOUNDS.recordBytes) return { refusal: "long" };
  const payload = recordJson(value);
  return typeof payload === "object" && payload !== null && !Array.isArray(payload) ? { payload } : { refusal: "json" };
}

/** Reads one record as a mapping says. Nothing in it is trusted: what is not plainly a time, a span and bytes is refused. */
export function readUsage(record: RecordFact, parsed: UsagePayload, mapping: ReportedTopic, nowMs: number): UsageReading {
  const writtenMs = Math.min(record.timestampMs, nowMs);
  const tenant = tenantOf(record, parsed, mapping);
  const refused = (refusal: Refusal, fromMs = writtenMs, toMs = writtenMs): UsageReading => ({ refusal, tenant, fromMs, toMs });
  if ("refusal" in parsed) return refused(parsed.refusal);
  if (tenant === null) return refused("unnamed");
  const atMs = timeOf(mapping.at === undefined ? record.timestampMs : fieldAt(parsed.payload, mapping.at));
  if (atMs === null) return refused("time");
  if (atMs > nowMs + USAGE_BOUNDS.aheadMs) return refused("ahead");
  const toMs = Math.min(atMs, nowMs);
  const isRate = mapping.seconds === undefined;
  const seconds = mapping.seconds === undefined ? 0 : fieldAt(parsed.payload, mapping.seconds);
  if (!isWithin(seconds, isRate ? 0 : 1, USAGE_BOUNDS.spanSeconds)) return refused("span", toMs, toMs);
  const fromMs = toMs - seconds * 1000;
  const values = valuesOf(parsed.payload, mapping, USAGE_BOUNDS.bytesPerSecond * (isRate ? 1 : seconds));
  if (values === null) return refused("value", fromMs, toMs);
  return Object.keys(values).length === 0 ? refused("empty", fromMs, toMs) : { usage: { tenant, fromMs, toMs, values } };
}

function tenantOf(record: RecordFact, parsed: UsagePayload, { tenant }: ReportedTopic): string | null {
  if (!("payloadPath" in tenant)) return namedBy(record, tenant) || null;
  return "payload" in parsed ? nameAt(parsed.payload, tenant.payloadPath) || null : null;
}

/** null: a field is there and is no number of bytes. */
function valuesOf(payload: object, mapping: ReportedTopic, most: number): UsageRecord["values"] | null {
  const values: UsageRecord["values"] = {};
  for (const direction of DIRECTIONS) {
    const path = mapping[direction];
    const value = path === undefined ? undefined : fieldAt(payload, path);
    if (value === undefined || value === null) continue;
    if (!isWithin(value, 0, most)) return null;
    values[direction] = value;
  }
  return values;
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && value >= least && value <= most;
}

/** Milliseconds before this were meant as seconds, or are no time at all. */
const EARLIEST_MS = Date.UTC(2001, 8, 9);
const IsoTime = z.iso.datetime({ offset: true });

function timeOf(value: unknown): number | null {
  const ms = typeof value === "string" ? (IsoTime.safeParse(value).success ? Date.parse(value) : Number.NaN) : value;
  return typeof ms === "number" && Number.isFinite(ms) && ms >= EARLIEST_MS ? ms : null;
}
