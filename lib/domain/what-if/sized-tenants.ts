import type { TenantState } from "@/lib/domain/fleet";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";
import type { SizedTenant } from "@/lib/domain/views/what-if";
import { leadingOf, oneDown, type Spread, spreadOf } from "./spread";

/** The highest minute of a tenant in one direction on a cluster, over a time. */
export interface PastPeak {
  bytesPerSecond: number;
  /** On its worst broker, over the quota of then; null: none was known. */
  quotaUse: number | null;
  minutesThrottled: number;
}

export type PastPeaks = Partial<Record<Direction, PastPeak | null>>;

interface Sized {
  sizes: readonly number[];
  brokersNow: number;
}

/**
 * Each direction of a tenant that its rules limit: its highest minute against what they let through at each size. Rules stay as they
 * are, per broker, until a change sets them. null: nothing of it was seen in this time.
 */
export function sizedTenant(
  state: TenantState,
  cluster: ClusterSnapshot,
  peaks: PastPeaks | undefined,
  sized: Sized,
): SizedTenant[] | null {
  const spread = cluster.metadata === null ? null : spreadOf(state, cluster.clusterId, cluster.metadata);
  const limits = DIRECTIONS.map((direction) => ({ direction, quota: quotaOn(state, cluster.clusterId, direction) }));
  if (limits.every(({ quota }) => quota === null)) return [];
  if (spread === null || peaks === undefined) return null;
  return limits.flatMap(({ direction, quota }) => {
    const peak = peaks[direction] ?? null;
    if (peak === null || quota === null) return [];
    return {
      tenantId: state.tenant.id,
      tenantName: state.tenant.name,
      direction,
      peakBytesPerSecond: peak.bytesPerSecond,
      isCutOff: peak.minutesThrottled > 0,
      quotaBytesPerSecond: quota,
      partitions: spread.partitions,
      bySize: sized.sizes.map((brokers) => shareAt(brokers, sized.brokersNow, { peak, quota, spread })),
    };
  });
}

/** What all its rules there let through on one broker; null: one of its identities has none, so nothing holds it back. */
function quotaOn(state: TenantState, clusterId: string, direction: Direction): number | null {
  const buckets = state[direction].buckets.filter((bucket) => bucket.clusterId === clusterId);
  if (buckets.length === 0) return null;
  let sum = 0;
  for (const { quota } of buckets) {
    if (quota === null || quota.value <= 0) return null;
    sum += quota.value;
  }
  return sum;
}

interface Load {
  peak: PastPeak;
  quota: number;
  spread: Spread;
}

function shareAt(brokers: number, brokersNow: number, { peak, quota, spread }: Load): SizedTenant["bySize"][number] {
  const leading = leadingOf(spread, brokersNow, brokers);
  const at = (over: number): { share: number; by: "hottest" | "even" } => {
    const even = peak.bytesPerSecond / (quota * over);
    // Unevenness is taken to stay: what a broker led is led by as many times fewer.
    const hottest = peak.quotaUse === null ? 0 : (peak.quotaUse * spread.leading) / over;
    return hottest > even ? { share: hottest, by: "hottest" } : { share: even, by: "even" };
  };
  return { brokersLeading: leading, ...at(leading), shareOneDown: at(oneDown(leading)).share };
}
