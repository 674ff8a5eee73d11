import type { CloudGroupLag } from "@/lib/domain/cloud-facts";
import { derived, type Observed, unavailable } from "@/lib/domain/observed";
import type { Owner } from "@/lib/domain/views/common";
import type { GroupSummary } from "@/lib/domain/views/lag";

const NO_TIME = "CloudWatch tells no age of unread records; its time lag is an estimate of the time to drain them.";
const REMEDY = "Let this console reach the brokers' Kafka port.";
const ONLY_CLOUD = "Known through CloudWatch only: members, commits and partitions cannot be seen.";

/**
 * A group as CloudWatch tells of it. AWS publishes lag only while a group is stable or empty, with an ASCII name without a colon, and
 * once something was committed; so a group that is not here may well exist.
 */
export function cloudGroupSummary(
  groupId: string,
  byTopic: ReadonlyMap<string, CloudGroupLag>,
  context: { clusterId: string; owner: Owner; objectiveMs: number | null; at: string },
): GroupSummary {
  const { clusterId, owner, objectiveMs, at } = context;
  const recordsBehind = sumOf([...byTopic.values()], at);
  return {
    clusterId,
    groupId,
    type: "unknown",
    kafkaState: "Unknown",
    hasMembers: null,
    owner,
    topics: [...byTopic.keys()].toSorted(),
    state: recordsBehind.source !== "unavailable" && recordsBehind.value === 0 ? "ok" : "unknown",
    reason: ONLY_CLOUD,
    recordsBehind,
    timeBehindMs: unavailable(NO_TIME, REMEDY, at),
    retentionShare: null,
    lostRecords: null,
    stuckSince: null,
    commitsExpireAt: null,
    objectiveMs,
    awsLag: [...byTopic].map(([topic, { sumOffsetLag = null, maxOffsetLag = null, estimatedMaxTimeLagSeconds = null }]) => ({
      topic,
      sumOffsetLag,
      maxOffsetLag,
      estimatedMaxTimeLagSeconds,
    })),
  };
}

function sumOf(lags: readonly CloudGroupLag[], at: string): Observed<number> {
  const known = lags.flatMap(({ sumOffsetLag }) => (sumOffsetLag === undefined ? [] : [sumOffsetLag]));
  if (known.length === 0) return unavailable("CloudWatch had no SumOffsetLag of it in the last minutes.", REMEDY, at);
  const sum = derived(
    known.reduce((total, value) => total + value, 0),
    at,
    "CloudWatch, SumOffsetLag.",
  );
  return known.length < lags.length ? { ...sum, atLeast: true } : sum;
}
