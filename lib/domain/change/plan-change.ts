import { paths } from "@/lib/domain/paths";
import { drain, eachInSlices, mapInSlices, type Steps } from "@/lib/domain/steps";
import { planManagedElsewhere } from "./declarations/plan-managed-elsewhere";
import { planOverrideEnd } from "./declarations/plan-override-end";
import { planTier } from "./declarations/plan-tier";
import { planTierArchive } from "./declarations/plan-tier-archive";
import { planTierDefinition } from "./declarations/plan-tier-definition";
import { consequence, type Draft, type Planner } from "./draft";
import { planAdopt } from "./drift/plan-adopt";
import { planBringBack } from "./drift/plan-bring-back";
import type { ClusterFacts, PlanFacts } from "./facts";
import { planMessageSize } from "./message-size/plan-message-size";
import { clusterOf, PHASES, type PlannedOperation, type Target } from "./operation";
import { planPartitions } from "./partitions/plan-partitions";
import { CONSEQUENCE_CLASSES, type Consequence, type ConsequenceClass, type Plan, type Refusal } from "./plan";
import { planBrake } from "./quotas/plan-brake";
import { planBrakeRelease } from "./quotas/plan-brake-release";
import { planMeasure } from "./quotas/plan-measure";
import { planQuota } from "./quotas/plan-quota";
import { planQuotaRule } from "./quotas/plan-quota-rule";
import type { ChangeKind, ChangeRequest, RequestOf } from "./request";
import { planRetention } from "./retention/plan-retention";
import { isBrakeEnd } from "./revert/brake-end";
import { planRevert } from "./revert/plan-revert";
import { brakeOver, sparing } from "./spared-units";

const PLANNERS: { [K in ChangeKind]: Planner<K> } = {
  retention: planRetention,
  "message-size": planMessageSize,
  partitions: planPartitions,
  quota: planQuota,
  "quota-rule": planQuotaRule,
  measure: planMeasure,
  brake: planBrake,
  "brake-release": planBrakeRelease,
  tier: planTier,
  "tier-definition": planTierDefinition,
  "tier-archive": planTierArchive,
  "override-end": planOverrideEnd,
  "managed-elsewhere": planManagedElsewhere,
  "bring-back": planBringBack,
  adopt: planAdopt,
  revert: planRevert,
};

/** What must be typed for: what is lost is lost. */
const TYPED: ReadonlySet<ConsequenceClass> = new Set(["loss"]);
/** What needs a reason on the record. */
const REASONED: ReadonlySet<ConsequenceClass> = new Set(["loss", "breach", "breaks", "permanent"]);

/**
 * Decides a change from facts that were read once: its operations in the order in which they run, what follows from them, worst first,
 * and what stands against it. Pure.
 */
export function* planChangeSteps(request: ChangeRequest, facts: PlanFacts): Steps<Plan> {
  const whole = yield* draftOf(request, facts);
  const { units, leftOut, patch } = yield* sparing(request, yield* inOrder(whole.operations), facts);
  // What is left out must not be counted in any sentence, so the rest is decided as if it alone had been asked for.
  const draft = units.size === 0 ? whole : yield* draftOf(request, { ...facts, spared: units });
  const operations = yield* inOrder(draft.operations);
  const consequences = worstFirst(draft.consequences);
  const refusals = [...draft.refusals, ...(yield* standing(request, operations, facts))];
  if (operations.length === 0 && refusals.length === 0) consequences.push(nothingToDo(draft));
  const classes = new Set(consequences.map((one) => one.class));
  const has = (some: ReadonlySet<ConsequenceClass>) => [...classes].some((one) => some.has(one));
  return {
    request,
    title: draft.title,
    operations,
    consequences,
    refusals,
    leftOut: [...draft.leftOut, ...leftOut],
    picture: draft.picture,
    confirm: { reasonRequired: has(REASONED) || draft.asksName, typeName: has(TYPED) || draft.asksName ? draft.typeName : null },
    means: yield* meansOf(operations, facts),
    patch,
  };
}

/** The same in one go. */
export function planChange(request: ChangeRequest, facts: PlanFacts): Plan {
  return drain(planChangeSteps(request, facts));
}

