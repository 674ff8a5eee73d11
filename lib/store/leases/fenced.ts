import { and, eq, isNotNull } from "drizzle-orm";
import { AppError } from "@/lib/domain/errors";
import { leases } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import type { Fence } from "./lease";

/**
 * Runs writes in one transaction that commits only if the lease still has this fence: the lease's row stays locked until then,
 * so nobody can take the lease over in between. Throws AppError `conflict` when it is another's.
 */
export async function fenced<T>(store: StoreSession, fence: Fence, write: (session: StoreSession) => Promise<T>): Promise<T> {
  return store.transaction(async (session) => {
    const held = await session.run((db) =>
      db
        .select({ name: leases.name })
        .from(leases)
        .where(and(eq(leases.name, fence.name), eq(leases.fence, fence.fence), isNotNull(leases.holder)))
        .for("share"),
    );
    if (held.length === 0) throw new AppError("conflict", `This process no longer holds the lease "${fence.name}"; the write was refused.`);
    return write(session);
  });
}
