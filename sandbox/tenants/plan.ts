/** What the cast is made of. The words are Kafka's own; units are last in names. */
import type { AclRule } from "@/sandbox/kafka/acls";
import type { QuotaSpec } from "@/sandbox/kafka/admin";
import type { Shape } from "./records";

export type ClusterId = "shared-1" | "silo-umbra" | "silo-vault";

export interface TopicPlan {
  name: string;
  partitions: number;
  /** Topic configuration, as Kafka writes it. */
  configs: Record<string, string>;
}

/** A steady flow of records into one topic. */
export interface StreamPlan {
  topic: string;
  shape: Shape;
  bytesPerSecond: number;
  /** Time between two sends; an actor's streams of one pace are sent together. */
  everyMs: number;
  /** Smallest and largest record. */
  recordBytes: readonly [number, number];
  /** One key for every record, so that one partition gets them all. */
  hotKey?: string;
  /** How the bytes are spread over the partitions. Absent: by many keys, so evenly. */
  weights?: readonly number[];
  /** How far the rate swings up and down in a period of 20 minutes, 0 to 1. */
  swing: number;
}

/**
 * How a group behaves. `reads`: keeps up. `hangs`: its members stay, but it works through its backlog only when its data is about
 * to expire. `left`: it committed once in each partition and has had no members since.
 */
export type GroupBehaviour = { kind: "reads" } | { kind: "hangs"; resumeBehindMs: number; hangBehindMs: number } | { kind: "left" };

export interface GroupPlan {
  id: string;
  topics: string[];
  /** `consumer` is KIP-848's protocol. */
  protocol: "classic" | "consumer";
  members: number;
  behaviour: GroupBehaviour;
}

/** A permission of the actor itself. */
export type AclPlan = Omit<AclRule, "user">;

/** One rule's values: bytes per second and per broker, percent of one broker thread. */
export type QuotaPlan = QuotaSpec["limits"];

/** A principal with everything that is its own on one cluster. */
export interface Actor {
  cluster: ClusterId;
  /** SCRAM user name. */
  principal: string;
  clientId: string;
  topics: TopicPlan[];
  streams: StreamPlan[];
  groups: GroupPlan[];
  acls: AclPlan[];
  /** The user rule. null: none. */
  quota: QuotaPlan | null;
}
