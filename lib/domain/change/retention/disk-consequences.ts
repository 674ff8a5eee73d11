import { consequence } from "@/lib/domain/change/draft";
import type { ClusterFacts } from "@/lib/domain/change/facts";
import type { Consequence } from "@/lib/domain/change/plan";
import { minuteOf } from "@/lib/domain/change/words";
import { fullAtMs } from "@/lib/domain/disk";
import { formatByteRate, formatBytes, formatDuration, formatPercent, formatSpan } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { type BrokerDisk, brokerDisks } from "./disks";
import { growthOf, heldBytes } from "./growth";
import { loosens } from "./limits";
import type { TopicOutlook } from "./outlook";

/** From this part on a disk needs a person: MSK's own advice is to act at 85 %. */
const FULL_SHARE = 0.85;

/** What becomes of the brokers' disks, cluster by cluster. */
export function diskConsequences(outlooks: readonly TopicOutlook[]): Consequence[] {
  const clusters = new Map<ClusterFacts, TopicOutlook[]>();
  for (const outlook of outlooks) {
    const { cluster } = outlook.changed.scoped;
    const known = clusters.get(cluster);
    if (known === undefined) clusters.set(cluster, [outlook]);
    else known.push(outlook);
  }
  return [...clusters].flatMap(([cluster, all]) => ofCluster(cluster, all));
}

function ofCluster(cluster: ClusterFacts, outlooks: readonly TopicOutlook[]): Consequence[] {
  const more = extraOf(outlooks.filter(({ changed }) => loosens(changed)));
  const less = freedOf(outlooks.filter(({ deletes }) => deletes));
  if (more.unknown > 0) return [...(less === null ? [] : shrinks(cluster, less)), growthUnknown(cluster)];
  if (more.oneCopy === 0) return less === null ? [] : shrinks(cluster, less);
  if (cluster.kind === "express" || cluster.kind === "serverless") return [billed(cluster, more)];
  const disks = brokerDisks(cluster.snapshot);
  return [disks.length === 0 ? disksUnknown(cluster, more) : grows(cluster, disks, more)];
}

interface Extra {
  /** More than under the limits of today; infinite where nothing limits it any more. */
  oneCopy: number;
  byBroker: Map<number, number>;
  /** Of the topics, while it grows. */
  bytesPerSecond: Map<number, number>;
  from: string;
  /** How much longer records stay; null: it differs, or there is no end to it. */
  longerMs: number | null;
  /** Partitions whose growth is not known. */
  unknown: number;
}

function extraOf(outlooks: readonly TopicOutlook[]): Extra {
  const extra: Extra = { oneCopy: 0, byBroker: new Map(), bytesPerSecond: new Map(), from: "", longerMs: null, unknown: 0 };
  const longer = new Set(outlooks.map(({ now, after }) => (after.ms ?? 0) - (now.ms ?? 0)));
  const [only] = longer;
  if (only !== undefined && longer.size === 1 && Number.isFinite(only) && only > 0) extra.longerMs = only;
  for (const outlook of outlooks) {
    const growth = growthOf(outlook);
    extra.from = growth.from;
    if (outlook.partitions.length === 0 || outlook.now.ms === null || outlook.after.ms === null) extra.unknown += 1;
    for (const [index, { replicas }] of outlook.partitions.entries()) {
      const rate = growth.bytesPerSecond[index] ?? null;
      if (rate === null) {
        extra.unknown += 1;
        continue;
      }
      const more = heldBytes(rate, outlook.after) - heldBytes(rate, outlook.now);
      if (Number.isNaN(more) || more <= 0) continue;
      extra.oneCopy += more;
      for (const id of replicas) {
        add(extra.byBroker, id, more);
        add(extra.bytesPerSecond, id, rate);
      }
    }
  }
  return extra;
}

function add(sums: Map<number, number>, id: number, value: number): void {
  sums.set(id, (sums.get(id) ?? 0) + value);
}

function grows(cluster: ClusterFacts, disks: readonly BrokerDisk[], extra: Extra): Consequence {
  const about = { clusterId: cluster.clusterId, links: [{ label: cluster.name, href: paths.cluster(cluster.clusterId) }] };
  const shareAfter = (disk: BrokerDisk) => (disk.usedBytes + (extra.byBroker.get(disk.brokerId) ?? 0)) / disk.totalBytes;
  const timeLeft = (disk: BrokerDisk) => (disk.totalBytes - disk.usedBytes) / Math.max(extra.bytesPerSecond.get(disk.brokerId) ?? 0, 1e-9);
  const isWorse = (a: BrokerDisk, b: BrokerDisk) =>
    shareAfter(a) > shareAfter(b) || (shareAfter(a) === shareAfter(b) && timeLeft(a) < timeLeft(b));
  const worst = disks.reduce((a, b) => (isWorse(b, a) ? b : a));
  const after = shareAfter(worst);
  const where = `broker ${worst.brokerId} of ${cluster.name}`;
  const now = formatPercent(worst.usedBytes / worst.totalBytes);
  if (after >= 1) {
    const leftMs = timeLeft(worst) * 1000;
    const sentence = `The disk of ${where} is full in about ${formatDuration(leftMs)} at the rate these topics grow.`;
    return consequence({ class: "room", sentence, detail: formulaOf(worst, extra, cluster), ...about });
  }
  const sentence = `It fits: the fullest disk then, ${where}, goes from ${now} to about ${formatPercent(after)}.`;
  const high = `The fullest disk then, ${where}, goes from ${now} to about ${formatPercent(after)}.`;
  const isHigh = after > FULL_SHARE;
  return consequence({
    class: isHigh ? "room" : "fine",
    sentence: isHigh ? high : sentence,
    detail: formulaOf(worst, extra, cluster),
    ...about,
  });
}

