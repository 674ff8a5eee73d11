import { isKnown, type Observed } from "@/lib/domain/observed";

export type SortKey = number | string | null;

/** Sorts by a key, unknown ones last in either direction; equal ones by their names, so that the order is always the same. */
export function sortRows<T>(rows: readonly T[], keyOf: (row: T) => SortKey, order: "asc" | "desc", nameOf: (row: T) => string): T[] {
  const sign = order === "asc" ? 1 : -1;
  const keyed = rows.map((row) => ({ row, key: keyOf(row), name: nameOf(row) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null) || compare(a.name, b.name);
    return sign * compare(a.key, b.key) || compare(a.name, b.name);
  });
  return keyed.map(({ row }) => row);
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function observedKey(observed: Observed<number>): number | null {
  return isKnown(observed) ? observed.value : null;
}

export function includesWords(text: string, words: string): boolean {
  return words === "" || text.toLowerCase().includes(words.trim().toLowerCase());
}
