import { listUpdated } from "@/lib/domain/errors";
import type { FleetSnapshot } from "@/lib/domain/fleet";

const KEPT_MAX = 96;

/**
 * Something that follows from a fleet, worked out once for each fleet and key. Of many keys the oldest are forgotten. Throws AppError
 * `precondition_failed` where it was not worked out before the fleet was replaced: of that nothing else is left.
 */
export function perFleet<T>({ lists, replaced }: FleetSnapshot, key: string, make: () => T): T {
  if (!lists.has(key)) {
    if (replaced) throw listUpdated();
    const [oldest] = lists.keys();
    if (lists.size >= KEPT_MAX && oldest !== undefined) lists.delete(oldest);
    lists.set(key, make());
  }
  return lists.get(key) as T;
}
