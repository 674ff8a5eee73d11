import { randomUUID } from "node:crypto";
import {
  type ActiveBrakeChange,
  acquireLease,
  activeBrakes,
  applyDeclarations,
  type ChangeProgress,
  type Fence,
  type Lease,
  listOperations,
  markOperations,
  nextUnits,
  type OperationMark,
  type OperationQuery,
  pauseIfGoing,
  readChangeHead,
  releaseLease,
  renewLease,
  type Store,
  type StoredChange,
  type StoredChangeHead,
  type StoredOperation,
  type StoredUnit,
  setChangeState,
  setWish,
  unfinishedChanges,
} from "@/lib/store";

/** A change as it is carried out: what it is for, and who reads it, is of no concern here. */
export type OpenChange = StoredChangeHead;

/**
 * What carrying changes out asks of the store. Writes that carry a fence reject with AppError `conflict` once the lease is another's.
 */
export interface ChangeStore {
  /** Who holds the lease from here: each process by itself; of an embedded database the one process it belongs to, also after a crash. */
  holder: string;
  acquireLease: (name: string, holder: string, ttlMs: number) => Promise<Lease | null>;
  renewLease: (lease: Lease, ttlMs: number) => Promise<boolean>;
  releaseLease: (lease: Lease) => Promise<void>;
  /** Oldest first. */
  unfinishedChanges: () => Promise<OpenChange[]>;
  readChange: (changeId: number) => Promise<OpenChange | null>;
  /** Units with pending or started operations, in their order, each with all of its operations. */
  nextUnits: (changeId: number, query: { count: number; only?: readonly string[] }) => Promise<StoredUnit[]>;
  listOperations: (changeId: number, query: OperationQuery) => Promise<StoredOperation[]>;
  setWish: (changeId: number, wish: StoredChange["wish"]) => Promise<unknown>;
  markOperations: (fence: Fence, changeId: number, marks: readonly OperationMark[]) => Promise<void>;
  /** With a final state, operations that were never begun become `not-attempted`. */
  setChangeState: (fence: Fence, changeId: number, progress: ChangeProgress) => Promise<void>;
  /** Carries declarations out and marks them, each exactly once, also when it is asked for again. */
  applyDeclarations: (fence: Fence, changeId: number, operations: readonly StoredOperation[], at: string) => Promise<OperationMark[]>;
  /** Notes that it is to pause, unless a person wishes something else by now; false: that is so, or it is finished. */
  pauseIfGoing: (changeId: number) => Promise<boolean>;
  activeBrakes: () => Promise<Pick<ActiveBrakeChange, "id" | "brakeUntil" | "due" | "ends">[]>;
}

/**
 * The runner's view of an open store. An embedded database works in this thread without ever letting go, one call right after the other;
 * before each of them requests get their turn.
 */
export function changeStore(store: Store): ChangeStore {
  const isEmbedded = store.kind === "pglite";
  const next = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isEmbedded) await new Promise((resolve) => setImmediate(resolve));
    return work();
  };
  return {
    holder: isEmbedded ? "embedded" : randomUUID(),
    acquireLease: (name, holder, ttlMs) => acquireLease(store, name, holder, ttlMs),
    renewLease: (lease, ttlMs) => renewLease(store, lease, ttlMs),
    releaseLease: (lease) => releaseLease(store, lease),
    unfinishedChanges: () => next(() => unfinishedChanges(store)),
    readChange: (changeId) => next(() => readChangeHead(store, changeId)),
    nextUnits: (changeId, query) => next(() => nextUnits(store, changeId, query)),
    listOperations: (changeId, query) => next(() => listOperations(store, changeId, query)),
    setWish: (changeId, wish) => next(() => setWish(store, changeId, wish)),
    pauseIfGoing: (changeId) => next(() => pauseIfGoing(store, changeId)),
    markOperations: (fence, changeId, marks) => next(() => markOperations(store, fence, changeId, marks)),
    setChangeState: (fence, changeId, progress) => next(() => setChangeState(store, fence, changeId, progress)),
    applyDeclarations: (fence, changeId, operations, at) => next(() => applyDeclarations(store, fence, changeId, operations, at)),
    activeBrakes: () => next(() => activeBrakes(store)),
  };
}
