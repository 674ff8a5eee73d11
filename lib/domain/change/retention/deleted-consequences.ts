import { consequence } from "@/lib/domain/change/draft";
import type { Consequence } from "@/lib/domain/change/plan";
import { topicValue } from "@/lib/domain/change/topic-value";
import { listed, minuteOf, nameOrCount } from "@/lib/domain/change/words";
import { formatBytes, formatCount, formatCountOf, formatSpan } from "@/lib/domain/format";
import { checkInterval, cleanupPolicy, isTiered, loosens, segmentBytes } from "./limits";
import { type TopicOutlook, totalsOf } from "./outlook";

/** What of topics under tighter limits is deleted, when, and what of that is not known. */
export function deletedConsequences(deleting: readonly TopicOutlook[]): Consequence[] {
  // What is not told is said where the value is taken away.
  const limited = deleting.filter(({ after }) => after.ms !== null && after.bytes !== null);
  const found = [goes(limited.filter(isAgeKnown)), ageUnknown(limited.filter((outlook) => !isAgeKnown(outlook)))];
  return found.filter((one) => one !== null);
}

/** Topics of which nothing goes by this. */
export function staysConsequences(outlooks: readonly TopicOutlook[]): Consequence[] {
  const plain = outlooks.filter(({ deletes, changed }) => !deletes && cleanupPolicy(changed) !== "compact");
  const longer = plain.filter(({ changed }) => loosens(changed));
  const same = plain.filter(({ changed }) => !loosens(changed));
  const consequences: Consequence[] = [];
  if (longer.length > 0) {
    const sentence = `Nothing of ${nameOrCount(longer.map(topicOf), "topic")} is deleted by this: what is there stays longer.`;
    consequences.push(consequence({ class: "fine", sentence }));
  }
  if (same.length > 0) {
    const sentence = `What counts on ${nameOrCount(same.map(topicOf), "topic")} stays as it is; only whose value it is changes.`;
    consequences.push(consequence({ class: "fine", sentence }));
  }
  return consequences;
}

/** Whether it is known of every partition how much of it goes. */
function isAgeKnown({ partitions }: TopicOutlook): boolean {
  return partitions.length > 0 && partitions.every(({ gone }) => gone.records !== null);
}

function goes(outlooks: readonly TopicOutlook[]): Consequence | null {
  if (outlooks.length === 0) return null;
  const touched = outlooks.filter(({ partitions }) => partitions.some(({ gone }) => (gone.records ?? 0) > 0));
  if (touched.length === 0) {
    const where = nameOrCount(outlooks.map(topicOf), "topic");
    return consequence({
      class: "fine",
      sentence: `Nothing of ${where} is past the new limit yet: no record is deleted now.`,
      detail: whenOf(outlooks),
    });
  }
  const { records, bytes, bytesOpen, slackBytes } = totalsOf(touched);
  const size = bytes > 0 ? `${formatBytes(bytes)} and ` : "";
  const what = `Up to ${size}${formatCountOf(records, "record")} of ${nameOrCount(touched.map(topicOf), "topic")}`;
  const details = [whenOf(touched)];
  if (bytes > 0)
    details.push(`The bytes are estimated from the records' part of the logs, ± ${formatBytes(slackBytes)}: one segment a partition.`);
  if (bytesOpen) details.push(unsizedOf(touched));
  return consequence({
    class: "permanent",
    sentence: `${what} are deleted and cannot be brought back.`,
    detail: details.join(" "),
    clusterId: onlyCluster(touched),
  });
}

