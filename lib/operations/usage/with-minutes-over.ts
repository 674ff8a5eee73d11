import { listPromise } from "@/lib/domain/promised";
import type { Tier } from "@/lib/domain/tier";
import type { UsageRow } from "@/lib/domain/views/usage";
import type { Context } from "@/lib/operations/context";
import { type MinutesOver, readMinutesOver } from "@/lib/store";
import { KEPT_MS, keptAnswers } from "./kept-answers";

const DAYS = 90;
const DAY_MS = 86_400_000;
const overOf = keptAnswers<Map<string, MinutesOver>>();

/** How long each tenant was above what a tier promises, over the last 90 days; who was not seen has no entry. */
export function minutesOver(context: Context, asked: readonly { tenantId: string; tier: Tier }[]): Promise<Map<string, MinutesOver>> {
  const nowMs = context.now().getTime();
  const toMs = Math.floor(nowMs / KEPT_MS) * KEPT_MS;
  const questions = asked.map(({ tenantId, tier }) => ({
    tenantId,
    produce: listPromise(tier, "produce"),
    consume: listPromise(tier, "consume"),
  }));
  const key = `${toMs} ${questions.map(({ tenantId, produce, consume }) => `${tenantId}:${produce}:${consume}`).join(" ")}`;
  return overOf(context.store, key, nowMs, () => readMinutesOver(context.store, questions, { fromMs: toMs - DAYS * DAY_MS, toMs }));
}

/** Of each lower tier that is suggested: how long the tenant was above what that one promises. */
export async function withMinutesOver(context: Context, rows: UsageRow[]): Promise<UsageRow[]> {
  const { tiers } = context.fleet();
  const asked = rows.flatMap(({ tenantId, suggestion: { tierId, perMonth } }) => {
    const tier = tierId === null || perMonth === null || perMonth >= 0 ? undefined : tiers.get(tierId);
    return tier === undefined ? [] : [{ tenantId, tier }];
  });
  if (asked.length === 0) return rows;
  const over = await minutesOver(context, asked);
  const ids = new Set(asked.map(({ tenantId }) => tenantId));
  return rows.map((row) =>
    ids.has(row.tenantId) ? { ...row, suggestion: { ...row.suggestion, over: over.get(row.tenantId) ?? null } } : row,
  );
}
