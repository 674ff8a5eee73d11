import { and, eq, sql } from "drizzle-orm";
import { leases } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import type { Lease } from "./lease";

/** Gives the lease back, so that another process need not wait for it to run out. Does nothing when it is another's by now. */
export async function releaseLease(store: StoreSession, lease: Lease): Promise<void> {
  await store.run((db) =>
    db
      .update(leases)
      .set({ holder: null, expiresAt: sql`clock_timestamp() - interval '1 second'` })
      .where(and(eq(leases.name, lease.name), eq(leases.fence, lease.fence), eq(leases.holder, lease.holder))),
  );
}
