import { canonicalJson } from "@/lib/domain/change/canonical-json";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import { Override, type OverrideScope, type OverrideSetting, overrideKey } from "@/lib/domain/override";
import type { Tenant } from "@/lib/domain/tenant";

/** As many as a tenant's record holds. */
export const OVERRIDES_MAX = 200;

interface Given {
  setting: OverrideSetting;
  value: Override["value"];
  on?: OverrideScope | undefined;
  until?: string | undefined;
  atEnd?: "report" | "take-back" | undefined;
}

/** An override by whoever makes the change. null: its value is none that this setting can have. */
export function madeOverride(
  { setting, value, on, until, atEnd }: Given,
  { declaring, at }: Pick<PlanFacts, "declaring" | "at">,
): Override | null {
  const by = declaring ?? { author: "nobody yet", reason: "not given yet", at };
  const scope = on === undefined || Object.keys(on).length === 0 ? {} : { on };
  const ending = until === undefined ? {} : { until, atEnd: atEnd ?? "report" };
  const made = Override.safeParse({ setting, value, ...scope, ...by, ...ending });
  return made.success ? made.data : null;
}

/** Who declared it, when and why is another matter: what is declared is the same. */
export function declaresSame(a: Override, b: Override): boolean {
  return overrideKey(a) === overrideKey(b) && a.value === b.value && a.until === b.until && a.atEnd === b.atEnd;
}

/** Overrides of a tenant before and after, by key; `after` null: it ends. */
export type OverrideChanges = ReadonlyMap<string, Override | null>;

/** The tenant as it is declared once its overrides have changed. Those that would stay what they are stay by whom they were declared. */
export function withOverrides(tenant: Tenant, changes: OverrideChanges): Tenant {
  const { overrides = [], ...rest } = tenant;
  const kept = overrides.flatMap((one) => {
    const changed = changes.get(overrideKey(one));
    if (changed === undefined) return [one];
    return changed === null ? [] : [declaresSame(one, changed) ? one : changed];
  });
  const known = new Set(overrides.map(overrideKey));
  const added = [...changes].flatMap(([key, override]) => (override === null || known.has(key) ? [] : [override]));
  const all = [...kept, ...added];
  return all.length === overrides.length && all.every((one, at) => one === overrides[at]) ? tenant : { ...rest, overrides: all };
}

/** The operations that make these of a tenant's overrides. */
export function overrideOperations(before: Tenant, after: Tenant): PlannedOperation[] {
  const was = new Map((before.overrides ?? []).map((one) => [overrideKey(one), one]));
  const is = new Map((after.overrides ?? []).map((one) => [overrideKey(one), one]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [old, now] = [was.get(key), is.get(key)];
    const about = now ?? old;
    if (about === undefined || old === now) return [];
    const { setting, on } = about;
    return [
      {
        target: { kind: "override" as const, tenantId: before.id, setting, ...(on === undefined ? {} : { on }) },
        before: old === undefined ? null : canonicalJson(old),
        after: now === undefined ? null : canonicalJson(now),
        phase: "declare" as const,
        unit: `tenant:${before.id}`,
        note: null,
      },
    ];
  });
}
