import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { isPoolSubject } from "@/lib/domain/noise/pool/pool-findings";
import { HOUR_MS } from "@/lib/domain/pool/sampled-hour";
import { isPostureRule, type PostureRule } from "@/lib/domain/posture/rules";
import type { Part } from "@/lib/domain/snapshot";
import { PARTS } from "@/lib/domain/snapshot";
import type { ConditionView } from "@/lib/domain/views/common";
import type { DirectionUse } from "@/lib/domain/views/use";

/** A reading older than this many of its intervals says nothing of now. */
const STALE_INTERVALS = 3;

/**
 * Whether the absence of a condition means that it has ended. It does not while the reading it is judged by is missing or old,
 * or says of its subject that it is not known.
 */
export function isJudged(condition: ConditionView, fleet: FleetSnapshot, nowMs: number): boolean {
  if (isPostureRule(condition.rule)) return judgedBySweep(condition.rule, condition.clusterId, fleet);
  const [area] = condition.rule.split(".");
  switch (area) {
    case "limit":
    case "promise":
      return judgedByUse(condition, fleet);
    case "lag":
      return judgedByGroup(condition, fleet, nowMs);
    case "tenant":
      return condition.rule !== "tenant.silent" || judgedByUse(condition, fleet);
    case "source":
      return wasTried(condition, fleet);
    case "drift":
      return judgedByDeclarables(condition, fleet, nowMs);
    case "noise":
      return judgedByReading(condition, fleet, nowMs);
    case "brake":
      return true;
    case "group":
      return isFresh(fleet, condition.clusterId, "offsets", nowMs);
    default:
      return isFresh(fleet, condition.clusterId, "metadata", nowMs);
  }
}

/** Found by the slow checks: they must have run, and have seen what the rule looks at. */
function judgedBySweep(rule: PostureRule, clusterId: string | null, { clusters, posture }: FleetSnapshot): boolean {
  if (clusterId !== null && !clusters.has(clusterId)) return true;
  const swept = posture?.get(clusterId);
  return swept !== undefined && swept.unseen[rule] === undefined;
}

/** Found in each reading of the brokers' own measures, of pools in each hour: the last one must have been judged, and not be old. */
function judgedByReading({ clusterId, subject }: ConditionView, fleet: FleetSnapshot, nowMs: number): boolean {
  const cluster = clusterId === null ? undefined : fleet.clusters.get(clusterId);
  if (cluster === undefined) return true;
  const judged = fleet.noise?.get(cluster.clusterId);
  if (isPoolSubject(subject)) return judged?.pool?.unseen === null && nowMs - judged.pool.untilMs <= STALE_INTERVALS * HOUR_MS;
  if (judged === undefined || judged.unseen !== null) return false;
  return nowMs - Date.parse(judged.at) <= STALE_INTERVALS * Math.max(cluster.parts.exporter.intervalMs, 300_000);
}

/** The subject is the direction. */
function judgedByUse({ tenantId, rule, subject }: ConditionView, fleet: FleetSnapshot): boolean {
  const state = tenantId === null ? undefined : fleet.tenants.get(tenantId);
  if (state === undefined) return true;
  const use = directionOf(state, subject);
  if (rule.startsWith("promise.")) return use.promise?.state !== "unknown";
  return use.state !== "unknown";
}

function directionOf(state: TenantState, subject: string): DirectionUse {
  return subject === "consume" ? state.consume : state.produce;
}

/** The subject is "group NAME". A group that is gone has no lag, once it is known to be gone. */
function judgedByGroup({ clusterId, subject }: ConditionView, fleet: FleetSnapshot, nowMs: number): boolean {
  if (!isFresh(fleet, clusterId, "offsets", nowMs)) return false;
  const group = clusterId === null ? undefined : fleet.groups.get(clusterId)?.get(subject.replace(/^group /, ""));
  return group === undefined || group.state !== "unknown";
}

/** Whose live values are old may still drift; which overrides are over is known by itself. */
function judgedByDeclarables({ rule, clusterId }: ConditionView, fleet: FleetSnapshot, nowMs: number): boolean {
  if (rule === "drift.override-over") return true;
  const part = rule === "drift.quota" ? "quotas" : "configs";
  return isFresh(fleet, clusterId, part, nowMs) && isFresh(fleet, clusterId, "metadata", nowMs);
}

/** The subject is the part. Before it was tried for the first time, that nothing is missing says nothing. */
function wasTried({ clusterId, subject }: ConditionView, fleet: FleetSnapshot): boolean {
  const part = PARTS.find((name) => name === subject);
  const cluster = clusterId === null ? undefined : fleet.clusters.get(clusterId);
  if (part === undefined || cluster === undefined) return true;
  const { at, problems } = cluster.parts[part];
  return at !== null || problems.length > 0;
}

/** A cluster that is not watched any more has no conditions. */
function isFresh(fleet: FleetSnapshot, clusterId: string | null, part: Part, nowMs: number): boolean {
  const cluster = clusterId === null ? undefined : fleet.clusters.get(clusterId);
  if (cluster === undefined) return true;
  const { at, intervalMs } = cluster.parts[part];
  return at !== null && nowMs - Date.parse(at) <= STALE_INTERVALS * intervalMs;
}
