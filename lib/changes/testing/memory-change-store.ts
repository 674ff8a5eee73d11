import type { ChangeStore } from "@/lib/changes/change-store";
import type { Clock } from "@/lib/collector/clock";
import { isFinished, type PlannedOperation, type Target } from "@/lib/domain/change/operation";
import { BRAKE_END } from "@/lib/domain/change/own-keys";
import { AppError } from "@/lib/domain/errors";
import type { OperationCounts } from "@/lib/domain/views/changes";
import type { ChangeIntent, Fence, Lease, OperationMark, StoredChange, StoredOperation } from "@/lib/store";

/** The store of changes in memory, as strict as the real one about fences, finished changes and operations under way. */
export interface MemoryChangeStore extends ChangeStore {
  store: (intent: ChangeIntent) => StoredChange;
  change: (id: number) => StoredChange;
  operations: (id: number) => StoredOperation[];
  /** Values that are declared, and each time that one was written. */
  declared: Map<string, string | null>;
  declaredCount: number;
  /** Another process takes the lease over. */
  steal: () => void;
  /** While set, every call fails with it. */
  outage: Error | null;
  /** Each call by name, and how many marks it carried. */
  calls: { name: string; marks: number }[];
}

interface Kept {
  change: StoredChange;
  operations: StoredOperation[];
}

export function memoryChangeStore(clock: Clock): MemoryChangeStore {
  const kept = new Map<number, Kept>();
  const lease = { holder: "", fence: 0, expiresMs: 0 };
  const call = (name: string, marks = 0): void => {
    store.calls.push({ name, marks });
    if (store.outage !== null) throw store.outage;
  };
  const guard = (fence: Fence): void => {
    if (lease.fence !== fence.fence || lease.holder === "") throw new AppError("conflict", "The lease has passed on.");
  };
  const found = (id: number): Kept => {
    const one = kept.get(id);
    if (one === undefined) throw new AppError("not_found", `There is no change ${id}.`);
    one.change.due = isDue(one.change, clock);
    return one;
  };
  const open = (id: number): Kept => {
    const one = found(id);
    if (isFinished(one.change.state)) throw new AppError("conflict", `Change ${id} is finished.`);
    return one;
  };
  const write = (one: Kept, marks: readonly OperationMark[]): void => {
    for (const { index, state, message = null, at } of marks) {
      const operation = one.operations[index];
      if (operation === undefined) throw new Error(`There is no operation ${index}.`);
      Object.assign(operation, { state, message, at });
    }
    one.change.counts = countsOf(one.operations);
  };

  const store: MemoryChangeStore = {
    holder: "me",
    declared: new Map(),
    declaredCount: 0,
    outage: null,
    calls: [],
    steal() {
      Object.assign(lease, { holder: "another", fence: lease.fence + 1, expiresMs: clock.now() + 60_000 });
    },
    store(intent) {
      const { operations, ...same } = intent;
      const id = kept.size + 1;
      const stored = operations.map((one, index): StoredOperation => ({ ...one, index, state: "pending", message: null, at: null }));
      kept.set(id, { change: newChange(id, same, operations, clock), operations: stored });
      return structuredClone(found(id).change);
    },
    change: (id) => structuredClone(found(id).change),
    operations: (id) => structuredClone(found(id).operations),

    async acquireLease(name, holder, ttlMs): Promise<Lease | null> {
      call("acquireLease");
      if (lease.holder !== "" && lease.holder !== holder && lease.expiresMs > clock.now()) return null;
      const fence = lease.fence + (lease.holder === holder ? 0 : 1);
      Object.assign(lease, { holder, fence, expiresMs: clock.now() + ttlMs });
      return { name, holder, fence };
    },
    async renewLease({ fence }, ttlMs) {
      call("renewLease");
      if (lease.fence !== fence) return false;
      lease.expiresMs = clock.now() + ttlMs;
      return true;
    },
    async releaseLease({ fence }) {
      call("releaseLease");
      if (lease.fence === fence) Object.assign(lease, { holder: "", expiresMs: 0 });
    },
    async unfinishedChanges() {
      call("unfinishedChanges");
      return [...kept.keys()].map((id) => store.change(id)).filter(({ state }) => !isFinished(state));
    },
    async readChange(id) {
      call("readChange");
      return kept.has(id) ? store.change(id) : null;
    },
    async nextUnits(id, { count, only }) {
      call("nextUnits");
      const units = new Map<string, StoredOperation[]>();
      for (const operation of kept.get(id)?.operations ?? []) {
        units.set(operation.unit, [...(units.get(operation.unit) ?? []), operation]);
      }
      const isOpen = ({ state }: StoredOperation) => state === "pending" || state === "started";
      const left = [...units].filter(([unit, of]) => (only === undefined || only.includes(unit)) && of.some(isOpen));
      return structuredClone(left.slice(0, count).map(([unit, operations]) => ({ unit, operations })));
    },
    async listOperations(id, { state, unit, afterIndex = -1, limit }) {
      call("listOperations");
      const all = kept.get(id)?.operations ?? [];
      const fits = all.filter(
        (one) => (state === undefined || one.state === state) && (unit === undefined || one.unit === unit) && one.index > afterIndex,
      );
      return structuredClone(fits.slice(0, limit));
    },
    async setWish(id, wish) {
      call("setWish");
      open(id).change.wish = wish;
    },
    async pauseIfGoing(id) {
      call("pauseIfGoing");
      const { change } = found(id);
      if (isFinished(change.state) || change.wish !== "go") return false;
      change.wish = "pause";
      return true;
    },
    async markOperations(fence, id, marks) {
      call("markOperations", marks.length);
      guard(fence);
      write(open(id), marks);
    },
    async setChangeState(fence, id, progress) {
      call("setChangeState");
      guard(fence);
      const one = open(id);
      const { finishedAt } = progress;
      if (isFinished(progress.state) !== (finishedAt !== undefined)) throw new Error("A change has a time of its end when it is finished.");
      if (finishedAt !== undefined) {
        if ((one.change.counts.started ?? 0) > 0) throw new Error(`Change ${id} cannot end: operations are under way.`);
        const pending = one.operations.filter(({ state }) => state === "pending");
        write(
          one,
          pending.map(({ index }) => ({ index, state: "not-attempted", at: finishedAt })),
        );
      }
      Object.assign(one.change, progress);
    },
    async applyDeclarations(fence, id, operations, at) {
      call("applyDeclarations", operations.length);
      guard(fence);
      const one = open(id);
      const marks = operations.map(({ index }): OperationMark => {
        const operation = one.operations[index];
        if (operation === undefined) throw new Error(`There is no operation ${index}.`);
        if (operation.state !== "pending" && operation.state !== "started") return { ...operation, at: operation.at ?? at };
        const name = declarationName(operation.target);
        if ((store.declared.get(name) ?? null) !== operation.before)
          return { index, state: "conflict", message: "It is declared otherwise.", at };
        store.declared.set(name, operation.after);
        store.declaredCount++;
        return { index, state: "applied", message: null, at };
      });
      write(one, marks);
      return marks.map(({ index, state, message = null, at: when }) => ({ index, state, message, at: when }));
    },
    async activeBrakes() {
      call("activeBrakes");
      const changes = [...kept.values()].map(({ change }) => change);
      const isTakenBack = (id: number) =>
        changes.some(({ revertsId, state }) => revertsId === id && (state === "applied" || state === "unverified"));
      return changes
        .filter(({ id, kind, counts }) => kind === "brake" && (counts.applied ?? 0) + (counts.unverified ?? 0) > 0 && !isTakenBack(id))
        .map((brake) => ({ id: brake.id, brakeUntil: brake.brakeUntil, due: isDue(brake, clock), ends: endsOf(brake.id, changes) }));
    },
  };
  return store;
}

