import { and, eq, sql } from "drizzle-orm";
import { leases } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import type { Lease } from "./lease";

/**
 * Holds the lease for another `ttlMs`, also when it has run out and nobody else took it. false: it is another's now, and
 * whatever it protects must stop.
 */
export async function renewLease(store: StoreSession, lease: Lease, ttlMs: number): Promise<boolean> {
  const renewed = await store.run((db) =>
    db
      .update(leases)
      .set({ expiresAt: sql`clock_timestamp() + make_interval(secs => ${ttlMs / 1000})` })
      .where(and(eq(leases.name, lease.name), eq(leases.fence, lease.fence), eq(leases.holder, lease.holder)))
      .returning({ name: leases.name }),
  );
  return renewed.length === 1;
}
