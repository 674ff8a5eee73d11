import type { NoiseEntry } from "@/lib/store/schema";

/** So many of the loudest are kept of each span. */
export const NOISE_KEPT = 200;

/** The worst of each tenant and resource in both, the loudest first. */
export function mergeEntries(a: readonly NoiseEntry[], b: readonly NoiseEntry[]): { entries: NoiseEntry[]; cut: boolean } {
  const worst = new Map<string, NoiseEntry>();
  for (const entry of [...a, ...b]) {
    const key = `${entry[1]} ${entry[0]}`;
    const known = worst.get(key);
    if (known === undefined || loudness(entry) > loudness(known)) worst.set(key, entry);
  }
  const entries = [...worst.values()].sort((x, y) => loudness(y) - loudness(x) || (x[0] < y[0] ? -1 : 1));
  return { entries: entries.slice(0, NOISE_KEPT), cut: entries.length > NOISE_KEPT };
}

function loudness([, , , times]: NoiseEntry): number {
  return times ?? Number.POSITIVE_INFINITY;
}
