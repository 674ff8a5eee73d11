import { consequence } from "@/lib/domain/change/draft";
import type { ClusterFacts } from "@/lib/domain/change/facts";
import type { Consequence } from "@/lib/domain/change/plan";
import { readersOf } from "@/lib/domain/change/readers";
import type { ScopedTopic } from "@/lib/domain/change/resolve-scope";
import { listed, minuteOf, named } from "@/lib/domain/change/words";
import { formatCountOf } from "@/lib/domain/format";

/** Readers of the topics that this console cannot see, and what it could not read of those it can. */
export function unseenReaders(topics: readonly ScopedTopic[], at: string): Consequence[] {
  const clusters = [...new Set(topics.map(({ cluster }) => cluster))];
  return [outsideKafka(topics), ...clusters.flatMap(unreadGroups), ...clusters.flatMap((cluster) => staleGroups(cluster, at))];
}

/** A reading that is older than three intervals is not one of now. */
const STALE_INTERVALS = 3;

function staleGroups({ clusterId, name, snapshot }: ClusterFacts, now: string): Consequence[] {
  const { at, intervalMs, problems } = snapshot.parts.offsets;
  if (at === null || Date.parse(now) - Date.parse(at) <= STALE_INTERVALS * intervalMs) return [];
  const sentence = `The groups of ${name} were last read on ${minuteOf(at)}: what they have read since is not in these figures.`;
  const [problem] = problems;
  return [consequence({ class: "unseen", sentence, detail: problem === undefined ? null : named(problem.message), clusterId })];
}

function outsideKafka(topics: readonly ScopedTopic[]): Consequence {
  const read = topics.some(({ cluster, topic }) => readersOf(cluster.snapshot, topic).length > 0);
  const known = read ? "Who else reads them" : "No group has committed to these topics. Who reads them";
  const sentence = `${known} without committing to Kafka is not seen: programs that keep their offsets themselves, and share groups.`;
  return consequence({ class: "unseen", sentence });
}

function unreadGroups({ clusterId, name, snapshot }: ClusterFacts): Consequence[] {
  const { at, problems } = snapshot.parts.offsets;
  const [problem] = problems;
  if (at === null) {
    const detail = problem === undefined ? null : [problem.message, problem.remedy].filter(Boolean).join(" ");
    return [
      consequence({
        class: "unseen",
        sentence: `The groups of ${name} have not been read, so nobody's loss can be told.`,
        detail,
        clusterId,
      }),
    ];
  }
  const failed = [...snapshot.groups.values()].filter((group) => group.problem !== undefined);
  const [first] = failed;
  if (first === undefined) return [];
  const sentence = `The offsets of ${formatCountOf(failed.length, "group")} of ${name} could not be read; they may read these topics: ${listed(failed.map(({ id }) => id))}.`;
  return [consequence({ class: "unseen", sentence, detail: first.problem === undefined ? null : named(first.problem.message), clusterId })];
}
