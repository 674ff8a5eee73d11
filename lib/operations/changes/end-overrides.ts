import { createHash } from "node:crypto";
import { OVERRIDE_END } from "@/lib/domain/change/own-keys";
import { isInForce, type Override, overrideKey } from "@/lib/domain/override";
import type { Tenant } from "@/lib/domain/tenant";
import type { Context } from "@/lib/operations/context";
import { readChangeByKey } from "@/lib/store";
import { decide } from "./decide";
import { gatherFacts } from "./gather-facts";
import { storePlan } from "./store-plan";

/** One that could not be taken back (a cluster that does not answer, another change under way) is tried again after this time. */
const AGAIN_MS = 10 * 60_000;
/** Each change that was made of it in vain doubles that, up to a day. */
const AGAIN_MAX_MS = 24 * 3_600_000;

/**
 * Makes the work of ending overrides whose time is over and that are to be taken back: tenant by tenant, as changes on the record. An
 * override that stays for now is shown as over. `elapsedMs` only ever rises, whatever the machine's time of day does.
 */
export function createOverrideEnds(elapsedMs: () => number = () => performance.now()): (context: Context) => Promise<void> {
  /** When each set of ends may be tried again. */
  let againMs = new Map<string, number>();
  return async (context) => {
    const at = context.now().toISOString();
    const before = againMs;
    againMs = new Map();
    const due: { tenant: Tenant; over: Override[]; ends: string }[] = [];
    for (const { tenant } of context.fleet().tenants.values()) {
      const over = (tenant.overrides ?? []).filter((override) => override.atEnd === "take-back" && !isInForce(override, at));
      if (over.length === 0) continue;
      const ends = endsOf(tenant, over);
      const waitsUntilMs = before.get(ends) ?? Number.NEGATIVE_INFINITY;
      if (elapsedMs() >= waitsUntilMs) due.push({ tenant, over, ends });
      else againMs.set(ends, waitsUntilMs);
    }
    for (const { tenant, over, ends } of due) {
      againMs.set(ends, elapsedMs() + AGAIN_MS);
      const tries = await takeBack(context, tenant, over, ends);
      againMs.set(ends, elapsedMs() + Math.min(AGAIN_MS * 2 ** Math.max(0, tries - 1), AGAIN_MAX_MS));
    }
  };
}

/** Names what ends of a tenant: another override that ends makes it another, which waits for nothing. */
function endsOf({ id }: Tenant, over: readonly Override[]): string {
  return [id, ...over.map((override) => `${overrideKey(override)} ${override.until}`)].join("\n");
}

/** Answers how many changes were made of it so far, this one included. */
async function takeBack(context: Context, tenant: Tenant, over: readonly Override[], ends: string): Promise<number> {
  const { tries, isUnderWay } = await triesOf(context, ends);
  if (isUnderWay) return tries;
  const overrides = over.map(({ setting, on }) => (on === undefined ? { setting } : { setting, on }));
  const request = { kind: "override-end" as const, tenantId: tenant.id, overrides };
  const { facts } = await gatherFacts(context, request);
  const reason = `The time of ${over.length === 1 ? "an override" : `${over.length} overrides`} was over.`;
  const plan = await decide(context, request, facts, reason);
  if (plan.refusals.length > 0 || plan.patch !== null || plan.operations.length === 0) return tries;
  await storePlan(context, plan, facts, { reason, idempotencyKey: keyOf(ends, tries + 1) });
  return tries + 1;
}

/** The record knows it, also after a restart. `isUnderWay`: the last of them, whoever made it, is still being carried out. */
async function triesOf({ store }: Context, ends: string): Promise<{ tries: number; isUnderWay: boolean }> {
  let isUnderWay = false;
  for (let tries = 0; ; tries++) {
    const change = await readChangeByKey(store, keyOf(ends, tries + 1));
    if (change === null) return { tries, isUnderWay };
    isUnderWay = change.finishedAt === null;
  }
}

/** The same for two processes that look at the same time, and another for the next try. */
function keyOf(ends: string, attempt: number): string {
  return `${OVERRIDE_END}${createHash("sha256").update(`${attempt}\n${ends}`).digest("hex")}`;
}
