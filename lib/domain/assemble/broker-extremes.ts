import { publishedCapacity } from "@/lib/domain/cloud/msk-limits";
import { fullAtMs, usedShares } from "@/lib/domain/disk";
import type { BrokerMeterFact } from "@/lib/domain/facts";
import { fetchTime } from "@/lib/domain/fetch-time";
import { derived, isKnown, type Known, measured, type Observed, unavailable } from "@/lib/domain/observed";
import type { ClusterSnapshot, DiskPoint } from "@/lib/domain/snapshot";
import type { ClusterSummary } from "@/lib/domain/views/clusters";
import type { ClusterJoin } from "./cluster-join";
import { CLOUD_NOTE, metersUnread } from "./topic-rates";

type Extremes = Pick<
  ClusterSummary,
  | "capacityBytesPerSecond"
  | "requestHandlerIdle"
  | "busiestBrokerId"
  | "diskUsedShare"
  | "fullestBrokerId"
  | "diskFullAt"
  | "produceTotalTimeMs"
  | "fetchTimeMs"
>;

interface Extreme {
  observed: Observed<number>;
  brokerId: number | null;
}

/** What of a cluster its worst broker decides: a mean over brokers would hide the one that is full or slow. */
export function brokerExtremes(join: ClusterJoin): Extremes {
  const idle = worstMeter(
    join,
    ({ requestHandlerIdle: value }) => told(value),
    (a, b) => a < b,
  );
  const disk = fullestDisk(join.cluster);
  return {
    capacityBytesPerSecond: capacityOf(join.cluster),
    requestHandlerIdle: idle.observed,
    busiestBrokerId: idle.brokerId,
    diskUsedShare: disk.observed,
    fullestBrokerId: disk.brokerId,
    diskFullAt: disk.brokerId === null ? null : fullAt(join.cluster.diskHistory.get(disk.brokerId) ?? []),
    produceTotalTimeMs: worstMeter(
      join,
      ({ produceTotalTimeMsMean: value }) => told(value),
      (a, b) => a > b,
    ).observed,
    fetchTimeMs: worstMeter(join, fetchTime, (a, b) => a > b).observed,
  };
}

interface Told {
  value: number;
  note: string | null;
}

const told = (value: number | undefined): Told | undefined => (value === undefined ? undefined : { value, note: null });

function worstMeter(
  { cluster, brokers }: ClusterJoin,
  meter: (broker: BrokerMeterFact) => Told | undefined,
  isWorse: (a: number, b: number) => boolean,
): Extreme {
  let worst: Known<number> | null = null;
  let brokerId: number | null = null;
  for (const [id, { at, broker }] of brokers.fresh) {
    const found = meter(broker);
    if (found === undefined || (worst !== null && !isWorse(found.value, worst.value))) continue;
    worst = observedMeter(found, at, brokers.derived);
    brokerId = id;
  }
  if (worst !== null) return { observed: worst, brokerId };
  const { reason, remedy } = metersUnread(cluster);
  return { observed: unavailable(reason, remedy, cluster.at), brokerId: null };
}

/** A broker's figure with how it is known. */
export function observedMeter({ value, note }: Told, at: string, isDerived: boolean): Known<number> {
  if (isDerived) return derived(value, at, note === null ? CLOUD_NOTE : `${CLOUD_NOTE} ${note}`);
  return note === null ? measured(value, at) : { ...measured(value, at), note };
}

function capacityOf({ msk, parts, at }: ClusterSnapshot): Observed<number> {
  const published = msk === null ? null : publishedCapacity(msk.cluster);
  if (published !== null) return derived(published.bytesPerSecond, parts.msk.at ?? at, published.note);
  const reason = "AWS publishes no throughput of a Standard broker to plan with, and nobody has said what these brokers take.";
  return unavailable(reason, "Measure it with a load test: it is bound by volume throughput over replication, network and instance.", at);
}

function fullAt(points: readonly DiskPoint[]): string | null {
  const atMs = fullAtMs(points);
  return atMs === null ? null : new Date(atMs).toISOString();
}

/** CloudWatch's disk figure stands in where the brokers do not tell theirs. */
function fullestDisk(cluster: ClusterSnapshot): Extreme {
  const own = fullestLogDir(cluster);
  if (own.brokerId !== null || cluster.cloud === null) return own;
  let worst: Extreme = own;
  for (const [brokerId, { KafkaDataLogsDiskUsed: percent }] of cluster.cloud.brokers) {
    if (percent === undefined || (isKnown(worst.observed) && percent / 100 <= worst.observed.value)) continue;
    worst = { observed: derived(percent / 100, cluster.cloud.at, "CloudWatch, KafkaDataLogsDiskUsed."), brokerId };
  }
  return worst;
}

function fullestLogDir({ dirs, parts, at: now }: ClusterSnapshot): Extreme {
  const { at, problems } = parts.logs;
  const [problem] = problems;
  let worst: Observed<number> = unavailable(
    problem?.message ?? (at === null ? "Log directories have not been read yet." : "The brokers do not say how large their disks are."),
    problem?.remedy ?? (at === null ? "They are read every minute." : "Brokers say it from Kafka 3.3 on."),
    now,
  );
  let brokerId: number | null = null;
  for (const [id, share] of usedShares(dirs)) {
    if (at === null || (isKnown(worst) && share <= worst.value)) continue;
    worst = derived(share, at);
    brokerId = id;
  }
  return { observed: worst, brokerId };
}
