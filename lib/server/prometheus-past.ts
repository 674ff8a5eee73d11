import type { ResolvedConnection } from "@/lib/domain/connection";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { readPrometheusRange } from "@/lib/metrics";
import type { ReadPrometheusPast } from "@/lib/operations/context";

/** A person waits for it, and the rest of the page does not. */
const DEADLINE_MS = 10_000;

/** Reads the past from the Prometheus of a connection, for the brokers the cluster has now; null: it names none. */
export function prometheusPast({ exporter }: ResolvedConnection, snapshot: ClusterSnapshot | undefined): ReadPrometheusPast | null {
  const prometheus = exporter?.prometheus ?? null;
  const brokers = snapshot?.metadata?.brokers ?? [];
  if (prometheus === null || brokers.length === 0) return null;
  return (request) => readPrometheusRange({ ...request, prometheus, brokers, clock: { now: Date.now }, deadlineMs: DEADLINE_MS });
}
