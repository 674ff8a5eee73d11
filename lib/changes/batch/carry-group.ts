import { deadline } from "@/lib/changes/deadline";
import type { Rank } from "@/lib/changes/turns";
import { openWays } from "@/lib/changes/ways/open-ways";
import type { Way } from "@/lib/changes/ways/way";
import { isoNow } from "@/lib/collector/clock";
import { PHASES, type Target } from "@/lib/domain/change/operation";
import type { OperationMark, StoredUnit } from "@/lib/store";
import { allSettled } from "./all-settled";
import type { Hands } from "./hands";
import { type Batch, type Mode, settle } from "./settle";
import { breaksUnit, drop, type Task, taskOf } from "./task";
import { noteWritten, tellWritten, type WrittenByCluster } from "./written";

export interface CarryOptions {
  changeId: number;
  rank: Rank;
  hands: Hands;
  /** Set: nothing more is sent, for this reason; it is only found out what stands. */
  dropped: string | null;
}

interface Group extends Batch {
  tasks: readonly Task[];
  /** null: the console's own declarations. */
  wayOf: (target: Target) => Way | null;
}

const UNIT_BROKE = "It was not attempted, because another part of the same unit came to nothing.";

/** Carries out units that concern the same clusters. `broken` takes the units that failed or conflicted. */
export async function carryGroup(units: readonly StoredUnit[], options: CarryOptions, broken: Set<string>): Promise<void> {
  const { changeId, rank, hands, dropped } = options;
  const written: WrittenByCluster = new Map();
  const retryUntil = deadline(hands.clock, hands.settings.retryForMs);
  const group: Group = {
    changeId,
    rank,
    hands,
    retryUntil,
    tasks: units.flatMap((unit) => tasksOf(unit, dropped)),
    wayOf: openWays(hands.clusters),
    report: (settled) => report(group, settled, broken),
    onSend: (way, sent) => noteWritten(written, way.clusterId, sent),
  };
  try {
    await begin(group);
    await byWay(group, inSeveralSteps(group), "look");
    for (const phase of PHASES) await carryPhase(group, phase);
  } finally {
    retryUntil.cancel();
    tellWritten(written, hands.onWritten);
  }
}

/** What is left to do of a unit. Of one that broke before, nothing is sent any more. */
function tasksOf({ operations }: StoredUnit, dropped: string | null): Task[] {
  const broke = operations.some(({ state }) => state === "failed" || state === "conflict");
  const why = dropped ?? (broke ? UNIT_BROKE : null);
  const tasks = operations.filter(({ state }) => state === "pending" || state === "started").map(taskOf);
  if (why !== null) for (const task of tasks) drop(task, why);
  return tasks;
}

/**
 * The operations of units that are written in more than one step. Whether all of such a unit is as planned is looked at before the first
 * step; one that is written in one request is compared right before it anyway.
 */
function inSeveralSteps({ tasks, wayOf }: Group): Task[] {
  const steps = new Map<string, Set<string>>();
  for (const { operation, outcome } of tasks) {
    if (outcome !== null) continue;
    const of = steps.get(operation.unit) ?? new Set();
    steps.set(operation.unit, of.add(`${operation.phase} ${wayOf(operation.target)?.name ?? ""}`));
  }
  return tasks.filter(({ operation }) => (steps.get(operation.unit)?.size ?? 0) > 1);
}

/** Keeps that these operations are about to be written, and which are not any more. */
async function begin({ tasks, hands, changeId, wayOf }: Group): Promise<void> {
  const at = isoNow(hands.clock);
  const started = tasks.filter(({ operation, outcome }) => outcome === null && operation.state === "pending" && wayOf(operation.target));
  const marks = started.map(({ operation: { index } }): OperationMark => ({ index, state: "started", at }));
  await mark(hands, changeId, [...marks, ...marksOf(tasks, at)]);
}

/** Keeps what operations came to, and in the same moment that the rest of units that broke is not attempted. */
async function report({ tasks, hands, changeId }: Group, settled: readonly Task[], broken: Set<string>): Promise<void> {
  const broke = new Set(settled.filter(breaksUnit).map(({ operation }) => operation.unit));
  const rest = tasks.filter(({ operation, outcome }) => outcome === null && broke.has(operation.unit));
  for (const task of rest) drop(task, UNIT_BROKE);
  await mark(hands, changeId, marksOf([...settled, ...rest], isoNow(hands.clock)));
  for (const unit of broke) broken.add(unit);
}

function marksOf(tasks: readonly Task[], at: string): OperationMark[] {
  return tasks.flatMap(({ operation: { index }, outcome }) => (outcome === null ? [] : [{ index, ...outcome, at }]));
}

async function mark({ store, tenure, metrics }: Hands, changeId: number, marks: readonly OperationMark[]): Promise<void> {
  if (marks.length === 0) return;
  tenure.checkpoint();
  await store.markOperations(tenure.fence, changeId, marks);
  for (const { state } of marks) if (state !== "started") metrics.settled(state);
}

async function carryPhase(group: Group, phase: (typeof PHASES)[number]): Promise<void> {
  const open = group.tasks.filter(({ operation, outcome }) => outcome === null && operation.phase === phase);
  await allSettled([byWay(group, open, "write"), declare(group, open)]);
}

/** The operations by the way they go, all ways at the same time. */
async function byWay(group: Group, tasks: readonly Task[], mode: Mode): Promise<void> {
  const ways = new Map<Way, Task[]>();
  for (const task of tasks) {
    const way = task.outcome === null ? group.wayOf(task.operation.target) : null;
    if (way === null) continue;
    const of = ways.get(way) ?? [];
    of.push(task);
    ways.set(way, of);
  }
  await allSettled([...ways].map(([way, of]) => settle(group, way, of, mode)));
}

/** The console's own declarations, which the store carries out and marks in one go. */
async function declare({ hands, changeId, wayOf, report: tell }: Group, tasks: readonly Task[]): Promise<void> {
  const own = tasks.filter(({ operation }) => wayOf(operation.target) === null);
  if (own.length === 0) return;
  const { store, tenure, clock, onDeclared, metrics } = hands;
  tenure.checkpoint();
  const operations = own.map(({ operation }) => operation);
  const marks = await store.applyDeclarations(tenure.fence, changeId, operations, isoNow(clock));
  const made = new Map(marks.map(({ index, state, message = null }) => [index, { state, message }]));
  for (const task of own) task.outcome = made.get(task.operation.index) ?? null;
  for (const { state } of marks) if (state === "applied") metrics.settled(state);
  if (marks.some(({ state }) => state === "applied")) onDeclared();
  await tell(own.filter(breaksUnit));
}