/** "42 MB/s of these topics on it, in the last day; 1.2 TB more are kept, 480 GB are free." */
function formulaOf(disk: BrokerDisk, extra: Extra, { snapshot }: ClusterFacts): string {
  const rate = formatByteRate(extra.bytesPerSecond.get(disk.brokerId) ?? 0);
  const more = extra.byBroker.get(disk.brokerId) ?? 0;
  const kept = Number.isFinite(more) ? `${formatBytes(more)} more are kept` : "nothing limits what is kept";
  const free = formatBytes(disk.totalBytes - disk.usedBytes);
  const time = extra.longerMs === null ? "the longer time" : formatSpan(extra.longerMs);
  const formula = `${rate} × ${time}, as these topics grew on it ${extra.from}: ${kept}; ${free} are free.`;
  const fullMs = fullAtMs(snapshot.diskHistory.get(disk.brokerId) ?? []);
  return fullMs === null ? formula : `${formula} As it grows already it is full on ${minuteOf(new Date(fullMs).toISOString())}.`;
}

function billed({ clusterId, name, kind }: ClusterFacts, { oneCopy, from }: Extra): Consequence {
  const more = Number.isFinite(oneCopy) ? `${formatBytes(oneCopy)} more` : "more and more, without a limit,";
  const what = kind === "express" ? "Express brokers have no disk to fill" : "A serverless cluster has no disk to fill";
  const sentence = `${name} comes to store ${more} if these topics go on to grow as ${from}. ${what}; AWS bills what is stored.`;
  return consequence({ class: "room", sentence, clusterId });
}

function growthUnknown({ clusterId, name }: ClusterFacts): Consequence {
  const detail = "It is known once the console has watched the topics for an hour, or reads the brokers' exporters.";
  return consequence({
    class: "unseen",
    sentence: `How much more ${name} then stores is not known: how fast these topics grow is not.`,
    detail,
    clusterId,
  });
}

function disksUnknown({ clusterId, name }: ClusterFacts, { oneCopy, from }: Extra): Consequence {
  const more = Number.isFinite(oneCopy) ? `${formatBytes(oneCopy)} more of each copy` : "more and more, without a limit";
  const sentence = `Whether it fits is not known: the brokers of ${name} do not say how full their disks are. They come to hold ${more}.`;
  const detail = `As the topics grew ${from}. Brokers say how full they are from Kafka 3.3 on, and CloudWatch says it of MSK's volumes.`;
  return consequence({ class: "unseen", sentence, detail, clusterId });
}

/** Bytes freed by broker; null: not known, or nothing. */
function freedOf(outlooks: readonly TopicOutlook[]): Map<number, number> | null {
  const freed = new Map<number, number>();
  for (const { partitions } of outlooks) {
    for (const { gone, replicas } of partitions) {
      if (gone.bytes === null) return null;
      if (gone.bytes > 0) for (const id of replicas) add(freed, id, gone.bytes);
    }
  }
  return freed.size === 0 ? null : freed;
}

function shrinks({ clusterId, name, snapshot }: ClusterFacts, freed: ReadonlyMap<number, number>): Consequence[] {
  const disks = brokerDisks(snapshot);
  const [first] = disks;
  if (first === undefined) return [];
  const fullest = disks.reduce((a, b) => (b.usedBytes / b.totalBytes > a.usedBytes / a.totalBytes ? b : a), first);
  const gone = freed.get(fullest.brokerId) ?? 0;
  const now = formatPercent(fullest.usedBytes / fullest.totalBytes);
  const after = formatPercent(Math.max(0, fullest.usedBytes - gone) / fullest.totalBytes);
  const falls = now === after ? `stays at ${now}` : `falls from ${now} to about ${after}`;
  const detail = gone > 0 ? `${formatBytes(gone)} go from it.` : "None of these topics has a copy on it.";
  return [
    consequence({ class: "fine", sentence: `The fullest disk of ${name}, broker ${fullest.brokerId}, ${falls}.`, detail, clusterId }),
  ];
}
