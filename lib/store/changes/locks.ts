import { eq, inArray, sql } from "drizzle-orm";
import { entityName, resourceOf, type Target } from "@/lib/domain/change/operation";
import { AppError } from "@/lib/domain/errors";
import { changeLocks, changes } from "@/lib/store/schema";
import { recordset } from "@/lib/store/sql/upsert-rows";
import type { StoreSession } from "@/lib/store/store";

/**
 * Takes the resources of these targets for a change. Throws AppError `conflict` naming the unfinished change that has one of them.
 * They are taken in the order of their names, so that two changes that want the same never wait for each other.
 */
export async function takeLocks(session: StoreSession, changeId: number, targets: readonly Target[]): Promise<void> {
  const wanted = new Map(targets.map((target) => [resourceOf(target), target]));
  const rows = [...wanted.keys()].sort().map((resource) => ({ resource, changeId }));
  if (rows.length === 0) return;
  const taken = await session.run((db) =>
    db.execute<{ resource: string }>(sql`
      insert into ${changeLocks} (resource, change_id)
      select resource, "changeId" from ${recordset(changeLocks, ["resource", "changeId"], rows)}
      on conflict do nothing returning resource`),
  );
  for (const { resource } of taken.rows) wanted.delete(resource);
  if (wanted.size > 0) throw await heldError(session, wanted);
}

async function heldError(session: StoreSession, wanted: ReadonlyMap<string, Target>): Promise<AppError> {
  const held = await session.run((db) =>
    db
      .select({ resource: changeLocks.resource, id: changes.id, title: changes.title, actor: changes.actor })
      .from(changeLocks)
      .innerJoin(changes, eq(changes.id, changeLocks.changeId))
      .where(inArray(changeLocks.resource, [...wanted.keys()]))
      .orderBy(changeLocks.resource),
  );
  const [first] = held;
  const target = first === undefined ? undefined : wanted.get(first.resource);
  if (first === undefined || target === undefined) return new AppError("conflict", "Two changes met; nothing was written. Try again.");
  const who = `Change ${first.id} ("${first.title}") by ${first.actor}`;
  return new AppError("conflict", `${who} is not finished and changes ${resourceWords(target)} too. Wait until it is finished.`, {
    details: held.slice(0, 20).map(({ resource, id }) => ({ path: resource, message: `is being changed by change ${id}` })),
  });
}

function resourceWords(target: Target): string {
  switch (target.kind) {
    case "topic-config":
    case "partitions":
      return `the topic ${target.topic} on ${target.clusterId}`;
    case "quota":
      return `the quota of ${entityName(target.entity)} on ${target.clusterId}`;
    case "tier":
      return `the tier ${target.tierId}`;
    case "tenant-tier":
    case "override":
    case "managed-elsewhere":
      return `what is declared of the tenant ${target.tenantId}`;
  }
}

export async function giveLocksBack(session: StoreSession, changeId: number): Promise<void> {
  await session.run((db) => db.delete(changeLocks).where(eq(changeLocks.changeId, changeId)));
}
