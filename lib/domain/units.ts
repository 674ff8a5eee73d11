import { z } from "zod";

const BYTE_UNITS: Record<string, number> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
};
const TIME_UNITS: Record<string, number> = {
  ms: 1,
  s: 1e3,
  second: 1e3,
  seconds: 1e3,
  m: 6e4,
  min: 6e4,
  minute: 6e4,
  minutes: 6e4,
  h: 3.6e6,
  hour: 3.6e6,
  hours: 3.6e6,
  d: 8.64e7,
  day: 8.64e7,
  days: 8.64e7,
};

function parseQuantity(text: string, units: Record<string, number>): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]+)\s*$/.exec(text);
  const unit = units[(match?.[2] ?? "").toLowerCase()];
  if (match === null || unit === undefined) return null;
  const value = Math.round(Number(match[1]) * unit);
  return Number.isSafeInteger(value) ? value : null;
}

/** "1.5 MB" → 1500000; units are SI (kB, MB, GB, TB) or binary (KiB, MiB, GiB, TiB). null: not a size. */
export function parseBytes(text: string): number | null {
  return parseQuantity(text, BYTE_UNITS);
}

/** "20 MB/s" → 20000000. null: not a rate. */
export function parseByteRate(text: string): number | null {
  const match = /^(.*?)\s*\/\s*s\s*$/.exec(text);
  return match === null ? null : parseQuantity(match[1] ?? "", BYTE_UNITS);
}

/** "7 days" → 604800000. null: not a duration. */
export function parseDurationMs(text: string): number | null {
  return parseQuantity(text, TIME_UNITS);
}

function quantity(parse: (text: string) => number | null, what: string) {
  // The pipe tells the API's description what comes out.
  return z
    .union([z.int().min(0), z.string()], `must be ${what}`)
    .transform((given, context) => {
      const value = typeof given === "number" ? given : parse(given);
      if (value !== null) return value;
      context.addIssue({ code: "custom", message: `"${String(given).slice(0, 40)}" is not ${what}` });
      return z.NEVER;
    })
    .pipe(z.number());
}

/** Bytes: a number, or "1 MB", "512 KiB". */
export const Bytes = quantity(parseBytes, 'a size such as 1048576, "1 MB" or "512 KiB"');
/** Bytes per second: a number, or "5 MB/s". */
export const ByteRate = quantity(parseByteRate, 'a rate such as 5000000 or "5 MB/s"');
/** Milliseconds: a number, or "7 days". */
export const Duration = quantity(parseDurationMs, 'a duration such as 604800000, "7 days" or "90 min"');
