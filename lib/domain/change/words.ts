import { formatBytes, formatCount, formatCountOf } from "@/lib/domain/format";

/** Of many names a sentence gives these; the rest is counted. */
export const NAMED_MAX = 10;

const OPEN = "\u2068";
const CLOSE = "\u2069";

/**
 * A name from Kafka inside a sentence. Group ids may hold anything: what cannot be seen is replaced, and what may change the direction of
 * writing is kept apart from the words around it.
 */
export function named(name: string): string {
  if (/^[\x20-\x7e]+$/.test(name)) return name;
  return name === "" ? "(no name)" : `${OPEN}${name.replaceAll(/\p{C}/gu, "\ufffd")}${CLOSE}`;
}

/** "a", "a and b", "a, b and 12 more". */
export function listed(names: readonly string[], max = NAMED_MAX): string {
  return joined(names.slice(0, max).map(named), names.length - max);
}

/** The same for parts that are made of words already, of which `rest` more are not given. */
export function joined(parts: readonly string[], rest = 0): string {
  const shown = [...parts];
  if (rest > 0) return `${shown.join(", ")} and ${formatCount(rest)} more`;
  const last = shown.pop();
  return shown.length === 0 ? (last ?? "") : `${shown.join(", ")} and ${last}`;
}

/** The name where there is one, else how many there are. */
export function nameOrCount(names: readonly string[], word: string): string {
  const [only] = names;
  return only !== undefined && names.length === 1 ? named(only) : formatCountOf(names.length, word);
}

const GROUPED = new Intl.NumberFormat("en-US");

/** A size that is set: "1.5 MB" where that is exact, else every byte of it: two limits that differ must not read alike. */
export function formatSize(bytes: number): string {
  const [figure = "", unit = ""] = formatBytes(bytes).split("\u00a0");
  const factor = 1000 ** ["B", "kB", "MB", "GB", "TB", "PB"].indexOf(unit);
  const isExact = Math.abs(Number(figure) * factor - bytes) < 0.5;
  return isExact ? `${Number(figure)}\u00a0${unit}` : `${GROUPED.format(bytes)}\u00a0B`;
}

/** The day of an ISO time. */
export function dayOf(time: string): string {
  return time.slice(0, 10);
}

/** "2026-11-23 10:00 UTC". */
export function minuteOf(time: string): string {
  return `${time.slice(0, 16).replace("T", " ")} UTC`;
}
