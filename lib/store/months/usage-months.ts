import { and, asc, count, desc, eq, gte } from "drizzle-orm";
import { againstIncluded, MonthUse, monthBefore, monthOfTime, monthSpan } from "@/lib/domain/usage/month";
import { fenced } from "@/lib/store/leases/fenced";
import type { Fence } from "@/lib/store/leases/lease";
import { readRegistry } from "@/lib/store/registry/read-registry";
import { usageMonths } from "@/lib/store/schema";
import type { StoreSession } from "@/lib/store/store";
import { measureMonth } from "./measure-month";

export interface ClosedMonth {
  tenantId: string;
  month: string;
  use: MonthUse;
  at: string;
  /** null: closed by the console itself; else who corrected it. */
  actor: string | null;
  reason: string | null;
}

/** The last rows of a month are rolled up a little after its end. */
const SETTLE_MS = 2 * 3_600_000;
const CHUNK = 200;

/** Writes down the month that has ended, if nobody has; it does not change any more. Answers how many tenants it closed. */
export async function closeMonth(store: StoreSession, now: Date, fence: Fence): Promise<number> {
  const month = monthBefore(monthOfTime(now.getTime()));
  const span = monthSpan(month);
  if (now.getTime() < span.toMs + SETTLE_MS) return 0;
  const [closed] = await store.run((db) => db.select({ rows: count() }).from(usageMonths).where(eq(usageMonths.month, month)));
  if ((closed?.rows ?? 0) > 0) return 0;
  const measured = [...(await measureMonth(store, span))];
  const included = await includedStorage(store);
  await fenced(store, fence, async (session) => {
    for (let from = 0; from < measured.length; from += CHUNK) {
      const rows = measured.slice(from, from + CHUNK).map(([tenantId, use]) => ({
        tenantId,
        month,
        use: againstIncluded(use, included.get(tenantId)),
        at: now,
        actor: null,
        reason: null,
      }));
      await session.run((db) => db.insert(usageMonths).values(rows));
    }
  });
  return measured.length;
}

/** By tenant what its tier includes as it is declared now, one copy in bytes. */
async function includedStorage(store: StoreSession): Promise<Map<string, number>> {
  const { tiers, tenants } = await readRegistry(store);
  const byTier = new Map(tiers.map(({ id, storageIncludedBytes }) => [id, storageIncludedBytes]));
  return new Map(
    tenants.flatMap(({ id, tier }) => {
      const included = byTier.get(tier);
      return included === undefined ? [] : [[id, included] as const];
    }),
  );
}

/** Adds a correction of a closed month: a new entry, beside what stood there before. */
export async function correctMonth(store: StoreSession, correction: ClosedMonth): Promise<void> {
  await store.run((db) => db.insert(usageMonths).values({ ...correction, at: new Date(correction.at) }));
}

/** A tenant's closed months with their corrections, from a month on; within a month the oldest entry first. */
export async function tenantMonths(store: StoreSession, tenantId: string, from: string): Promise<ClosedMonth[]> {
  const rows = await store.run((db) =>
    db
      .select()
      .from(usageMonths)
      .where(and(eq(usageMonths.tenantId, tenantId), gte(usageMonths.month, from)))
      .orderBy(desc(usageMonths.month), asc(usageMonths.id)),
  );
  return rows.map(toClosed);
}

/** Everybody's entries of one month, by tenant, the oldest first. */
export async function monthEntries(store: StoreSession, month: string): Promise<ClosedMonth[]> {
  const rows = await store.run((db) =>
    db.select().from(usageMonths).where(eq(usageMonths.month, month)).orderBy(asc(usageMonths.tenantId), asc(usageMonths.id)),
  );
  return rows.map(toClosed);
}

/** What a month of an earlier version did not count is not known of it. */
function toClosed({ id: _, at, use, ...row }: typeof usageMonths.$inferSelect): ClosedMonth {
  return { ...row, use: MonthUse.parse(use), at: at.toISOString() };
}
