/** Numbers as people read them: SI units, a fixed English grouping, and never a zero for something that is not zero. */

const RATE_UNITS = ["B/s", "kB/s", "MB/s", "GB/s", "TB/s"] as const;
const BYTE_UNITS = ["B", "kB", "MB", "GB", "TB", "PB"] as const;
const SPACE = "\u00a0";
const THIN_SPACE = "\u202f";
const GROUPED = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

export type RateUnit = "kB/s" | "MB/s";
const RATE_DIVISOR: Record<RateUnit, number> = { "kB/s": 1e3, "MB/s": 1e6 };

/** Index of the unit in which the value is printed as 1 to 999, so that 999.7 becomes 1.0 of the next one. */
function unitIndex(value: number, last: number): number {
  let index = 0;
  for (let rest = Math.abs(value); rest >= 999.5 && index < last; rest /= 1000) index += 1;
  return index;
}

/** "3.40 TB", "402 GB", "96.0 GB", "0 B": three digits that count. */
export function formatBytes(bytes: number): string {
  const index = unitIndex(bytes, BYTE_UNITS.length - 1);
  const scaled = bytes / 1000 ** index;
  const digits = index === 0 ? 0 : Math.abs(scaled) < 9.995 ? 2 : Math.abs(scaled) < 99.95 ? 1 : 0;
  return `${scaled.toFixed(digits)}${SPACE}${BYTE_UNITS[index]}`;
}

/** "3.9 MB/s", "700 kB/s", "0 B/s"; what is more than nothing and less than a byte a second reads "<1 B/s". */
export function formatByteRate(bytesPerSecond: number): string {
  if (bytesPerSecond > 0 && bytesPerSecond < 1) return `<1${SPACE}B/s`;
  const index = unitIndex(bytesPerSecond, RATE_UNITS.length - 1);
  const scaled = bytesPerSecond / 1000 ** index;
  const digits = index === 0 || Math.abs(scaled) >= 99.95 ? 0 : 1;
  return `${scaled.toFixed(digits)}${SPACE}${RATE_UNITS[index]}`;
}

/** A rate that somebody set, with all of it that counts: "50 kB/s", "18.75 kB/s", "1.667 MB/s". */
export function formatSetRate(bytesPerSecond: number): string {
  const index = unitIndex(bytesPerSecond, RATE_UNITS.length - 1);
  return `${trimmed(bytesPerSecond / 1000 ** index, 3)}${SPACE}${RATE_UNITS[index]}`;
}

/** A percentage that somebody set, given in percent: "50 %", "12.5 %". */
export function formatSetPercent(percent: number): string {
  return `${trimmed(percent, 2)}${THIN_SPACE}%`;
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

/** A rate in a unit that the column's head names: "3.9", "0.70", "<0.01". */
export function formatRateIn(bytesPerSecond: number, unit: RateUnit): string {
  const scaled = bytesPerSecond / RATE_DIVISOR[unit];
  if (scaled === 0) return "0";
  if (scaled < 0.005) return "<0.01";
  const digits = scaled < 0.995 ? 2 : scaled < 99.95 ? 1 : 0;
  return scaled.toFixed(digits);
}

/** "10.1 of 10.0 MB/s": both in the unit of the larger one. */
export function formatRateOf(bytesPerSecond: number, ofBytesPerSecond: number): string {
  const index = unitIndex(Math.max(bytesPerSecond, ofBytesPerSecond), RATE_UNITS.length - 1);
  const show = (value: number): string => {
    const scaled = value / 1000 ** index;
    if (scaled > 0 && scaled < 0.05) return "<0.1";
    return scaled.toFixed(index === 0 ? 0 : 1);
  };
  return `${show(bytesPerSecond)} of ${show(ofBytesPerSecond)}${SPACE}${RATE_UNITS[index]}`;
}

/** 0.78 → "78 %"; a share above nothing and below half a percent reads "<1 %". */
export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.5) return `<1${THIN_SPACE}%`;
  return `${GROUPED.format(percent)}${THIN_SPACE}%`;
}

/** "1,204", "1.74 billion". */
export function formatCount(count: number): string {
  if (Math.abs(count) < 999_950_000) return GROUPED.format(count);
  return `${(count / 1e9).toFixed(2)} billion`;
}

/** "1,204 records", "1 record". */
export function formatCountOf(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A time behind or an age, in its two largest units: "3 d 7 h", "41 m 20 s", "18 s", "<1 s". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds > 0 && milliseconds < 1000) return `<1${SPACE}s`;
  const seconds = Math.floor(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const two = (value: number): string => String(value).padStart(2, "0");
  const pair = (high: number, highUnit: string, low: string, lowUnit: string): string =>
    `${high}${SPACE}${highUnit}${SPACE}${low}${SPACE}${lowUnit}`;
  if (minutes < 1) return `${seconds}${SPACE}s`;
  if (hours < 1) return pair(minutes, "m", two(seconds % 60), "s");
  if (hours < 24) return pair(hours, "h", two(minutes % 60), "m");
  return pair(Math.floor(hours / 24), "d", String(hours % 24), "h");
}

/** A short time that was waited or throttled: "420 ms", "1.4 s", "<1 ms". */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds > 0 && milliseconds < 0.5) return `<1${SPACE}ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)}${SPACE}ms`;
  return `${(milliseconds / 1000).toFixed(1)}${SPACE}s`;
}

/** A setting's span, in the largest unit that says it exactly: "7 days", "36 hours", "unlimited" for Kafka's -1. */
export function formatSpan(milliseconds: number): string {
  if (milliseconds < 0) return "unlimited";
  const units: [number, string][] = [
    [86_400_000, "day"],
    [3_600_000, "hour"],
    [60_000, "minute"],
    [1000, "second"],
  ];
  for (const [size, name] of units) {
    if (milliseconds >= size && milliseconds % size === 0) return formatCountOf(milliseconds / size, name).replace(" ", SPACE);
  }
  return `${GROUPED.format(milliseconds)}${SPACE}ms`;
}

/** An age in one unit: "9 s ago", "4 min ago", "3 h ago", "2 d ago". */
export function formatAgo(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds}${SPACE}s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}${SPACE}min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)}${SPACE}h ago`;
  return `${Math.floor(seconds / 86_400)}${SPACE}d ago`;
}

/** "2026-11-23 14:02 UTC". */
export function formatUtcMinute(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
