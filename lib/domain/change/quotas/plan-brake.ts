import { basisOf } from "@/lib/domain/change/basis";
import { type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Refusal } from "@/lib/domain/change/plan";
import type { RequestOf } from "@/lib/domain/change/request";
import { noTenant } from "@/lib/domain/change/resolve-scope";
import { minuteOf, named } from "@/lib/domain/change/words";
import type { QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import { quotaHolders } from "@/lib/domain/declared/quota-holders";
import { formatSetRate } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { METERS } from "@/lib/domain/quota/meters";
import type { Steps } from "@/lib/domain/steps";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";
import { brakeConsequences } from "./brake-consequences";
import { type BrakeCap, brakeRules } from "./brake-rules";
import { quotaScale } from "./quota-scale";

/**
 * Caps a tenant on each broker for some minutes; the change takes itself back at its end. It only ever lowers: what is limited to less
 * already stays as it is.
 */
export function* planBrake(request: RequestOf<"brake">, facts: PlanFacts): Steps<Draft> {
  const draft = emptyDraft();
  const state = facts.tenants.get(request.tenantId);
  const basis = state === undefined ? null : basisOf(state, facts);
  if (state === undefined || basis === null) {
    draft.title = `Brake ${request.tenantId}`;
    draft.refusals.push({ ...noTenant(request.tenantId), field: "tenantId" });
    return draft;
  }
  const caps = capsOf(request);
  draft.title = titleOf(basis, caps, request.minutes);
  const refusal = brakedAlready(basis, facts) ?? withoutIdentity(basis, facts);
  if (refusal !== null) {
    draft.refusals.push(refusal);
    return draft;
  }
  const { operations, leftOut, refusals } = brakeRules(basis, caps, facts);
  draft.operations = operations;
  if (operations.length === 0) draft.refusals.push(...refusals);
  else draft.leftOut = leftOut;
  draft.consequences = yield* brakeConsequences(operations, { state, basis, minutes: request.minutes, facts });
  draft.picture = yield* quotaScale(operations, facts);
  draft.typeName = basis.tenant.name;
  return draft;
}

function capsOf({ produceBytesPerSecond, consumeBytesPerSecond }: RequestOf<"brake">): BrakeCap[] {
  const given: Record<Direction, number | undefined> = { produce: produceBytesPerSecond, consume: consumeBytesPerSecond };
  return DIRECTIONS.flatMap((direction) => {
    const bytesPerSecond = given[direction];
    return bytesPerSecond === undefined ? [] : [{ direction, key: METERS[direction].key, bytesPerSecond }];
  });
}

/** "Brake Kestrel to 20 kB/s a broker for 30 min"; with two caps, or one to consume, it says which way. */
function titleOf({ tenant }: QuotaBasis, caps: readonly BrakeCap[], minutes: number): string {
  const rates = new Set(caps.map(({ bytesPerSecond }) => bytesPerSecond));
  const [first] = caps;
  const both = caps.length === DIRECTIONS.length && rates.size === 1;
  const only = caps.length === 1 && first?.direction === "produce";
  const each = caps.map(({ direction, bytesPerSecond }) => `${formatSetRate(bytesPerSecond)} a broker to ${direction}`);
  const to = first !== undefined && (both || only) ? `${formatSetRate(first.bytesPerSecond)} a broker` : each.join(" and ");
  return `Brake ${named(tenant.name)} to ${to} for ${minutes}\u00a0min`;
}

function brakedAlready({ tenant }: QuotaBasis, { brakes }: PlanFacts): Refusal | null {
  const brake = brakes.get(tenant.id);
  if (brake === undefined) return null;
  const reason = `${tenant.name} is under a brake of ${brake.by} until ${minuteOf(brake.until)}.`;
  return {
    field: null,
    reason,
    wayOut: "Release it first.",
    link: { label: `Change ${brake.changeId}`, href: paths.change(brake.changeId) },
  };
}

/** A tenant whose records come with clients of many tenants cannot be held back by itself. */
function withoutIdentity({ tenant }: QuotaBasis, { registry }: PlanFacts): Refusal | null {
  const { holders, unruled } = quotaHolders(tenant);
  if (holders.length > 0) return null;
  const [first] = unruled;
  const services = registry.services.filter(
    ({ cluster, role }) => role === "service" && tenant.placements.some((one) => one.cluster === cluster),
  );
  const names = services.map(({ principal }) => principal.name);
  const serving = names.length === 0 ? "" : ` A rule on ${names.join(" or ")} would hold back every tenant it serves.`;
  const reason = `${first?.reason ?? `${tenant.name} is placed on no cluster.`}${serving}`;
  const link = { label: "Its placements", href: paths.tenant(tenant.id, "access") };
  return { field: "tenantId", reason, wayOut: first?.wayOut ?? "Add a placement to it.", link };
}