/** When what is past the limit goes, and by what age is counted. */
function whenOf(outlooks: readonly TopicOutlook[]): string {
  const intervals = outlooks.map(({ changed }) => checkInterval(changed.scoped.cluster));
  const longest = intervals.reduce((a, b) => (b.ms > a.ms ? b : a));
  const segment = Math.max(...outlooks.map(({ changed }) => segmentBytes(changed)));
  const by = longest.isRead ? "" : ", as Kafka's default is";
  const parts = [`Brokers look for it every ${formatSpan(longest.ms)}${by}, and delete whole segments of up to ${formatBytes(segment)}.`];
  if (outlooks.some(({ changed }) => !isTiered(changed))) parts.push("A last segment that is past it is closed and deleted as well.");
  if (outlooks.some(isByProducerTime)) {
    parts.push("Ages are counted from arrival; Kafka goes by the producers' timestamps, and records with older ones go sooner.");
  }
  return parts.join(" ");
}

function isByProducerTime({ changed: { scoped } }: TopicOutlook): boolean {
  return topicValue(scoped.cluster, scoped.topic, "message.timestamp.type")?.effective === "CreateTime";
}

function unsizedOf(outlooks: readonly TopicOutlook[]): string {
  if (outlooks.some(({ changed }) => isTiered(changed)))
    return "What lies in tiered storage goes too, and no broker tells how much that is.";
  return "How many bytes more go is not known: the sizes of some logs could not be read.";
}

/** The age of the records is not known: it is said, and not guessed. */
function ageUnknown(outlooks: readonly TopicOutlook[]): Consequence | null {
  if (outlooks.length === 0) return null;
  const { recordsAtMost, bytesAtMost, unseen } = totalsOf(outlooks);
  const where = listed(outlooks.map(topicOf), 3);
  const isEmpty = recordsAtMost === 0 && unseen === 0;
  if (isEmpty) return null;
  const size = bytesAtMost > 0 ? `${formatBytes(bytesAtMost)} and ` : "";
  const most =
    unseen > 0 ? "how much of them goes cannot be said" : `up to ${size}${formatCountOf(recordsAtMost, "record")} may be deleted`;
  return consequence({
    class: "unseen",
    sentence: `How old the records of ${where} are is not known, so ${most}.`,
    detail: sinceOf(outlooks, unseen),
    clusterId: onlyCluster(outlooks),
  });
}

function sinceOf(outlooks: readonly TopicOutlook[], unseen: number): string {
  if (unseen > 0) return `Starts, ends or logs of ${formatCount(unseen)} of their partitions could not be read. Plan again in a moment.`;
  const oldest = outlooks.flatMap(({ partitions }) => partitions.map(({ points }) => points[0]?.atMs)).filter((atMs) => atMs !== undefined);
  const watched =
    oldest.length === 0
      ? "The console has not watched them yet"
      : `The console has watched them since ${minuteOf(new Date(Math.max(...oldest)).toISOString())}`;
  return `${watched}; what was there before arrived at a time it cannot see.`;
}

function topicOf({ changed }: TopicOutlook): string {
  return changed.scoped.topic;
}

function onlyCluster(outlooks: readonly TopicOutlook[]): string | null {
  const ids = new Set(outlooks.map(({ changed }) => changed.scoped.cluster.clusterId));
  const [only] = ids;
  return ids.size === 1 ? (only ?? null) : null;
}

/** Whether so much goes, or may go, that the name is asked for: more than a gigabyte, or more than half of a topic. */
export function deletesMuch(outlooks: readonly TopicOutlook[]): boolean {
  if (totalsOf(outlooks).bytesAtMost > MUCH_BYTES) return true;
  return outlooks.some((outlook) => outlook.deletes && mostOf(outlook) > 0.5);
}

const MUCH_BYTES = 1_000_000_000;

/** The part of a topic's records that may go; everything where it is not known. */
function mostOf({ partitions }: TopicOutlook): number {
  if (partitions.length === 0) return 1;
  let gone = 0;
  let all = 0;
  for (const { start, end, gone: part } of partitions) {
    if (start === null || end === null || part.recordsAtMost === null) return 1;
    gone += part.recordsAtMost;
    all += Number(end - start);
  }
  return all === 0 ? 0 : gone / all;
}
