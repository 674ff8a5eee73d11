import type { TenantState } from "@/lib/domain/fleet";
import { promiseOnBroker, spreadsOn } from "./entitlement";
import type { Judging } from "./judging";
import { type BrokerPressure, type Level, type LevelMemory, RESOURCES, type Resource } from "./noise";
import { type BrokerTraffic, brokerRate, type Traffic } from "./traffic";
import { judge, timesOf } from "./verdict";

/** What is less of a resource than this is nothing to share out: bytes per second, or percent of a thread. */
const LITTLE: Record<Resource, number> = { in: 10_000, out: 10_000, requests: 1 };
const STEP = 200;

/** What each tenant takes of each resource on each broker, how that is judged, and what of it the next reading has to know. */
export function* levelsOf(judging: Judging, traffic: Traffic, pressures: ReadonlyMap<number, BrokerPressure>) {
  const { fleet, cluster, memory, fresh, atMs, intervalMs } = judging;
  const levels: Level[] = [];
  const remembered = new Map<string, LevelMemory>();
  const spreadOf = spreadsOn(cluster);
  let done = 0;
  for (const [brokerId, byTenant] of traffic) {
    const meters = fresh.get(brokerId);
    if (meters === undefined) continue;
    const promises = new Map<string, Record<Resource, number | null>>();
    for (const tenantId of byTenant.keys()) {
      const state = fleet.tenants.get(tenantId);
      if (state !== undefined) promises.set(tenantId, promiseOnBroker(state, cluster, spreadOf(state), brokerId));
      if (++done % STEP === 0) yield;
    }
    for (const resource of RESOURCES) {
      const all = brokerRate(meters, resource);
      if (all === null || all < LITTLE[resource]) continue;
      const promised = activePromise(byTenant, promises, resource);
      for (const [tenantId, { rates, source }] of byTenant) {
        if (++done % STEP === 0) yield;
        const rate = rates[resource];
        const state = fleet.tenants.get(tenantId);
        if (rate === undefined || rate === 0 || state === undefined) continue;
        const own = promises.get(tenantId)?.[resource] ?? null;
        const entitlement = own === null || promised === 0 ? null : own / promised;
        const share = Math.min(1, rate / all);
        const key = `${tenantId}|${brokerId}|${resource}`;
        const promise = promiseState(state, resource, rate, own);
        const pressureSinceMs = pressures.get(brokerId)?.sinceMs ?? null;
        const judged = judge({ share, entitlement, promise, pressureSinceMs, atMs, toleranceMs: intervalMs }, memory.levels.get(key));
        if (judged.memory.overSinceMs !== null || judged.memory.isOn) remembered.set(key, judged.memory);
        const times = entitlement === null ? null : timesOf(share, entitlement);
        levels.push({
          tenantId,
          brokerId,
          resource,
          rate,
          brokerRate: all,
          share,
          entitlement,
          times,
          verdict: judged.verdict,
          sinceMs: judged.sinceMs,
          source,
        });
      }
    }
  }
  return { levels, remembered };
}

/** The list promises of all that use the resource there now. */
function activePromise(
  byTenant: ReadonlyMap<string, BrokerTraffic>,
  promises: ReadonlyMap<string, Record<Resource, number | null>>,
  resource: Resource,
): number {
  let sum = 0;
  for (const [tenantId, { rates }] of byTenant) if ((rates[resource] ?? 0) > 0) sum += promises.get(tenantId)?.[resource] ?? 0;
  return sum;
}

/**
 * Bytes are promised in all, request time on each broker by itself. Whoever is inside the one or the other is not blamed for request time:
 * who sends what was promised needs the requests for it.
 */
function promiseState(
  state: TenantState,
  resource: Resource,
  rate: number,
  promised: number | null,
): "within" | "above" | "unknown" | "none" {
  if (resource !== "requests") return (resource === "in" ? state.produce.promise : state.consume.promise)?.state ?? "none";
  if (promised === null) return "none";
  const bytes = [state.produce.promise?.state, state.consume.promise?.state];
  if (rate <= promised || bytes.every((one) => one === undefined || one === "within")) return "within";
  return bytes.includes("above") ? "above" : "unknown";
}
