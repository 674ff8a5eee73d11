import { invalidValue } from "@/sandbox/aws/http/aws-error";
import type { SeriesStore } from "./series-store";

export interface CloudWatchContext {
  store: SeriesStore;
  /** Series of a ListMetrics page, datapoints of a GetMetricData page. */
  pageSizes: { metrics: number; datapoints: number };
}

/** One call, decoded: times are `Date`, whatever the protocol writes. */
export interface CloudWatchCall {
  context: CloudWatchContext;
  /** Account and region. */
  scope: string;
  input: Record<string, unknown>;
  nowMs: number;
}

export function textField(input: Record<string, unknown>, name: string): string | undefined {
  const value = input[name];
  if (value !== undefined && value !== null && typeof value !== "string") throw invalidValue(`${name} must be a string.`);
  return value ?? undefined;
}

/** A list of objects; absent is empty. */
export function objectsField(input: Record<string, unknown>, name: string): Record<string, unknown>[] {
  const value = input[name] ?? [];
  if (!Array.isArray(value) || value.some((item) => typeof item !== "object" || item === null))
    throw invalidValue(`${name} must be a list of structures.`);
  return value as Record<string, unknown>[];
}

/** A time: epoch seconds with JSON, a tagged one with CBOR. */
export function timeField(input: Record<string, unknown>, name: string): number {
  const value = input[name];
  const timeMs = value instanceof Date ? value.getTime() : typeof value === "number" ? value * 1_000 : Number.NaN;
  if (Number.isNaN(timeMs)) throw invalidValue(`The parameter ${name} must be a timestamp.`);
  return timeMs;
}
