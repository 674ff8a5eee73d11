import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { CAPABILITIES, type CapabilityId, capabilityOf, cellOn } from "@/lib/domain/isolation";
import type { InForcePlace, InForceState, MatrixRow } from "@/lib/domain/views/isolation";
import { accessInForce } from "./in-force-access";
import { settingInForce } from "./in-force-config";
import { keyInForce } from "./in-force-key";
import { fairnessInForce } from "./in-force-quota";
import { replayInForce } from "./in-force-replay";
import { costInForce, effortInForce, erasureInForce, partitioningInForce, scalingInForce, subscriptionInForce } from "./in-force-topics";
import { type ModelPlace, modelPlaces } from "./tenant-places";

/** What a judge looks at: one place of a tenant, and the fleet it stands in. */
export interface PlaceQuestion {
  place: ModelPlace;
  state: TenantState;
  fleet: FleetSnapshot;
}

export interface PlaceAnswer {
  state: InForcePlace["state"];
  sentence: string;
}

type Judge = (question: PlaceQuestion) => PlaceAnswer;

const JUDGES: Record<CapabilityId, Judge> = {
  "own-encryption-key": keyInForce,
  "right-to-be-forgotten": erasureInForce,
  "own-retention": (question) => settingInForce(question, "retention.ms"),
  "own-message-size": (question) => settingInForce(question, "max.message.bytes"),
  "own-replay": replayInForce,
  "data-partitioning": partitioningInForce,
  "selective-subscription": subscriptionInForce,
  "selective-scaling": scalingInForce,
  fairness: fairnessInForce,
  "access-isolation": accessInForce,
  "running-cost": costInForce,
  "operational-effort": effortInForce,
};

/** For each capability what a tenant has, could have or cannot have, place by place. */
export function inForceOf(fleet: FleetSnapshot, state: TenantState): Map<CapabilityId, NonNullable<MatrixRow["inForce"]>> {
  const places = modelPlaces(fleet, state);
  return new Map(CAPABILITIES.map(({ id }) => [id, inForce(id, places, { fleet, state })]));
}

function inForce(id: CapabilityId, places: readonly ModelPlace[], about: Omit<PlaceQuestion, "place">): NonNullable<MatrixRow["inForce"]> {
  const told = places.map((place): InForcePlace => {
    const { clusterId, model, cluster } = place;
    return { clusterId, clusterName: cluster?.name ?? null, model, ...judged(id, { place, ...about }) };
  });
  return { state: together(told.map(({ state }) => state)), places: told };
}

/** What the model or the kind of cluster does not allow is not looked for. */
function judged(id: CapabilityId, question: PlaceQuestion): PlaceAnswer {
  const { model, kind } = question.place;
  const { verdict, why } = cellOn(capabilityOf(id), model, kind);
  const isCost = id === "running-cost" || id === "operational-effort";
  return verdict === "no" && !isCost ? { state: "cannot", sentence: why } : JUDGES[id](question);
}

/** A tenant has what it has everywhere. */
function together(states: readonly InForcePlace["state"][]): InForceState {
  const [first, ...others] = new Set(states);
  if (first === undefined) return "unseen";
  return others.length === 0 ? first : "partly";
}
