import type { GroupState, Offsets } from "@/sandbox/aws/brokers/read-groups";
import type { MonitoringLevel } from "@/sandbox/kafka/topology";
import type { Value } from "./levels";
import { publishes, value } from "./levels";

/** All groups at one moment, with where the partitions ended just after. */
export interface LagReading {
  atMs: number;
  groups: GroupState[];
  ends: Offsets;
}

interface PartitionLag {
  partition: number;
  lag: number;
  /** Seconds to drain the lag at the pace of the last minute, and of the rolling window; null: it does not move, so nobody can say. */
  seconds: number | null;
  rollingSeconds: number | null;
}

/**
 * AWS's lag series. None for a group that is neither stable nor empty, whose name has a colon or is not ASCII, or that has committed
 * nothing on a topic.
 *
 * @param earlier readings before this one, oldest first; the last is a minute old
 */
export function lagValues(clusterName: string, level: MonitoringLevel, now: LagReading, earlier: readonly LagReading[]): Value[] {
  return now.groups.filter(isPublished).flatMap(({ group, committed }) =>
    [...committed].flatMap(([topic, offsets]) => {
      const partitions = [...offsets].flatMap(([partition, offset]) => {
        const end = now.ends.get(topic)?.get(partition);
        return end === undefined ? [] : [partitionLag(now, earlier, { group, topic, partition, offset, end })];
      });
      // A sum that leaves out a partition whose leader did not answer would look like less lag.
      if (partitions.length < offsets.size) return [];
      const dimensions = { "Cluster Name": clusterName, "Consumer Group": group, Topic: topic };
      return [
        ...topicValues(dimensions, partitions),
        ...(publishes(level, "PER_TOPIC_PER_PARTITION") ? partitions.flatMap((lag) => partitionValues(dimensions, lag)) : []),
      ];
    }),
  );
}

/** CloudWatch's dimensions are ASCII. */
function isPublished({ group, state }: GroupState): boolean {
  return (state === "Stable" || state === "Empty") && /^[\x20-\x7e]+$/.test(group) && !group.includes(":");
}

function partitionLag(
  now: LagReading,
  earlier: readonly LagReading[],
  at: { group: string; topic: string; partition: number; offset: bigint; end: bigint },
): PartitionLag {
  const lag = Number(at.end > at.offset ? at.end - at.offset : 0n);
  const known = earlier.flatMap((before) => {
    const offset = before.groups
      .find(({ group }) => group === at.group)
      ?.committed.get(at.topic)
      ?.get(at.partition);
    return offset === undefined ? [] : [{ atMs: before.atMs, offset }];
  });
  const drainSeconds = (before: { atMs: number; offset: bigint } | undefined) => {
    if (lag === 0) return 0;
    if (before === undefined || before.offset >= at.offset) return null;
    return lag / (Number(at.offset - before.offset) / ((now.atMs - before.atMs) / 1_000));
  };
  return { partition: at.partition, lag, seconds: drainSeconds(known.at(-1)), rollingSeconds: drainSeconds(known[0]) };
}

function topicValues(dimensions: Record<string, string>, partitions: PartitionLag[]): Value[] {
  const [first, ...rest] = partitions;
  if (first === undefined) return [];
  const worst = rest.reduce((most, candidate) => (candidate.lag > most.lag ? candidate : most), first);
  const rolling = partitions.flatMap(({ rollingSeconds }) => (rollingSeconds === null ? [] : [rollingSeconds]));
  const sum = partitions.reduce((total, { lag }) => total + lag, 0);
  return [
    value("MaxOffsetLag", "Count", dimensions, worst.lag),
    value("SumOffsetLag", "Count", dimensions, sum),
    ...(worst.seconds === null ? [] : [value("EstimatedMaxTimeLag", "Seconds", dimensions, worst.seconds)]),
    // Of a partition that does not move nobody can say how long, so not of the worst one either.
    ...(rolling.length < partitions.length ? [] : [value("RollingEstimatedTimeLagMax", "Seconds", dimensions, Math.max(...rolling))]),
  ];
}

function partitionValues(topicDimensions: Record<string, string>, { partition, lag, seconds, rollingSeconds }: PartitionLag): Value[] {
  const dimensions = { ...topicDimensions, Partition: String(partition) };
  return [
    value("OffsetLag", "Count", dimensions, lag),
    ...(seconds === null ? [] : [value("EstimatedTimeLag", "Seconds", dimensions, seconds)]),
    ...(rollingSeconds === null ? [] : [value("RollingEstimatedTimeLag", "Seconds", dimensions, rollingSeconds)]),
  ];
}
