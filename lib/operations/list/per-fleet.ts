import type { FleetSnapshot } from "@/lib/domain/fleet";

const KEPT_MAX = 64;
const kept = new WeakMap<FleetSnapshot, Map<string, unknown>>();

/** Something that follows from a fleet, worked out once for each fleet and key. Of many keys the oldest are forgotten. */
export function perFleet<T>(fleet: FleetSnapshot, key: string, make: () => T): T {
  const values = kept.get(fleet) ?? new Map<string, unknown>();
  kept.set(fleet, values);
  if (!values.has(key)) {
    const [oldest] = values.keys();
    if (values.size >= KEPT_MAX && oldest !== undefined) values.delete(oldest);
    values.set(key, make());
  }
  return values.get(key) as T;
}