export function declarationName(target: Target): string {
  return JSON.stringify(target);
}

function isDue({ brakeUntil }: StoredChange, clock: Clock): boolean {
  return brakeUntil !== null && Date.parse(brakeUntil) <= clock.now();
}

function endsOf(brakeId: number, changes: readonly StoredChange[]): number {
  return changes.filter(({ revertsId, idempotencyKey }) => revertsId === brakeId && idempotencyKey.startsWith(BRAKE_END)).length;
}

function newChange(
  id: number,
  { brakeMinutes, ...same }: Omit<ChangeIntent, "operations">,
  operations: readonly PlannedOperation[],
  clock: Clock,
): StoredChange {
  return {
    ...same,
    id,
    brakeUntil: brakeMinutes === null ? null : new Date(clock.now() + brakeMinutes * 60_000).toISOString(),
    due: false,
    state: "waiting",
    wish: "go",
    message: null,
    stage: (same.rollout?.first ?? []).length > 0 ? "first" : "all",
    startedAt: null,
    finishedAt: null,
    units: new Set(operations.map(({ unit }) => unit)).size,
    counts: { pending: operations.length },
    tenantIds: [],
    tenantCount: 0,
    clusterIds: [...new Set(operations.flatMap(({ target }) => ("clusterId" in target ? [target.clusterId] : [])))],
    revertedBy: [],
  };
}

function countsOf(operations: readonly StoredOperation[]): OperationCounts {
  const counts: OperationCounts = {};
  for (const { state } of operations) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