function* draftOf<K extends ChangeKind>(request: RequestOf<K>, facts: PlanFacts): Steps<Draft> {
  const planner: Planner<K> = PLANNERS[request.kind as K];
  const decided = planner(request, facts);
  return "next" in decided ? yield* decided : decided;
}

const SLICE = 500;

/** By unit as they came, and inside a unit by phase. */
function* inOrder(operations: readonly PlannedOperation[]): Steps<PlannedOperation[]> {
  const units = new Map<string, PlannedOperation[]>();
  yield* eachInSlices(operations, SLICE, (operation) => {
    const of = units.get(operation.unit);
    if (of === undefined) units.set(operation.unit, [operation]);
    else of.push(operation);
  });
  const ordered = yield* mapInSlices(units.values(), SLICE, (of) =>
    of.toSorted((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase)),
  );
  return ordered.flat();
}

export function worstFirst(consequences: readonly Consequence[]): Consequence[] {
  return consequences.toSorted((a, b) => CONSEQUENCE_CLASSES.indexOf(a.class) - CONSEQUENCE_CLASSES.indexOf(b.class));
}

export function worstClass(consequences: readonly Consequence[]): ConsequenceClass | null {
  return worstFirst(consequences)[0]?.class ?? null;
}

/** What stands against any change: clusters that are only observed or cannot be written to, and brakes. */
function* standing(request: ChangeRequest, operations: readonly PlannedOperation[], facts: PlanFacts): Steps<Refusal[]> {
  const refusals = new Map<string, Refusal>();
  // One cluster that takes nothing any more must not keep the brake on others; whoever carries it out does not write there either.
  const isEnd = isBrakeEnd(request, facts);
  yield* eachInSlices(operations, SLICE, ({ target }) => {
    const refusal = (isEnd ? null : clusterRefusal(target, facts)) ?? brakeRefusal(request, target, facts);
    if (refusal !== null) refusals.set(refusal.reason, refusal);
  });
  return [...refusals.values()];
}

function clusterRefusal(target: Target, facts: PlanFacts): Refusal | null {
  const clusterId = clusterOf(target);
  if (clusterId === null) return null;
  const cluster = facts.clusters.get(clusterId);
  if (cluster === undefined) return null;
  const link = { label: cluster.name, href: paths.cluster(clusterId) };
  if (cluster.mode === "observe") {
    const wayOut = "Set `mode: operate` on its connection to let the console write to it.";
    return { field: null, reason: `${cluster.name} is connected to be observed: nothing is ever written to it.`, wayOut, link };
  }
  const way = target.kind === "quota" ? cluster.quotasBy : cluster.topicsBy;
  return way.by === null ? { field: null, reason: way.reason, wayOut: way.wayOut, link } : null;
}

function brakeRefusal(request: ChangeRequest, target: Target, facts: PlanFacts): Refusal | null {
  const brake = brakeOver(request, target, facts);
  if (brake === null) return null;
  const name = facts.tenants.get(brake.tenantId)?.tenant.name ?? brake.tenantId;
  const link = { label: `Change ${brake.changeId}`, href: paths.change(brake.changeId) };
  return { field: null, reason: `${name} is under a brake until ${brake.until}.`, wayOut: "Release the brake first.", link };
}

function nothingToDo({ leftOut }: Draft): Consequence {
  const sentence = leftOut.length > 0 ? "Nothing is left to change." : "Nothing changes: everything has this value already.";
  return consequence({ class: "fine", sentence });
}

const API_NAMES = { "topic-config": "IncrementalAlterConfigs", partitions: "CreatePartitions", quota: "AlterClientQuotas" } as const;

/** How the operations are sent, in words. */
function* meansOf(operations: readonly PlannedOperation[], { clusters }: PlanFacts): Steps<string> {
  const calls = new Set<string>();
  yield* eachInSlices(operations, SLICE, ({ target }) => {
    if (target.kind !== "topic-config" && target.kind !== "partitions" && target.kind !== "quota") calls.add("the console's declarations");
    else calls.add(isByMsk(clusters.get(target.clusterId), target) ? "MSK UpdateTopic" : API_NAMES[target.kind]);
  });
  return [...calls].join(", ");
}

function isByMsk(cluster: ClusterFacts | undefined, target: Target): boolean {
  return target.kind !== "quota" && cluster?.topicsBy.by === "msk";
}
