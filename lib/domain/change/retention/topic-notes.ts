import { consequence } from "@/lib/domain/change/draft";
import type { Consequence } from "@/lib/domain/change/plan";
import { brokerNumber, topicNumber } from "@/lib/domain/change/topic-value";
import { nameOrCount } from "@/lib/domain/change/words";
import { formatBytes, formatDuration, formatSpan } from "@/lib/domain/format";
import { mapInSlices, type Steps } from "@/lib/domain/steps";
import { growthOf } from "./growth";
import { cleanupPolicy, isTiered, segmentBytes } from "./limits";
import type { TopicOutlook } from "./outlook";

/** What retention means where a topic is no plain one. */
export function* topicNotes(outlooks: readonly TopicOutlook[]): Steps<Consequence[]> {
  const notes = yield* mapInSlices([compacted, compactedAndDeleted, keptLonger, tiered], 1, (note) => note(outlooks));
  return notes.filter((note) => note !== null);
}

function names(outlooks: readonly TopicOutlook[]): string {
  return nameOrCount(
    outlooks.map(({ changed }) => changed.scoped.topic),
    "topic",
  );
}

function compacted(outlooks: readonly TopicOutlook[]): Consequence | null {
  const some = outlooks.filter(({ changed }) => cleanupPolicy(changed) === "compact");
  if (some.length === 0) return null;
  const sentence = `Retention deletes nothing of ${names(some)}: what is compacted keeps the last record of every key for as long as it is there.`;
  return consequence({ class: "note", sentence, detail: "It counts from the day on which cleanup.policy also says delete." });
}

function compactedAndDeleted(outlooks: readonly TopicOutlook[]): Consequence | null {
  const some = outlooks.filter(({ changed }) => cleanupPolicy(changed) === "both");
  if (some.length === 0) return null;
  const sentence = `On ${names(some)} a key that is not written again is forgotten: it is compacted, and what is too old goes even if it is the last record of its key.`;
  return consequence({
    class: "note",
    sentence,
    detail: "Compaction leaves gaps between offsets, so there are at most as many records as are counted here.",
  });
}

/** A record goes with its segment, and a segment is past its time only when its newest record is. */
function keptLonger(outlooks: readonly TopicOutlook[]): Consequence | null {
  const longer = outlooks.flatMap((outlook) => {
    const { changed, after } = outlook;
    if (!changed.keys.has("retention.ms") || cleanupPolicy(changed) === "compact") return [];
    const closedAfterMs = segmentSpan(outlook);
    return closedAfterMs === null || after.ms === null || closedAfterMs <= after.ms ? [] : [{ outlook, closedAfterMs, afterMs: after.ms }];
  });
  const [first] = longer;
  if (first === undefined) return null;
  const worst = longer.reduce((a, b) => (b.closedAfterMs > a.closedAfterMs ? b : a));
  const where = names(longer.map(({ outlook }) => outlook));
  const most = formatDuration(worst.closedAfterMs + worst.afterMs);
  const { changed } = worst.outlook;
  const closed = `${formatSpan(segmentMs(worst.outlook) ?? 0)} (segment.ms) or ${formatBytes(segmentBytes(changed))} (segment.bytes)`;
  return consequence({
    class: "note",
    sentence: `On ${where} a record may stay for up to ${most} while more is written: it goes with its segment, and that is closed after ${closed}.`,
    detail: "A smaller segment.ms brings it closer to the retention, at the price of more files.",
  });
}

function segmentMs({ changed: { scoped } }: TopicOutlook): number | null {
  return topicNumber(scoped.cluster, scoped.topic, "segment.ms") ?? brokerNumber(scoped.cluster, "log.roll.ms");
}

/** How long the slowest partition that is written to takes to close a segment; null: not told. */
function segmentSpan(outlook: TopicOutlook): number | null {
  const byTime = segmentMs(outlook);
  if (byTime === null) return null;
  const rates = growthOf(outlook).bytesPerSecond.filter((rate) => rate !== null && rate > 0) as number[];
  if (rates.length === 0) return byTime;
  return Math.min(byTime, (segmentBytes(outlook.changed) / Math.min(...rates)) * 1000);
}

function tiered(outlooks: readonly TopicOutlook[]): Consequence | null {
  const some = outlooks.filter(({ changed }) => isTiered(changed));
  if (some.length === 0) return null;
  const sentence = `${names(some)} keeps old segments in tiered storage: this is the retention of all of it; local.retention.ms and local.retention.bytes say what stays on the brokers.`;
  return consequence({ class: "note", sentence, detail: "What lies in tiered storage is in no figure of bytes here." });
}
