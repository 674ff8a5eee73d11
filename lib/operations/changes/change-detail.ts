import { isFinished, type PlannedOperation, type Target } from "@/lib/domain/change/operation";
import { stateOfUnit } from "@/lib/domain/change/unit-state";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ChangeDetail, ChangeSummary, OperationView, UnitView } from "@/lib/domain/views/changes";
import type { Context } from "@/lib/operations/context";
import { found } from "@/lib/operations/find";
import {
  countUnits,
  listOperations,
  listUnits,
  readChange,
  type StoredChange,
  type StoredChangeHead,
  type StoredOperation,
  type StoredUnitCounts,
} from "@/lib/store";
import { isOfBrake } from "./of-brake";
import { requireChangeWithin } from "./require-reach";

const OPERATIONS_SHOWN = 200;
const UNITS_SHOWN = 100;
/** Of a change to thousands of tenants each has its own; the record keeps all. */
const TEXTS_SHOWN = 200;

/** One change whole, as it stands. Throws AppError `not_found`. */
export async function changeDetail(context: Context, changeId: number): Promise<ChangeDetail> {
  const stored = found((await readChange(context.store, changeId)) ?? undefined, `There is no change ${changeId}.`);
  requireChangeWithin(context, stored);
  const [operations, units, unitCounts] = await Promise.all([
    listOperations(context.store, changeId, { limit: OPERATIONS_SHOWN }),
    listUnits(context.store, changeId, { limit: UNITS_SHOWN }),
    countUnits(context.store, changeId),
  ]);
  const fleet = context.fleet();
  return {
    ...changeSummary(stored),
    request: stored.request,
    consequences: stored.consequences.slice(0, TEXTS_SHOWN),
    leftOut: stored.leftOut.slice(0, TEXTS_SHOWN),
    fingerprint: stored.fingerprint,
    correlationId: stored.correlationId,
    rollout: stored.rollout,
    startedAt: stored.startedAt,
    operationList: operations.map(operationView),
    unitList: units.map((unit) => unitView(unit, fleet)),
    unitCounts,
    until: stored.brakeUntil,
    pausable: !isFinished(stored.state) && !(await isOfBrake(context, stored)),
    revert: revertOf(stored, operations),
  };
}

export function changeSummary(stored: StoredChangeHead): ChangeSummary {
  const { id, kind, title, state, message, actor, reason, at, finishedAt, units, counts } = stored;
  const { clusterIds, tenantIds, tenantCount, revertsId, revertedBy } = stored;
  const about = { clusterIds, tenantIds, tenantCount, revertsId, revertedBy };
  return { id, kind, title, state, message, actor, reason, at, finishedAt, units, operations: counts, ...about };
}

export function operationView({
  target,
  before,
  after,
  inherited,
  phase,
  unit,
  note,
  deletesBytes,
  ...rest
}: StoredOperation): OperationView {
  const { index, state, message, at } = rest;
  return {
    target,
    before,
    after,
    ...(inherited === undefined ? {} : { inherited }),
    phase,
    unit,
    note,
    ...(deletesBytes === undefined ? {} : { deletesBytes }),
    index,
    state,
    message,
    at,
  };
}

export function unitView({ unit, counts, message }: StoredUnitCounts, fleet: FleetSnapshot): UnitView {
  return { unit, name: unitName(unit, fleet), state: stateOfUnit(counts), operations: counts, message };
}

function unitName(unit: string, fleet: FleetSnapshot): string {
  const at = unit.indexOf(":");
  const name = unit.slice(at + 1);
  return unit.startsWith("tenant:") ? (fleet.tenants.get(name)?.tenant.name ?? name) : name;
}

/** What cannot come back is said before anybody relies on it. */
function revertOf({ state, kind, revertedBy, counts }: StoredChange, operations: readonly StoredOperation[]): ChangeDetail["revert"] {
  const lost = new Set(operations.flatMap((operation) => lostBy(operation)));
  const reason = !isFinished(state)
    ? "It is not finished yet."
    : (counts.applied ?? 0) + (counts.unverified ?? 0) === 0
      ? "Nothing of it was applied."
      : revertedBy.length > 0
        ? `Change ${revertedBy.at(-1)} took it back.`
        : kind === "brake"
          ? null
          : operations.every(({ target }) => target.kind === "partitions")
            ? "Partitions cannot be taken away."
            : null;
  return { possible: reason === null, reason, lost: [...lost] };
}

function lostBy(operation: PlannedOperation): string[] {
  const { target, deletesBytes } = operation;
  if (target.kind === "partitions") return [`Partitions added to ${topicOf(target)} stay.`];
  if (deletesBytes !== undefined) return ["Records that were deleted do not come back."];
  return [];
}

function topicOf(target: Target): string {
  return "topic" in target ? target.topic : "";
}
