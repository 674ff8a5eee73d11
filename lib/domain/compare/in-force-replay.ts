import { formatCountOf, formatDuration, formatSpan } from "@/lib/domain/format";
import { timeBehind } from "@/lib/domain/lag/time-behind";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import type { PlaceAnswer, PlaceQuestion } from "./in-force";
import { rangeOf } from "./in-force-config";

interface Reach {
  ms: number;
  atLeast: boolean;
}

/** How far back a replay can go now: by the oldest record that is kept, and by the retention that will delete it. */
export function replayInForce({ place: { cluster, topics, model } }: PlaceQuestion): PlaceAnswer {
  if (topics.length === 0 || cluster === null)
    return { state: "unseen", sentence: "No topic of it is known here, so nothing can be said of a replay." };
  const reaches = topics.map((topic) => oldestRecord(cluster, topic));
  const known = reaches.filter((reach) => reach !== null);
  const shortest = known.reduce<Reach | null>((least, reach) => (least === null || reach.ms < least.ms ? reach : least), null);
  const retentions = topics.flatMap(({ retentionMs }) => (retentionMs.source === "unavailable" ? [] : [retentionMs.value]));
  const limit = retentions.length === 0 ? "Retention is not known." : `Retention: ${rangeOf(retentions, formatSpan)}.`;
  if (shortest === null) {
    const isEmpty = topics.every((topic) => isEmptyTopic(cluster, topic));
    return isEmpty
      ? { state: "could", sentence: `Its topics are empty now. ${limit}` }
      : { state: "unseen", sentence: `How old the oldest records are is not known. ${limit}` };
  }
  const back = `${shortest.atLeast ? "at least " : ""}${formatDuration(shortest.ms)}`;
  const of = known.length === 1 ? "its topic" : `all of ${formatCountOf(known.length, "topic")}`;
  const skip = model === "pool" ? " Consumers must skip the records of other tenants." : "";
  const untold = topics.length - known.length;
  const rest = untold === 0 ? "" : ` ${formatCountOf(untold, "topic")} more ${untold === 1 ? "is" : "are"} empty, or not known.`;
  return { state: "has", sentence: `${capital(of)} can be read again from ${back} ago.${rest} ${limit}${skip}` };
}

/** The age of a topic's oldest record: that of the partition which reaches back furthest. null: empty, or not known. */
function oldestRecord(cluster: ClusterSnapshot, { topic }: TopicSummary): Reach | null {
  const starts = cluster.starts.get(topic) ?? [];
  const ends = cluster.ends.get(topic) ?? [];
  const points = cluster.endHistory.get(topic) ?? [];
  const asOfMs = Date.parse(cluster.parts.offsets.at ?? cluster.at);
  let furthest: Reach | null = null;
  for (const [partition, start] of starts.entries()) {
    const end = ends[partition];
    if (start === null || end === undefined || end === null || end <= start) continue;
    const age = timeBehind(points[partition] ?? [], start, end, asOfMs);
    if (age !== null && (furthest === null || age.ms > furthest.ms)) furthest = age;
  }
  return furthest;
}

function isEmptyTopic(cluster: ClusterSnapshot, { topic }: TopicSummary): boolean {
  const starts = cluster.starts.get(topic) ?? [];
  const ends = cluster.ends.get(topic) ?? [];
  return starts.length > 0 && starts.every((start, partition) => start !== null && start === ends[partition]);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
