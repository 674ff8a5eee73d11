import { topicSizes } from "@/lib/domain/assemble/topic-sizes";
import type { ChangedTopic } from "@/lib/domain/change/topic-keys/topic-key-change";
import { isKnown, type Observed, unavailable } from "@/lib/domain/observed";
import { type Clock, type Cut, cutOf, type PartitionLog } from "./cut";
import { type Gone, goneOf, NOTHING_GONE } from "./gone";
import { cleanupPolicy, isTiered, type Limits, limitsAfter, limitsNow, segmentBytes } from "./limits";

/** A partition before and after. */
export interface PartitionOutlook extends PartitionLog {
  partition: number;
  replicas: readonly number[];
  /** null: it is not known where its end is. */
  cut: Cut | null;
  gone: Gone;
}

/** What becomes of a topic's records. */
export interface TopicOutlook {
  changed: ChangedTopic;
  now: Limits;
  after: Limits;
  clock: Clock;
  /** Whether anything is deleted that would have stayed. */
  deletes: boolean;
  partitions: PartitionOutlook[];
  /** One copy, with tiered storage left out. */
  sizeBytes: Observed<number>;
}

/** A topic under other limits than it has; the limits of the change itself, where none are given. */
export function outlookOf(changed: ChangedTopic, at: string, after: Limits = limitsAfter(changed)): TopicOutlook {
  const { cluster, topic } = changed.scoped;
  const { snapshot } = cluster;
  const now = limitsNow(changed);
  const clock = { nowMs: Date.parse(at), endsAtMs: Date.parse(snapshot.parts.offsets.at ?? snapshot.at) };
  // What is past the limits of today goes in any case.
  const tightened: Limits = { ms: tighter(now.ms, after.ms), bytes: tighter(now.bytes, after.bytes) };
  const deletes = limitsAnything(tightened) && cleanupPolicy(changed) !== "compact";
  const fact = snapshot.metadata?.topics.get(topic);
  const partitions = logsOf(changed).map((log, partition): PartitionOutlook => {
    const cut = deletes ? cutOf(log, tightened, clock) : null;
    const gone = deletes ? goneOf(log, cut) : NOTHING_GONE;
    return { ...log, partition, replicas: fact?.partitions[partition]?.replicas ?? [], cut, gone };
  });
  const sizeBytes =
    fact === undefined
      ? unavailable("The topic's log sizes have not been read yet.", "They are read every minute.", at)
      : topicSizes(fact, snapshot).oneCopy;
  return { changed, now, after, clock, deletes, partitions, sizeBytes };
}

/** The limit where it is a new one; infinite where it is none. What is not known may be new. */
function tighter(now: number | null, after: number | null): number | null {
  if (after === Number.POSITIVE_INFINITY || (now !== null && after !== null && after >= now)) return Number.POSITIVE_INFINITY;
  return after;
}

function limitsAnything({ ms, bytes }: Limits): boolean {
  return ms !== Number.POSITIVE_INFINITY || bytes !== Number.POSITIVE_INFINITY;
}

/** Every partition that metadata or offsets know of. */
function logsOf({ scoped: { cluster, topic } }: ChangedTopic): PartitionLog[] {
  const { metadata, ends, starts, endHistory, sizes } = cluster.snapshot;
  const partitions = metadata?.topics.get(topic)?.partitions ?? [];
  const [end, start, points, bytes] = [ends.get(topic), starts.get(topic), endHistory.get(topic), sizes.get(topic)];
  const count = Math.max(partitions.length, end?.length ?? 0);
  return Array.from({ length: count }, (_, index): PartitionLog => {
    const leader = partitions[index]?.leader ?? null;
    return {
      start: start?.[index] ?? null,
      end: end?.[index] ?? null,
      points: points?.[index] ?? [],
      bytes: leader === null ? null : (bytes?.[index]?.get(leader) ?? null),
    };
  });
}

/** What goes of one or more topics. */
export interface Totals {
  records: number;
  recordsAtMost: number;
  bytes: number;
  bytesAtMost: number;
  /** Half a width in which the bytes lie: Kafka deletes whole segments. */
  slackBytes: number;
  /** Of what goes, something is not known: the sums are what is known of it. */
  recordsOpen: boolean;
  bytesOpen: boolean;
  /** Of some partitions it is not even known how many there are. */
  unseen: number;
}

export function totalsOf(outlooks: readonly TopicOutlook[]): Totals {
  const totals: Totals = {
    records: 0,
    recordsAtMost: 0,
    bytes: 0,
    bytesAtMost: 0,
    slackBytes: 0,
    recordsOpen: false,
    bytesOpen: false,
    unseen: 0,
  };
  for (const outlook of outlooks) {
    if (!outlook.deletes) continue;
    if (outlook.partitions.length === 0) totals.unseen += 1;
    const segment = segmentBytes(outlook.changed);
    for (const { gone } of outlook.partitions) addGone(totals, gone, segment);
    // The brokers' disks hold only the newest part of a tiered topic.
    if (isTiered(outlook.changed)) totals.bytesOpen = true;
  }
  return totals;
}

function addGone(totals: Totals, { records, recordsAtMost, bytes, bytesAtMost }: Gone, segment: number): void {
  totals.records += records ?? 0;
  totals.recordsAtMost += recordsAtMost ?? 0;
  totals.bytes += bytes ?? 0;
  totals.bytesAtMost += bytesAtMost ?? 0;
  totals.slackBytes += Math.min(segment, bytes ?? 0);
  if (records === null) totals.recordsOpen = true;
  if (bytes === null) totals.bytesOpen = true;
  if (recordsAtMost === null) totals.unseen += 1;
}

/** Bytes that go, as an estimate with its error; unavailable where the age or the size of the log is not known. */
export function goesBytes(outlooks: readonly TopicOutlook[], at: string): Observed<number> {
  const { bytes, slackBytes, bytesOpen, unseen } = totalsOf(outlooks);
  if (bytesOpen || unseen > 0) {
    if (bytes > 0) return { source: "estimated", value: bytes, at, error: slackBytes / bytes, atLeast: true };
    return unavailable(
      "It is not known how old the records are, or how large the log is.",
      "It is known once the console has watched the topic for as long.",
      at,
    );
  }
  if (bytes === 0) return { source: "estimated", value: 0, at };
  return { source: "estimated", value: bytes, at, error: slackBytes / bytes };
}

/** Bytes that are left of one copy. */
export function staysBytes(outlooks: readonly TopicOutlook[], at: string): Observed<number> {
  const goes = goesBytes(outlooks, at);
  const known = outlooks.map(({ sizeBytes }) => sizeBytes).filter(isKnown);
  const [unread] = outlooks.map(({ sizeBytes }) => sizeBytes).filter((size) => !isKnown(size));
  if (known.length === 0 && unread !== undefined) return unread;
  if (!isKnown(goes)) return goes;
  const size = known.reduce((sum, { value }) => sum + value, 0);
  const isLeast = known.length < outlooks.length || known.some(({ atLeast }) => atLeast) || goes.atLeast;
  const value = Math.max(0, size - goes.value);
  return {
    source: "estimated",
    value,
    at,
    ...(value > 0 ? { error: ((goes.error ?? 0) * goes.value) / value } : {}),
    ...(isLeast ? { atLeast: true } : {}),
  };
}
