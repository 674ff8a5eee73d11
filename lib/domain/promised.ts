import { shareOf } from "./quota/promise-split";
import type { Tenant } from "./tenant";
import type { Tier } from "./tier";
import type { Direction } from "./views/use";

/** What a tier promises to one tenant as a whole; null: nothing. Never the live quota, nor what a tenant was given beside its tier. */
export function listPromise(tier: Tier, direction: Direction): number | null {
  return (direction === "produce" ? tier.produceBytesPerSecond : tier.consumeBytesPerSecond) ?? null;
}

/** The part of a tenant's promise that is meant for one cluster: the shares of its placements there; null: nothing is promised, or it is not there. */
export function promisedOn({ placements }: Tenant, clusterId: string, promiseBytesPerSecond: number | null): number | null {
  if (promiseBytesPerSecond === null || !placements.some(({ cluster }) => cluster === clusterId)) return null;
  const shares = placements.map(({ share }) => share ?? null);
  let part = 0;
  for (const [position, { cluster }] of placements.entries()) if (cluster === clusterId) part += shareOf(shares, position);
  return promiseBytesPerSecond * part;
}

/** A sum in which what is not promised counts nothing; null: nothing is promised at all. */
export function sumPromised(parts: Iterable<number | null>): number | null {
  let sum: number | null = null;
  for (const part of parts) if (part !== null) sum = (sum ?? 0) + part;
  return sum;
}
