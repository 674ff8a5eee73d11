import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { ConfigResource } from "@/lib/kafka";
import { spread } from "./next-tick";

/** Values that decisions of the console read of every topic; a topic's own page asks for all of them. */
export const TOPIC_KEYS = [
  "cleanup.policy",
  "retention.ms",
  "retention.bytes",
  "max.message.bytes",
  "min.insync.replicas",
  "segment.ms",
  "message.timestamp.type",
  "unclean.leader.election.enable",
] as const;

/** What a cluster does where a topic says nothing, when it drops the commits of a group without members, and who decides on access. */
export const BROKER_KEYS = [
  "offsets.retention.minutes",
  "message.max.bytes",
  "log.retention.ms",
  "log.retention.minutes",
  "log.retention.hours",
  "log.retention.bytes",
  "log.cleanup.policy",
  "authorizer.class.name",
  "allow.everyone.if.no.acl.found",
  "super.users",
] as const;

/** Topics read in one go; on clusters with IAM each is an event that is billed. */
const TOPICS_MAX = 1_000;

/** Stands for the broker among the topics that are postponed: no topic has this name. */
export const BROKER = "";

export interface DueConfigs {
  topics: string[];
  /** One broker speaks for all. */
  brokerId: number | null;
}

/**
 * Which configurations to read now: those never read, and those older than the interval, which is a tenth shorter or longer for
 * each topic so that they do not all fall due at once. `postponed`: topics that were refused, and until when. `all`: every one,
 * because a person asked.
 */
export function dueConfigs(snapshot: ClusterSnapshot, postponed: ReadonlyMap<string, number>, nowMs: number, all: boolean): DueConfigs {
  const { intervalMs, at } = snapshot.parts.configs;
  const topics: string[] = [];
  for (const name of snapshot.metadata?.topics.keys() ?? []) {
    if (!all && topics.length === TOPICS_MAX) break;
    const read = snapshot.configs.get(name);
    const dueMs = read === undefined ? 0 : Date.parse(read.at) + intervalMs * 0.9 + spread(name, intervalMs * 0.2);
    if (all || Math.max(dueMs, postponed.get(name) ?? 0) <= nowMs) topics.push(name);
  }
  const [broker] = snapshot.metadata?.brokers ?? [];
  const isOld = snapshot.brokerConfigs.length === 0 || at === null || Date.parse(at) + intervalMs <= nowMs;
  const brokerDue = all || (isOld && (postponed.get(BROKER) ?? 0) <= nowMs);
  return { topics, brokerId: broker !== undefined && brokerDue ? broker.id : null };
}

export function asResources(topics: readonly string[]): ConfigResource[] {
  return topics.map((name) => ({ type: "topic", name }));
}
