import type { DriftItem, DriftKind } from "@/lib/domain/drift/drift-item";
import { formatCountOf } from "@/lib/domain/format";
import type { ConditionRule, Finding } from "./condition";

const RULES: Record<DriftKind, { rule: ConditionRule; subject: string }> = {
  quota: { rule: "drift.quota", subject: "quotas" },
  extra: { rule: "drift.quota", subject: "quotas" },
  retention: { rule: "drift.retention", subject: "retention" },
  "message-size": { rule: "drift.message-size", subject: "message size" },
  "override-over": { rule: "drift.override-over", subject: "overrides" },
};

/** The rule under which a kind of drift is a condition. */
export function driftRule(kind: DriftKind): ConditionRule {
  return RULES[kind].rule;
}

/** Of so many items the evidence names the value; all of them are in the list of drift. */
const NAMED_MAX = 5;

/** One finding for each cluster and kind of drift of a tenant: a thousand topics that drift are one thing to know. */
export function driftFindings(items: readonly DriftItem[]): Finding[] {
  const groups = new Map<string, DriftItem[]>();
  for (const item of items) {
    const key = `${item.clusterId} ${RULES[item.kind].rule}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...more] = group;
    if (first === undefined) return [];
    const { tenantId, clusterId, kind, sentence } = first;
    const rest = more.length === 0 ? "" : ` And ${formatCountOf(more.length, "more value", "more values")}.`;
    const evidence = { count: group.length, items: group.slice(0, NAMED_MAX).map(itemWords).join("; ") };
    return [{ ...RULES[kind], severity: "info", sentence: `${sentence}${rest}`, evidence, tenantId, clusterId }];
  });
}

function itemWords({ resource, name, live, declared }: DriftItem): string {
  return `${resource} ${name}: ${live ?? "none"} instead of ${declared ?? "none"}`;
}
