import { brakesByTenant } from "@/lib/domain/change/active-brake";
import type { ChangeToRevert, ClusterFacts, PastHour, PlanFacts } from "@/lib/domain/change/facts";
import { hourKey } from "@/lib/domain/change/facts";
import { clusterOf, type PlannedOperation } from "@/lib/domain/change/operation";
import type { ChangeRequest } from "@/lib/domain/change/request";
import { AppError, isAppError } from "@/lib/domain/errors";
import type { Problem } from "@/lib/domain/facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { Context } from "@/lib/operations/context";
import { pauses } from "@/lib/operations/pauses";
import { activeBrakes, listOperations, readChange, readMinutes, type TenantMinutes, unfinishedChanges } from "@/lib/store";
import { type FactsNeed, factsNeeded } from "./facts-needed";
import { readClusterFacts } from "./read-cluster-facts";
import { requireChangeWithin } from "./require-reach";
import { sampleLargestRecords } from "./sample-largest-records";

const HOUR_MS = 3_600_000;
/** A change of more tenants is planned without their last hour: reading it would take longer than a person waits. */
const HOURS_MAX = 1_500;
const OPERATIONS_MAX = 100_000;

export interface GatheredFacts {
  facts: PlanFacts;
  /** What they were read for. */
  need: FactsNeed;
  problems: Problem[];
}

/** Reads everything a request is decided from, once: Kafka and MSK live, the rest from what the collector and the store know. */
export async function gatherFacts(context: Context, request: ChangeRequest): Promise<GatheredFacts> {
  const fleet = context.fleet();
  const reverted = request.kind === "revert" ? await readReverted(context, request.changeId) : null;
  const need = factsNeeded(request, fleet, reverted?.operations ?? []);
  const [clusters, pastHours, braking, writing, largestRecords, registry] = await Promise.all([
    readClusters(context, fleet, need),
    readPastHours(context, need),
    activeBrakes(context.store),
    request.kind === "brake-release" ? brakesInWriting(context) : undefined,
    sampleLargestRecords(context, fleet, need.samples),
    context.registry(),
  ]);
  const facts: PlanFacts = {
    at: context.now().toISOString(),
    registry,
    owners: fleet.owners,
    tenants: fleet.tenants,
    clusters,
    pastHours,
    brakes: brakesByTenant(braking),
    unconnected: unconnectedOf(context, [...(reverted?.operations ?? []), ...braking.flatMap(({ operations }) => operations)]),
    ...(writing === undefined ? {} : { brakesInWriting: writing }),
    largestRecords,
    reverted,
    declaring: null,
  };
  return { facts, need, problems: [...clusters.values()].flatMap(({ problems }) => problems) };
}

/** Every cluster of the fleet is among the facts, so that a plan can name it; only those that are needed were read live. */
async function readClusters(context: Context, fleet: FleetSnapshot, { clusters }: FactsNeed): Promise<Map<string, ClusterFacts>> {
  const none = { topics: new Set<string>(), quotas: false, partitions: false };
  const all = [...fleet.clusters.values()].map(async (snapshot) =>
    readClusterFacts(context, snapshot, clusters.get(snapshot.clusterId) ?? none),
  );
  return new Map((await Promise.all(all)).map((facts) => [facts.clusterId, facts]));
}

async function readPastHours(context: Context, { hours }: FactsNeed): Promise<Map<string, PastHour>> {
  if (hours.size === 0 || hours.size > HOURS_MAX) return new Map();
  const toMs = context.now().getTime();
  const read = await readMinutes(context.store, { tenantIds: [...hours], fromMs: toMs - HOUR_MS, toMs }, pauses());
  return new Map(read.map((one) => [hourKey(one.tenantId, one.clusterId), pastHour(one)]));
}

function pastHour({ minutes }: TenantMinutes): PastHour {
  return {
    minutes: {
      produce: minutes.map(({ atMs, produce }) => ({ atMs, brokers: produce })),
      consume: minutes.map(({ atMs, consume }) => ({ atMs, brokers: consume })),
    },
  };
}

function unconnectedOf(context: Context, operations: readonly PlannedOperation[]): Set<string> {
  const ids = new Set(operations.map(({ target }) => clusterOf(target)).filter((id) => id !== null));
  return new Set([...ids].filter((id) => !isConnected(context, id)));
}

function isConnected(context: Context, clusterId: string): boolean {
  try {
    return context.connection(clusterId).mode === "operate";
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return false;
    throw error;
  }
}

/** By tenant, the brake that is not finished: it is stored, or on its way. */
async function brakesInWriting({ store }: Context): Promise<Map<string, number>> {
  const open = (await unfinishedChanges(store)).filter(({ kind }) => kind === "brake");
  const changes = await Promise.all(open.map(({ id }) => readChange(store, id)));
  return new Map(changes.flatMap((one) => (one?.request.kind === "brake" ? [[one.request.tenantId, one.id]] : [])));
}

async function readReverted(context: Context, changeId: number): Promise<ChangeToRevert> {
  const change = await readChange(context.store, changeId);
  if (change === null) throw new AppError("not_found", `There is no change ${changeId}.`);
  requireChangeWithin(context, change);
  const operations = await listOperations(context.store, changeId, { limit: OPERATIONS_MAX });
  const { kind, title, state } = change;
  return { id: changeId, kind, title, state, operations };
}
