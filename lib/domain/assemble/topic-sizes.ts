import type { TopicFact } from "@/lib/domain/facts";
import { type Known, type Observed, unavailable } from "@/lib/domain/observed";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";

/** A topic's bytes in one copy (the leaders' logs) and in all of them. A log that no broker told of makes the sum "at least". */
export function topicSizes(
  topic: TopicFact,
  { sizes, parts, at: now }: Pick<ClusterSnapshot, "sizes" | "parts" | "at">,
): { oneCopy: Observed<number>; withReplicas: Observed<number> } {
  const { at, problems } = parts.logs;
  const [problem] = problems;
  const logs = sizes.get(topic.name);
  if (at === null || logs === undefined) {
    const unread = unavailable(
      problem?.message ?? "The topic's log sizes have not been read yet.",
      problem?.remedy ?? "They are read every minute.",
      now,
    );
    return { oneCopy: unread, withReplicas: unread };
  }
  const oneCopy: Known<number> = { source: "measured", value: 0, at };
  const withReplicas: Known<number> = { source: "measured", value: 0, at };
  for (const { partition, leader, replicas } of topic.partitions) {
    const onBrokers = logs[partition];
    const leaders = leader === null ? undefined : onBrokers?.get(leader);
    if (leaders === undefined) oneCopy.atLeast = true;
    else oneCopy.value += leaders;
    for (const id of replicas) {
      const bytes = onBrokers?.get(id);
      if (bytes === undefined) withReplicas.atLeast = true;
      else withReplicas.value += bytes;
    }
  }
  return { oneCopy, withReplicas };
}
