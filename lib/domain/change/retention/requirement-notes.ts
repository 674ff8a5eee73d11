import { consequence } from "@/lib/domain/change/draft";
import type { Consequence } from "@/lib/domain/change/plan";
import { listed, named } from "@/lib/domain/change/words";
import type { TenantState } from "@/lib/domain/fleet";
import { formatSpan } from "@/lib/domain/format";
import { cleanupPolicy, tightens } from "./limits";
import type { TopicOutlook } from "./outlook";

/** What tenants need beyond their tier that a retention bears on: to be forgotten in time, and to read again. */
export function requirementNotes(outlooks: readonly TopicOutlook[]): Consequence[] {
  return [...forgottenLate(outlooks), ...lessToReplay(outlooks)];
}

function forgottenLate(outlooks: readonly TopicOutlook[]): Consequence[] {
  const late = new Map<TenantState, { withinMs: number; afterMs: number }>();
  for (const { changed, after } of outlooks) {
    const afterMs = cleanupPolicy(changed) === "compact" ? Number.POSITIVE_INFINITY : after.ms;
    if (afterMs === null) continue;
    for (const state of changed.scoped.tenants) {
      const withinMs = state.tenant.requirements?.forgetWithinMs;
      if (withinMs === undefined || afterMs <= withinMs) continue;
      late.set(state, { withinMs, afterMs: Math.max(afterMs, late.get(state)?.afterMs ?? 0) });
    }
  }
  const [first] = late;
  if (first === undefined) return [];
  const [{ tenant }, { withinMs, afterMs }] = first;
  const kept = Number.isFinite(afterMs) ? `for ${formatSpan(afterMs)}` : "for ever";
  const sentence =
    late.size === 1
      ? `${named(tenant.name)} has to be forgotten within ${formatSpan(withinMs)}; records then stay ${kept}.`
      : `${listed([...late.keys()].map((state) => state.tenant.name))} have to be forgotten sooner than these records go.`;
  return [consequence({ class: "breach", sentence, tenantId: late.size === 1 ? tenant.id : null })];
}

function lessToReplay(outlooks: readonly TopicOutlook[]): Consequence[] {
  const shorter = outlooks.filter(({ changed }) => tightens(changed) && cleanupPolicy(changed) !== "compact");
  const states = new Set(
    shorter.flatMap(({ changed }) => changed.scoped.tenants).filter(({ tenant }) => tenant.requirements?.replay === true),
  );
  const [first] = states;
  if (first === undefined) return [];
  const names = listed([...states].map(({ tenant }) => tenant.name));
  const sentence = `${names} ${states.size === 1 ? "needs" : "need"} to read again what was read: that goes back no further than the new limit.`;
  return [consequence({ class: "note", sentence, tenantId: states.size === 1 ? first.tenant.id : null })];
}
