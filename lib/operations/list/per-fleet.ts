import type { FleetSnapshot } from "@/lib/domain/fleet";

const KEPT_MAX = 96;

/** Something that follows from a fleet, worked out once for each fleet and key. Of many keys the oldest are forgotten. */
export function perFleet<T>({ answers }: FleetSnapshot, key: string, make: () => T): T {
  return keptUnder(answers as Map<string, T>, key, make);
}

/** What is kept under a key, made where there is nothing yet. Of many keys the oldest are forgotten. */
export function keptUnder<T>(kept: Map<string, T>, key: string, make: () => T): T {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const [oldest] = kept.keys();
  if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  const made = make();
  kept.set(key, made);
  return made;
}
