import { CONDITION_LABELS, type ConditionRule } from "@/lib/domain/conditions/condition";
import type { ConditionView } from "@/lib/domain/views/common";
import { type ClusterNoise, type LevelMemory, type NoiseMemory, RESOURCES, type Resource } from "./noise";
import { levelKey } from "./pool/judge-hour";
import { poolSubject } from "./pool/pool-findings";
import { EMPTY_POOL_MEMORY, POOL_RESOURCES, type PoolMemory } from "./pool/pool-noise";

/** The memory of a process that starts, from the episodes its store has open: they go on where they were, and do not begin anew. */
export function rememberOpen(memory: NoiseMemory, open: readonly ConditionView[], clusterId: string): NoiseMemory {
  const levels = new Map<string, LevelMemory>(memory.levels);
  const brokers = new Map(memory.brokers);
  for (const { rule, clusterId: on, tenantId, subject, since, evidence } of open) {
    if (on !== clusterId || !rule.startsWith("noise.")) continue;
    const [, broker, resource] = /^broker (\d+)(?: (\w+))?$/.exec(subject) ?? [];
    if (broker === undefined) continue;
    const sinceMs = Date.parse(since);
    if (rule !== "noise.loud") brokers.set(Number(broker), { sinceMs, isUnder: true, calmReadings: 0, signs: [] });
    if (tenantId === null || !isResource(resource)) continue;
    const peak = typeof evidence.peakShare === "number" ? evidence.peakShare : 0;
    levels.set(`${tenantId}|${broker}|${resource}`, { overSinceMs: sinceMs, overReadings: 2, underReadings: 0, isOn: true, peak });
  }
  return { ...memory, levels, brokers };
}

/** The same of its pools, whose episodes go on from hour to hour. */
export function rememberOpenPool(open: readonly ConditionView[], clusterId: string): PoolMemory {
  const levels = new Map<string, LevelMemory>();
  for (const { rule, clusterId: on, tenantId, subject, since, evidence } of open) {
    const resource = POOL_RESOURCES.find((one) => poolSubject(one) === subject);
    if (on !== clusterId || tenantId === null || resource === undefined || !rule.startsWith("noise.")) continue;
    const peak = typeof evidence.peakShare === "number" ? evidence.peakShare : 0;
    levels.set(levelKey(tenantId, resource), { overSinceMs: Date.parse(since), overReadings: 1, underReadings: 0, isOn: true, peak });
  }
  return { ...EMPTY_POOL_MEMORY, levels };
}

/** What another process wrote down of a cluster: its findings, and no levels. */
export function adoptedNoise(open: readonly ConditionView[], clusterId: string, at: string): ClusterNoise {
  const findings = open.flatMap(({ rule, severity, sentence, evidence, tenantId, clusterId: on, subject, since }) =>
    on === clusterId && isNoiseRule(rule)
      ? [{ rule, severity, sentence, evidence, tenantId, clusterId: on, subject, sinceMs: Date.parse(since) }]
      : [],
  );
  const unseen = "Another process reads this cluster; shown is what that one wrote down.";
  return { clusterId, at, levels: [], brokers: [], episodes: [], findings, unseen };
}

function isNoiseRule(rule: string): rule is ConditionRule {
  return rule.startsWith("noise.") && Object.hasOwn(CONDITION_LABELS, rule);
}

function isResource(text: string | undefined): text is Resource {
  return RESOURCES.some((resource) => resource === text);
}
