import type { QuotaKey } from "@/lib/domain/facts";
import { limitsNobody } from "@/lib/domain/quota/measure-everybody";
import { METERS } from "@/lib/domain/quota/meters";
import type { BrokerMeters, ClusterSnapshot } from "@/lib/domain/snapshot";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";

/** What the limit of a broker's size held back in one direction. `unclear`: requests were held back, and it may have been by clients' quotas. */
export type HeldBack = { ms: number; bytesPerSecond: number | null } | "unclear";

/** By direction; absent: nothing was published, or the broker is of a kind that has no such limit. */
export type SizeLimit = Partial<Record<Direction, HeldBack>>;

const METRICS: Record<Direction, { time: string; bytes: string }> = {
  produce: { time: "ProduceThrottleTime", bytes: "ProduceThrottleByteRate" },
  consume: { time: "FetchThrottleTime", bytes: "FetchThrottleByteRate" },
};

/**
 * An Express broker holds requests back at the throughput of its size, and tells it by the same metrics as the throttling of clients by
 * their own quotas, which says nothing of the broker. It is the broker's own limit only where no client can have been throttled: because no
 * rule limits anybody, or because the clients' own throttling is measured and is none. Elsewhere it is unclear. Other kinds of brokers have
 * no such limit. Source: the metrics and quotas pages of MSK Express.
 */
export function sizeLimit(
  { msk, quotas }: Pick<ClusterSnapshot, "msk" | "quotas">,
  { clients }: Pick<BrokerMeters, "clients">,
  cloud: Readonly<Record<string, number>> | undefined,
): SizeLimit {
  if (msk?.cluster.kind !== "express" || cloud === undefined) return {};
  const held: SizeLimit = {};
  for (const direction of DIRECTIONS) {
    const { time, bytes } = METRICS[direction];
    const [ms, bytesPerSecond] = [cloud[time], cloud[bytes]];
    if (ms === undefined && bytesPerSecond === undefined) continue;
    const isHeld = (ms ?? 0) > 0 || (bytesPerSecond ?? 0) > 0;
    if (isHeld && mayBeClients(quotas, clients, direction)) held[direction] = "unclear";
    else held[direction] = { ms: ms ?? 0, bytesPerSecond: bytesPerSecond ?? null };
  }
  return held;
}

function mayBeClients(quotas: ClusterSnapshot["quotas"], clients: BrokerMeters["clients"], direction: Direction): boolean {
  const { throttle, key } = METERS[direction];
  if (quotas !== null && !quotas.some(({ values }) => limits(values[key], key))) return false;
  const told = clients.flatMap((client) => client[throttle] ?? []);
  return told.length === 0 || told.some((ms) => ms > 0);
}

function limits(value: number | undefined, key: QuotaKey): boolean {
  return value !== undefined && !limitsNobody(key, value);
}
