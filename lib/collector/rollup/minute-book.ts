import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import { type ClusterMinute, type TenantMinute, WHOLE_CLUSTER } from "@/lib/store";
import { brokersReading } from "./brokers-reading";
import { addDirection, addLag, emptySum, type MinuteSum, toMinute } from "./minute-sums";
import { directionReading, lagReading, storageReading } from "./tenant-reading";

const MINUTE_MS = 60_000;
/** Tenants taken in one step. */
const STEP = 50;

export interface MinuteBook {
  /** Takes what the fleet shows of a cluster, each of its readings once. */
  add: (fleet: FleetSnapshot, clusterId: string) => Steps<void>;
  /** The minutes of a cluster that ended at `nowMs`, oldest first; they are not kept any longer. */
  takeEnded: (clusterId: string, nowMs: number) => Steps<ClusterMinute[]>;
}

type Reading = "rates" | "lag" | "storage";

interface ClusterBook {
  /** Time of the last reading of each kind that was taken. */
  taken: Record<Reading, string>;
  minutes: Map<number, Map<string, MinuteSum>>;
}

/**
 * Collects readings into minutes, each in the minute in which it was made. Readings older than `sinceMs` come from a saved
 * snapshot and were counted when they were made.
 */
export function createMinuteBook(sinceMs: number): MinuteBook {
  const books = new Map<string, ClusterBook>();

  function bookOf(clusterId: string): ClusterBook {
    const since = new Date(sinceMs).toISOString();
    const book = books.get(clusterId) ?? { taken: { rates: since, lag: since, storage: since }, minutes: new Map() };
    books.set(clusterId, book);
    return book;
  }

  return {
    *add(fleet, clusterId) {
      const cluster = fleet.clusters.get(clusterId);
      if (cluster === undefined) return;
      const book = bookOf(clusterId);
      const fresh = freshReadings(book, cluster);
      for (const { reading, at } of fresh) book.taken[reading] = at;
      addItself(book, cluster, fresh);
      let tenants = 0;
      for (const state of fleet.tenants.values()) {
        if (fresh.length === 0) return;
        if (!state.tenant.placements.some((placement) => placement.cluster === clusterId)) continue;
        for (const { reading, at } of fresh) {
          const sums = minuteOf(book, at);
          const sum = sums.get(state.tenant.id) ?? emptySum();
          sums.set(state.tenant.id, sum);
          if (reading === "lag") sum.lag = addLag(sum.lag, lagReading(state, clusterId));
          else if (reading === "storage") sum.storageBytes = storageReading(state, clusterId) ?? sum.storageBytes;
          else
            for (const direction of ["produce", "consume"] as const) {
              const rates = directionReading(state, clusterId, direction);
              if (rates !== null) sum[direction] = addDirection(sum[direction], rates);
            }
        }
        if (++tenants % STEP === 0) yield;
      }
    },
    *takeEnded(clusterId, nowMs) {
      const { minutes } = bookOf(clusterId);
      const ended = [...minutes.keys()].filter((atMs) => atMs + MINUTE_MS <= nowMs).sort((a, b) => a - b);
      const taken: ClusterMinute[] = [];
      for (const atMs of ended) {
        const sums = minutes.get(atMs) ?? new Map<string, MinuteSum>();
        // Gone before the first pause: a reading that comes late opens the minute anew, and is not lost with this one.
        minutes.delete(atMs);
        taken.push({ clusterId, atMs, tenants: yield* minutesOf(sums) });
      }
      return taken;
    },
  };
}

function* minutesOf(sums: ReadonlyMap<string, MinuteSum>): Steps<TenantMinute[]> {
  const tenants: TenantMinute[] = [];
  let done = 0;
  for (const [tenantId, sum] of sums) {
    const minute = toMinute(tenantId, sum);
    if (minute !== null) tenants.push(minute);
    if (++done % STEP === 0) yield;
  }
  return tenants;
}

/** What all clients together put through each broker, kept like a tenant's traffic under a name that no tenant can have. */
function addItself(book: ClusterBook, { meters }: ClusterSnapshot, fresh: readonly { reading: Reading; at: string }[]): void {
  for (const { reading, at } of fresh) {
    if (reading !== "rates") continue;
    for (const direction of ["produce", "consume"] as const) {
      const rates = brokersReading(meters, direction);
      if (rates === null) continue;
      const sums = minuteOf(book, at);
      const sum = sums.get(WHOLE_CLUSTER) ?? emptySum();
      sums.set(WHOLE_CLUSTER, sum);
      sum[direction] = addDirection(sum[direction], rates);
    }
  }
}

/** Where no exporter is read, CloudWatch's newest minute is the reading of rates: derived, and in the minute it tells of. */
function freshReadings(book: ClusterBook, { parts, cloud }: ClusterSnapshot): { reading: Reading; at: string }[] {
  const times: [Reading, string | null][] = [
    ["rates", parts.exporter.at ?? cloud?.at ?? null],
    ["lag", parts.offsets.at],
    ["storage", parts.logs.at],
  ];
  return times.flatMap(([reading, at]) => (at !== null && at > book.taken[reading] ? [{ reading, at }] : []));
}

function minuteOf(book: ClusterBook, at: string): Map<string, MinuteSum> {
  const atMs = Math.floor(Date.parse(at) / MINUTE_MS) * MINUTE_MS;
  const sums = book.minutes.get(atMs) ?? new Map<string, MinuteSum>();
  book.minutes.set(atMs, sums);
  return sums;
}
