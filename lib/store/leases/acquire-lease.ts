import { sql } from "drizzle-orm";
import { leases } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import type { Lease } from "./lease";

/**
 * Takes the lease `name` for `holder` when it is free, has run out, or is the holder's own already. Time is the database's.
 * null: another holder has it. The fence grows with each change of holder; give it to every write that the lease protects.
 * `holder` must be unique to the process (a UUID made at its start).
 */
export async function acquireLease(store: StoreSession, name: string, holder: string, ttlMs: number): Promise<Lease | null> {
  const expiresAt = sql`clock_timestamp() + make_interval(secs => ${ttlMs / 1000})`;
  const [row] = await store.run((db) =>
    db
      .insert(leases)
      .values({ name, holder, fence: 1, expiresAt })
      .onConflictDoUpdate({
        target: leases.name,
        set: { holder, expiresAt, fence: sql`${leases.fence} + (${leases.holder} is distinct from ${holder})::int` },
        setWhere: sql`${leases.holder} = ${holder} or ${leases.expiresAt} < clock_timestamp()`,
      })
      .returning({ fence: leases.fence }),
  );
  return row === undefined ? null : { name, holder, fence: row.fence };
}
