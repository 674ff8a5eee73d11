import { derived, isKnown, type Known, measured, type Observed, unavailable } from "@/lib/domain/observed";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { ClusterSummary } from "@/lib/domain/views/clusters";
import type { ClusterJoin } from "./cluster-join";
import { metersUnread } from "./topic-rates";

type Extremes = Pick<
  ClusterSummary,
  | "capacityBytesPerSecond"
  | "requestHandlerIdle"
  | "busiestBrokerId"
  | "diskUsedShare"
  | "fullestBrokerId"
  | "diskFullAt"
  | "produceTotalTimeMs"
  | "fetchTotalTimeMs"
>;

interface Extreme {
  observed: Observed<number>;
  brokerId: number | null;
}

/** What of a cluster its worst broker decides: a mean over brokers would hide the one that is full or slow. */
export function brokerExtremes(join: ClusterJoin): Extremes {
  const idle = worstMeter(join, "requestHandlerIdle", (a, b) => a < b);
  const disk = fullestDisk(join.cluster);
  return {
    capacityBytesPerSecond: unavailable(
      "AWS publishes no throughput of a Standard broker to plan with, and nobody has set one.",
      "Measure what your brokers take and set it as the cluster's capacity.",
      join.cluster.at,
    ),
    requestHandlerIdle: idle.observed,
    busiestBrokerId: idle.brokerId,
    diskUsedShare: disk.observed,
    fullestBrokerId: disk.brokerId,
    diskFullAt: null,
    produceTotalTimeMs: worstMeter(join, "produceTotalTimeMsMean", (a, b) => a > b).observed,
    fetchTotalTimeMs: worstMeter(join, "fetchConsumerTotalTimeMsMean", (a, b) => a > b).observed,
  };
}

type Meter = "requestHandlerIdle" | "produceTotalTimeMsMean" | "fetchConsumerTotalTimeMsMean";

function worstMeter({ cluster, brokers }: ClusterJoin, meter: Meter, isWorse: (a: number, b: number) => boolean): Extreme {
  let worst: Known<number> | null = null;
  let brokerId: number | null = null;
  for (const [id, { at, broker }] of brokers.fresh) {
    const value = broker[meter];
    if (value === undefined || (worst !== null && !isWorse(value, worst.value))) continue;
    worst = measured(value, at);
    brokerId = id;
  }
  if (worst !== null) return { observed: worst, brokerId };
  const { reason, remedy } = metersUnread(cluster);
  return { observed: unavailable(reason, remedy, cluster.at), brokerId: null };
}

/** Used share of the fullest broker's log directories; brokers before Kafka 3.3 do not say how large theirs are. */
function fullestDisk({ dirs, parts, at: now }: ClusterSnapshot): Extreme {
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

function usedShares(dirs: ClusterSnapshot["dirs"]): Map<number, number> {
  const sums = new Map<number, { total: number; usable: number }>();
  for (const { brokerId, totalBytes, usableBytes } of dirs) {
    if (totalBytes === null || usableBytes === null || totalBytes === 0) continue;
    const sum = sums.get(brokerId) ?? { total: 0, usable: 0 };
    sums.set(brokerId, { total: sum.total + totalBytes, usable: sum.usable + usableBytes });
  }
  return new Map([...sums].map(([id, { total, usable }]) => [id, 1 - usable / total]));
}
