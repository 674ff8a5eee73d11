import { consequence } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import { clusterOf, type PlannedOperation } from "@/lib/domain/change/operation";
import type { Consequence, LeftOut, Refusal } from "@/lib/domain/change/plan";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { nameOrCount } from "@/lib/domain/change/words";
import type { Steps } from "@/lib/domain/steps";
import { inverseOf } from "./inverse";

export interface BrakeEnd {
  operations: PlannedOperation[];
  leftOut: LeftOut[];
  consequences: Consequence[];
  /** Why nothing can be taken back now. */
  refusals: Refusal[];
}

/** Whether a change takes a brake back: nothing may stand in its way. */
export function isBrakeEnd(request: ChangeRequest, { reverted }: Pick<PlanFacts, "reverted">): boolean {
  return request.kind === "brake-release" || (request.kind === "revert" && reverted?.kind === "brake");
}

/**
 * Takes back what a brake wrote. Where one cluster cannot be read, the others do not wait for it: its rules are planned as they are on
 * the record, and whoever carries it out reads them before anything is written. What comes to nothing then stays on the record with the
 * reason, and the brake in force there. Refused while nothing that is left can be read, but for clusters that nothing can be written to
 * any more, which no waiting brings back.
 */
export function* brakeEnd(written: readonly PlannedOperation[], facts: PlanFacts): Steps<BrakeEnd> {
  const { operations, leftOut, unread } = yield* inverseOf(written, facts);
  const later = unread.filter(({ operation }) => isConnected(operation, facts));
  const isNow = operations.some((one) => isConnected(one, facts));
  if (!isNow && later.length > 0) return { operations: [], leftOut, consequences: [], refusals: refusalsOf(later) };
  const all = [...operations, ...unread.map(({ operation }) => operation)];
  const gone = all.filter((one) => !isConnected(one, facts));
  const without = leftOut.filter((one) => !unread.some((each) => each.leftOut === one));
  return { operations: byCluster(all), leftOut: without, consequences: [...laterNote(later), ...goneNote(gone)], refusals: [] };
}

type Unread = readonly { operation: PlannedOperation; reason: string }[];

function isConnected({ target }: PlannedOperation, { unconnected }: PlanFacts): boolean {
  return unconnected?.has(clusterOf(target) ?? "") !== true;
}

/** A person is told right away where there is nothing that a release could do. */
export function lostRefusals(operations: readonly PlannedOperation[], facts: PlanFacts): Refusal[] {
  if (operations.length === 0 || operations.some((one) => isConnected(one, facts))) return [];
  const reason = "What is left of the brake is on clusters that are no longer connected to be written to.";
  return [{ field: "tenantId", reason, wayOut: RECONNECT, link: null }];
}

const RECONNECT = "Connect it again, or remove the rule with Kafka's own tools.";

/** What cannot be read is refused as a whole: were it left out, it would stay for ever. */
function refusalsOf(unread: Unread): Refusal[] {
  const wayOut = "The brake stays until its end can be written; try again when the cluster answers.";
  return [...new Set(unread.map(({ reason }) => reason))].map((reason) => ({ field: null, reason, wayOut, link: null }));
}

/** Each cluster by itself, so that one that fails keeps no other: the first as the brake's tenant, so that the change is among its. */
function byCluster(operations: readonly PlannedOperation[]): PlannedOperation[] {
  const [first] = operations;
  const leading = first === undefined ? null : clusterOf(first.target);
  return operations.map((one) => {
    const clusterId = clusterOf(one.target);
    return clusterId === leading ? one : { ...one, unit: `cluster:${clusterId}` };
  });
}

function laterNote(unread: Unread): Consequence[] {
  return [...new Set(unread.map(({ reason }) => reason))].map((reason) =>
    consequence({ class: "unseen", sentence: `${reason} What the brake set there is taken back once the cluster answers.` }),
  );
}

function goneNote(gone: readonly PlannedOperation[]): Consequence[] {
  const ids = [...new Set(gone.map(({ target }) => clusterOf(target) ?? ""))];
  if (ids.length === 0) return [];
  const sentence = `${nameOrCount(ids, "cluster")} ${ids.length === 1 ? "is" : "are"} no longer connected to be written to: what the brake set there stays.`;
  return [consequence({ class: "unseen", sentence, detail: RECONNECT })];
}
