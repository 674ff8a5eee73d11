import { carryBatch } from "@/lib/changes/batch/carry-batch";
import type { Hands } from "@/lib/changes/batch/hands";
import type { ChangeStore, OpenChange } from "@/lib/changes/change-store";
import { rankOf } from "@/lib/changes/rank";
import { topicsBy } from "@/lib/changes/ways/open-ways";
import { isoNow } from "@/lib/collector/clock";
import { isFinished } from "@/lib/domain/change/operation";
import type { StoredUnit } from "@/lib/store";
import { dropChange, endChange } from "./end-change";
import { countFailedUnits } from "./failed-units";
import { isLeaderBroken, NOTHING_FOLLOWS, unitsNext } from "./leading-unit";
import { batchSize, batchTimeMs, FIRST_DONE, firstUnits, goesOnSentence, isStoppedBy, stoppedSentence } from "./rollout";

export interface Carrier {
  hands: Hands;
  /** Waits, but not when a person's wish for the change is another. */
  nap: (ms: number) => Promise<void>;
}

/**
 * Carries one change on, batch by batch, until it is finished or paused. Everything it needs to know stands in the store, so that it can
 * be begun anew at any point by any process.
 */
export async function carryChange(changeId: number, carrier: Carrier): Promise<void> {
  const { hands } = carrier;
  let failed: number | null = null;
  for (let batches = 0; ; batches++) {
    hands.tenure.checkpoint();
    const change = await hands.store.readChange(changeId);
    if (change === null || isFinished(change.state)) return;
    if (isOverBefore(change)) return dropChange(change, hands, "The brake's time was over before it could be written.");
    if (change.wish === "cancel") return dropChange(change, hands, null);
    if (await isLeaderBroken(hands.store, change)) return dropChange(change, hands, NOTHING_FOLLOWS, true);
    failed ??= await countFailedUnits(hands.store, change);
    const step: Step = { change, failed, isTakenOver: batches === 0 && change.state === "running" };
    if (change.wish === "pause") return void (await standStill(step, hands));
    const broken = await nextBatch(step, carrier);
    if (broken === null) return;
    failed += broken;
  }
}

interface Step {
  change: OpenChange;
  /** Units that failed so far. */
  failed: number;
  /** Another runner left it in the middle. */
  isTakenOver: boolean;
}

/** A brake that nobody could write until its time was over, as the console did not run. */
function isOverBefore({ kind, due, counts }: OpenChange): boolean {
  if (kind !== "brake" || !due) return false;
  return (counts.applied ?? 0) + (counts.unverified ?? 0) === 0;
}

/** Does the next batch and answers how many of its units failed; null: the change is finished or stands still. */
async function nextBatch(step: Step, { hands, nap }: Carrier): Promise<number | null> {
  const { change, failed } = step;
  const size = batchSize(change, { failed, byMsk: isByMsk(change, hands) }, hands.settings);
  if (step.isTakenOver && batchTimeMs(change, size) > 0) {
    await nap(batchTimeMs(change, size));
    return 0;
  }
  if (change.state === "running" && isStopped(step)) return pause(step, hands);
  const stage = change.state === "running" ? change.stage : await goOn(step, hands);
  const units = await unitsNext(hands.store, change, { stage, count: size });
  if (units.length > 0) return carryUnits(units, step, { hands, nap });
  if (stage === "first" && (await hands.store.nextUnits(change.id, { count: 1 })).length > 0) return pause(step, hands);
  await endChange(change, hands);
  return null;
}

async function carryUnits(units: readonly StoredUnit[], { change }: Step, { hands, nap }: Carrier): Promise<number> {
  const beganMs = hands.clock.now();
  const broken = await carryBatch(units, { changeId: change.id, rank: rankOf(change), hands, dropped: null });
  const atLeastMs = batchTimeMs(change, units.length);
  // A clock that was set meanwhile makes the rest neither negative nor longer than all of it.
  const restMs = Math.min(atLeastMs, atLeastMs - (hands.clock.now() - beganMs));
  if (restMs > 0) await nap(restMs);
  return broken.size;
}

function isByMsk({ clusterIds }: OpenChange, { clusters }: Hands): boolean {
  return clusterIds.some((clusterId) => topicsBy(clusters, clusterId) === "msk");
}

/** Says that it runs: for the first time, or again, because a person wished it. Answers the stage it is in from now on. */
async function goOn(step: Step, { store, tenure, clock }: Hands): Promise<OpenChange["stage"]> {
  const { change, failed } = step;
  const isLetOn = change.state === "paused" && (await isFirstDone(change, store));
  const stage = isLetOn ? "all" : change.stage;
  const message = isStoppedBy(change, failed) ? goesOnSentence(failed) : null;
  const startedAt = change.startedAt === null ? { startedAt: isoNow(clock) } : {};
  await store.setChangeState(tenure.fence, change.id, { state: "running", message, stage, ...startedAt });
  return stage;
}

async function isFirstDone(change: OpenChange, store: ChangeStore): Promise<boolean> {
  if (change.stage !== "first") return false;
  return (await store.nextUnits(change.id, { count: 1, only: firstUnits(change) })).length === 0;
}

function isStopped({ change, failed }: Step): boolean {
  return isStoppedBy(change, failed) && change.message !== goesOnSentence(failed);
}

/**
 * Pauses by itself. The wish comes first: only a person who wishes otherwise lets it go on, also after a restart in between. A wish that
 * came meanwhile counts: then the change is looked at anew.
 */
async function pause(step: Step, hands: Hands): Promise<number | null> {
  return (await hands.store.pauseIfGoing(step.change.id)) ? standStill(step, hands) : 0;
}

async function standStill(step: Step, { store, tenure }: Hands): Promise<null> {
  const { change, failed } = step;
  if (change.state === "paused") return null;
  const message = isStopped(step) ? stoppedSentence(failed) : (await isFirstDone(change, store)) ? FIRST_DONE : null;
  await store.setChangeState(tenure.fence, change.id, { state: "paused", message });
  return null;
}
