import { carryBatch } from "@/lib/changes/batch/carry-batch";
import type { Hands } from "@/lib/changes/batch/hands";
import type { ChangeStore, OpenChange } from "@/lib/changes/change-store";
import { rankOf } from "@/lib/changes/rank";
import { isoNow } from "@/lib/collector/clock";
import type { StoredOperation, StoredUnit } from "@/lib/store";
import { endSentence, endState } from "./end-state";

/** Writes the end of a change of which nothing is left to do. */
export async function endChange({ id }: OpenChange, { store, tenure, clock }: Hands): Promise<void> {
  await writeEnd(id, { store, tenure, clock }, { isCancelled: false, why: null });
}

const STARTED_AT_ONCE = 500;

/**
 * Ends a change without doing the rest. What was under way may stand, so that is found out first; what was never begun is marked by the
 * store. `why` goes on the record where there is more to say than that a person wished it. `isFailure`: nobody wished it, it came to
 * nothing by itself.
 */
export async function dropChange(change: OpenChange, hands: Hands, why: string | null, isFailure = false): Promise<void> {
  const { store, tenure } = hands;
  const { id } = change;
  if (change.state !== "cancelling") await store.setChangeState(tenure.fence, id, { state: "cancelling", message: why });
  for (;;) {
    const started = await store.listOperations(id, { state: "started", limit: STARTED_AT_ONCE });
    if (started.length === 0) break;
    await carryBatch(byUnit(started), { changeId: id, rank: rankOf(change), hands, dropped: why ?? CANCELLED });
  }
  await writeEnd(id, hands, { isCancelled: !isFailure, why });
}

const CANCELLED = "It was not attempted, because the change was cancelled.";

function byUnit(operations: readonly StoredOperation[]): StoredUnit[] {
  const units = new Map<string, StoredUnit>();
  for (const operation of operations) {
    const of = units.get(operation.unit) ?? { unit: operation.unit, operations: [] };
    of.operations.push(operation);
    units.set(operation.unit, of);
  }
  return [...units.values()];
}

async function writeEnd(
  id: number,
  { store, tenure, clock }: Pick<Hands, "store" | "tenure" | "clock">,
  { isCancelled, why }: { isCancelled: boolean; why: string | null },
): Promise<void> {
  const change = await store.readChange(id);
  if (change === null) return;
  const { counts } = change;
  const said = [endSentence(await firstFailure(store, change), counts), why].filter((sentence) => sentence !== null);
  const message = said.length === 0 ? null : said.join(" ");
  tenure.checkpoint();
  await store.setChangeState(tenure.fence, id, { state: endState(counts, isCancelled), message, finishedAt: isoNow(clock) });
}

async function firstFailure(store: ChangeStore, { id, counts }: OpenChange): Promise<StoredOperation | undefined> {
  const states = (["failed", "conflict", "unverified"] as const).filter((state) => (counts[state] ?? 0) > 0);
  const firsts = await Promise.all(states.map((state) => store.listOperations(id, { state, limit: 1 })));
  return firsts.flat().sort((a, b) => a.index - b.index)[0];
}
