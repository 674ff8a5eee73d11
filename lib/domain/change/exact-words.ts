import type { GivenValue, TypedKind } from "./typed-value";
import { UNLIMITED } from "./values";

type Unit = readonly [size: number, name: string, many?: string];

const TIME_UNITS: readonly Unit[] = [
  [86_400_000, "day", "days"],
  [3_600_000, "hour", "hours"],
  [60_000, "min"],
  [1000, "s"],
  [1, "ms"],
];
const BYTE_UNITS: readonly Unit[] = [
  [1e12, "TB"],
  [1e9, "GB"],
  [1e6, "MB"],
  [1e3, "kB"],
  [1024 ** 4, "TiB"],
  [1024 ** 3, "GiB"],
  [1024 ** 2, "MiB"],
  [1024, "KiB"],
  [1, "B"],
];

/** The unit in which a value is said exactly and shortest; at most two decimals. */
function inUnit(value: number, units: readonly Unit[], decimals: number): string {
  let best: string | null = null;
  for (const [size, name, many = name] of units) {
    const amount = Number((value / size).toFixed(decimals));
    if (amount < 1 || amount * size !== value) continue;
    const words = `${amount} ${amount === 1 ? name : many}`;
    if (best === null || digitsOf(words) < digitsOf(best)) best = words;
  }
  return best ?? `${value} ${units.at(-1)?.[1]}`;
}

function digitsOf(words: string): number {
  return words.replaceAll(/\D/g, "").length;
}

/** A span in the largest unit that says it exactly: "7 days", "36 hours", "90 min". */
export function exactSpan(milliseconds: number): string {
  for (const unit of TIME_UNITS) if (milliseconds >= unit[0] && milliseconds % unit[0] === 0) return inUnit(milliseconds, [unit], 0);
  return `${milliseconds} ms`;
}

/** A size without rounding: "1 MiB", "1.5 MB", "1048588 B". */
export function exactBytes(bytes: number): string {
  return inUnit(bytes, BYTE_UNITS, 2);
}

/** A value as it can be typed again: what `readTyped` of the same kind reads as this value. */
export function typedWords(kind: TypedKind, value: GivenValue): string {
  if (value === "tier") return "as the tier says";
  if (value === UNLIMITED) return UNLIMITED;
  if (value === null) return kind === "byteRate" || kind === "requestPercent" ? "no quota" : "inherit";
  switch (kind) {
    case "retentionMs":
      return exactSpan(value);
    case "retentionBytes":
    case "maxMessageBytes":
      return exactBytes(value);
    case "byteRate":
      return `${exactBytes(value)}/s`;
    case "requestPercent":
      return `${value} %`;
    case "partitions":
      return String(value);
  }
}
