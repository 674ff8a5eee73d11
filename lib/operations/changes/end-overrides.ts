import { createHash } from "node:crypto";
import { OVERRIDE_END } from "@/lib/domain/change/own-keys";
import { isInForce, type Override, overrideKey } from "@/lib/domain/override";
import type { Tenant } from "@/lib/domain/tenant";
import type { Context } from "@/lib/operations/context";
import { decide } from "./decide";
import { gatherFacts } from "./gather-facts";
import { storePlan } from "./store-plan";

/** One that could not be taken back (a cluster that does not answer, another change under way) is tried again after this time. */
const AGAIN_MS = 10 * 60_000;

/**
 * Makes the work of ending overrides whose time is over and that are to be taken back: tenant by tenant, as changes on the record. An
 * override that stays for now is shown as over.
 */
export function createOverrideEnds(): (context: Context) => Promise<void> {
  const triedMs = new Map<string, number>();
  return async (context) => {
    const nowMs = context.now().getTime();
    const at = new Date(nowMs).toISOString();
    for (const { tenant } of context.fleet().tenants.values()) {
      const over = (tenant.overrides ?? []).filter((override) => override.atEnd === "take-back" && !isInForce(override, at));
      if (over.length === 0 || nowMs - (triedMs.get(tenant.id) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) continue;
      triedMs.set(tenant.id, nowMs);
      await takeBack(context, tenant, over, Math.floor(nowMs / AGAIN_MS));
    }
  };
}

async function takeBack(context: Context, tenant: Tenant, over: readonly Override[], turn: number): Promise<void> {
  const overrides = over.map(({ setting, on }) => (on === undefined ? { setting } : { setting, on }));
  const request = { kind: "override-end" as const, tenantId: tenant.id, overrides };
  const { facts } = await gatherFacts(context, request);
  const reason = `The time of ${over.length === 1 ? "an override" : `${over.length} overrides`} was over.`;
  const plan = await decide(context, request, facts, reason);
  if (plan.refusals.length > 0 || plan.patch !== null || plan.operations.length === 0) return;
  await storePlan(context, plan, facts, { reason, idempotencyKey: keyOf(tenant, over, turn) });
}

/** The same for two processes that look at the same time, and another for the next try. */
function keyOf({ id }: Tenant, over: readonly Override[], turn: number): string {
  const ends = over.map((override) => `${overrideKey(override)} ${override.until}`).join("\n");
  return `${OVERRIDE_END}${createHash("sha256").update(`${id}\n${turn}\n${ends}`).digest("hex")}`;
}
