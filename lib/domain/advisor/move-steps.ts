import type { Model } from "@/lib/domain/isolation";

export interface MoveStep {
  step: string;
  /** What would go wrong without it. */
  because: string;
}

const OWN_TOPICS: MoveStep[] = [
  {
    step: "Create the tenant's topics under its prefix, with retention, size limit and partitions of its own.",
    because: "Topics do not come by themselves, and get the cluster's defaults if they do.",
  },
  {
    step: "Give its principals rules (ACLs or IAM policies) on the prefix, its delimiter included, and quotas.",
    because: "Without them the first client fails, or reaches its neighbours.",
  },
];
const SWITCH: MoveStep[] = [
  {
    step: "Let producers write to both places, then to the new one alone.",
    because: "A switch at one moment loses or doubles what is under way.",
  },
  {
    step: "Let consumers read the old place to its end, then the new one from its beginning.",
    because: "Offsets are not carried over: the same record has another one there.",
  },
];
const COPY_OWN: MoveStep = {
  step: "If the past has to come along, copy the records of this tenant alone from the pool (a filter by its header or field).",
  because: "A copy of the whole topic would carry other tenants' records.",
};
const REPLICATE: MoveStep = {
  step: "Replicate the tenant's topics by prefix (MSK Replicator or MirrorMaker 2), with their configurations and, if wanted, group offsets.",
  because: "Consumers then go on near where they were.",
};
const CLUSTER: MoveStep = {
  step: "Create the cluster with its KMS key, and add its connection here.",
  because: "The key of a cluster cannot be changed later.",
};
const DECLARE: MoveStep = {
  step: "Declare the new placement, with the share of the promise that is meant for it, and take the old one out when it is empty.",
  because: "What nobody declares is unowned: no promise, no lag, no finding speaks of it.",
};
const DELETE_OWN: MoveStep = {
  step: "Delete the old topics, rules and quotas once nothing reads them.",
  because: "They cost, and hold what should be gone.",
};
const OLD_STAYS: MoveStep = {
  step: "Wait until retention has deleted the tenant's records from the shared topics.",
  because: "They cannot be deleted from there for one tenant.",
};
const HEADER: MoveStep = {
  step: "Let every producer put the tenant's id into the header or field that the pool uses, and every consumer filter by it.",
  because: "In a shared topic nothing else tells tenants apart.",
};

const STEPS: Record<`${Model}-${Model}`, MoveStep[] | null> = {
  "pool-pool": null,
  "bridge-bridge": null,
  "silo-silo": null,
  "pool-bridge": [...OWN_TOPICS, COPY_OWN, ...SWITCH, DECLARE, OLD_STAYS],
  "pool-silo": [CLUSTER, ...OWN_TOPICS, COPY_OWN, ...SWITCH, DECLARE, OLD_STAYS],
  "bridge-silo": [CLUSTER, ...OWN_TOPICS, REPLICATE, ...SWITCH, DECLARE, DELETE_OWN],
  "silo-bridge": [...OWN_TOPICS, REPLICATE, ...SWITCH, DECLARE, DELETE_OWN],
  "bridge-pool": [HEADER, ...SWITCH, DECLARE, DELETE_OWN],
  "silo-pool": [HEADER, ...SWITCH, DECLARE, DELETE_OWN],
};

/** What moving from one model to another involves, in order; null: nothing moves. */
export function moveSteps(from: Model, to: Model): MoveStep[] | null {
  return STEPS[`${from}-${to}`];
}
