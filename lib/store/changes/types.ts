import type { ChangeState, OperationState, PlannedOperation } from "@/lib/domain/change/operation";
import type { Consequence, LeftOut } from "@/lib/domain/change/plan";
import type { ChangeRequest, RolloutOptions } from "@/lib/domain/change/request";
import type { OperationCounts } from "@/lib/domain/views/changes";
import type { ChangeStage, ChangeWish } from "@/lib/store/schema";

/** A change as it is asked for, whole, before its first effect. Times are ISO. */
export interface ChangeIntent {
  kind: string;
  title: string;
  request: ChangeRequest;
  consequences: Consequence[];
  leftOut: LeftOut[];
  fingerprint: string;
  actor: string;
  reason: string | null;
  correlationId: string;
  /** Given by who asks; the same key again is the same change. */
  idempotencyKey: string;
  rollout: RolloutOptions | null;
  /** The change this one takes back. */
  revertsId: number | null;
  /** How long a brake holds, from when it is stored; null: it is no brake. */
  brakeMinutes: number | null;
  at: string;
  /** In the order in which they run; those of one unit side by side. */
  operations: PlannedOperation[];
}

export interface StoredChange extends Omit<ChangeIntent, "operations" | "brakeMinutes"> {
  id: number;
  /** A brake's end. */
  brakeUntil: string | null;
  /** A brake's end has come, by the database's clock. */
  due: boolean;
  state: ChangeState;
  wish: ChangeWish;
  message: string | null;
  stage: ChangeStage;
  startedAt: string | null;
  finishedAt: string | null;
  units: number;
  counts: OperationCounts;
  /** The first fifty in order; `tenantCount` is whole. */
  tenantIds: string[];
  tenantCount: number;
  clusterIds: string[];
  /** Changes that took this one back and wrote something, in the order in which they were asked for. */
  revertedBy: number[];
}

/** A change without what may be as long as its scope: enough for lists, and for whoever carries it out. */
export type StoredChangeHead = Omit<StoredChange, "request" | "consequences" | "leftOut">;

export interface StoredOperation extends PlannedOperation {
  /** Place in the change, from 0. */
  index: number;
  state: OperationState;
  message: string | null;
  at: string | null;
}

/** What an operation has come to. */
export interface OperationMark {
  index: number;
  state: OperationState;
  message?: string | null;
  at: string;
}

/** A unit of a change with all of its operations. */
export interface StoredUnit {
  unit: string;
  operations: StoredOperation[];
}
