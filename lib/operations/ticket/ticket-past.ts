import type { TenantState } from "@/lib/domain/fleet";
import { OTHER_TENANT } from "@/lib/domain/people/other-tenant";
import type { TicketPast } from "@/lib/domain/ticket/answers";
import type { ConditionView } from "@/lib/domain/views/common";
import { conditionsWithin } from "@/lib/operations/conditions/conditions-within";
import type { Context } from "@/lib/operations/context";
import { type HistoryPoint, listConditions, readHistory } from "@/lib/store";

/** As fine as it is still kept: a day of minutes, five days of five minutes, two months of hours. */
const POINTS_MAX = 1_500;

/** What is kept of a tenant over a time. Of several clusters the worst counts in each step, so that no minute is counted twice. */
export async function ticketPast(context: Context, { tenant }: TenantState, fromMs: number, toMs: number): Promise<TicketPast> {
  const query = { tenantId: tenant.id, fromMs, toMs, maxPoints: POINTS_MAX };
  const { stepMs, clusters } = await readHistory(context.store, query, context.now());
  const steps = Map.groupBy(
    clusters.flatMap(({ points }) => points),
    ({ atMs }) => atMs,
  );
  const past: TicketPast = { ...NOTHING, stepMs, episodes: await episodesOf(context, tenant, fromMs, toMs) };
  for (const step of steps.values()) addStep(past, step);
  return past;
}

const NOTHING: Omit<TicketPast, "stepMs" | "episodes"> = {
  minutesSeen: 0,
  lagMinutesSeen: 0,
  lagMinutesJudged: 0,
  lagMinutesMissed: 0,
  lagMaxMs: null,
  lagMaxRecords: null,
  throttleMinutesKnown: 0,
  minutesThrottled: 0,
  minutesThrottledBelow: 0,
  throttleMaxMs: null,
};

function addStep(past: TicketPast, step: readonly HistoryPoint[]): void {
  const rates = step.flatMap(({ summary: { produce, consume } }) => [produce, consume]).filter((one) => one !== null);
  const lags = step.map(({ summary }) => summary.lag).filter((one) => one !== null);
  const most = <T>(list: readonly T[], of: (one: T) => number): number => Math.max(0, ...list.map(of));
  const highest = (before: number | null, values: readonly (number | null)[]): number | null => {
    const known = [before, ...values].filter((value) => value !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  past.minutesSeen += Math.max(
    most(rates, ({ minutesSeen }) => minutesSeen),
    most(lags, ({ minutesSeen }) => minutesSeen),
  );
  past.lagMinutesSeen += most(lags, ({ minutesSeen }) => minutesSeen);
  past.lagMinutesJudged += most(lags, ({ minutesJudged }) => minutesJudged);
  past.lagMinutesMissed += most(lags, ({ minutesMissed }) => minutesMissed);
  past.throttleMinutesKnown += most(rates, ({ minutesThrottleKnown }) => minutesThrottleKnown);
  past.minutesThrottled += most(rates, ({ minutesThrottled }) => minutesThrottled);
  past.minutesThrottledBelow += most(rates, ({ minutesThrottledBelowPromise }) => minutesThrottledBelowPromise);
  past.lagMaxMs = highest(
    past.lagMaxMs,
    lags.map(({ maxTimeMs }) => maxTimeMs),
  );
  past.lagMaxRecords = highest(
    past.lagMaxRecords,
    lags.map(({ maxRecords }) => maxRecords),
  );
  past.throttleMaxMs = highest(
    past.throttleMaxMs,
    rates.map(({ maxThrottleMs }) => maxThrottleMs),
  );
}

/** Of the tenant, of its clusters, and of those who were noisy there. */
async function episodesOf(
  context: Context,
  { id, placements }: TenantState["tenant"],
  fromMs: number,
  toMs: number,
): Promise<ConditionView[]> {
  const endedSince = new Date(fromMs);
  const found = await listConditions(context.store, { tenantId: id, endedSince });
  for (const clusterId of new Set(placements.map(({ cluster }) => cluster))) {
    const rules = ["broker.missing", "partition.leaderless", "partition.under-replicated", "noise.pressure", "noise.noisy"];
    found.push(...(await listConditions(context.store, { clusterId, endedSince, rules })).filter(({ tenantId }) => tenantId !== id));
  }
  const then = found.filter(({ since }) => Date.parse(since) < toMs).map(({ episode: _, ...condition }) => condition);
  return [...conditionsWithin(context, then), ...neighboursOutside(context, then)];
}

/** To a role with limits somebody outside who was noisy is a neighbour without a name. */
function neighboursOutside({ actor, fleet }: Context, then: readonly ConditionView[]): ConditionView[] {
  if ((actor.limits ?? null) === null) return [];
  const { tenants } = fleet();
  const outside = then.filter(({ rule, tenantId }) => rule === "noise.noisy" && tenantId !== null && !tenants.has(tenantId));
  return outside.map((condition) => ({ ...condition, tenantId: OTHER_TENANT }));
}
