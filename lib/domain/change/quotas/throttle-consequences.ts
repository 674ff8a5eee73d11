import { consequence } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Consequence } from "@/lib/domain/change/plan";
import { listed, named } from "@/lib/domain/change/words";
import { formatByteRate, formatCountOf, formatPercent, formatRateOf, formatSetRate } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { mapInSlices, type Steps } from "@/lib/domain/steps";
import type { TenantRules } from "./rule-changes";
import { type ThrottleOutlook, throttleOutlooks, worstPast } from "./throttle-outlook";

/** Of so many tenants each is told about by itself; of more, how many and the first names. */
export const TOLD_EACH_MAX = 5;

const SLICE = 50;

const DID = { produce: "produced", consume: "consumed" } as const;

/** Whether tenants would be held back, on which broker and by how much, from the rates of the last hour. */
export function* throttleConsequences(tenants: readonly TenantRules[], facts: PlanFacts): Steps<Consequence[]> {
  const outlooks = (yield* mapInSlices(tenants, SLICE, (tenant) => throttleOutlooks(tenant, facts))).flat();
  if (tenants.length > TOLD_EACH_MAX) return summed(outlooks);
  return outlooks.map(toldOne).filter((one) => one !== null);
}

function toldOne(outlook: ThrottleOutlook): Consequence | null {
  const { tenant, cluster } = outlook;
  const { id } = tenant.basis.tenant;
  const about = { tenantId: id, clusterId: cluster.clusterId, links: [{ label: "Its rates", href: paths.tenant(id) }] };
  switch (outlook.verdict) {
    case "throttled":
      return consequence({ class: "throttles", ...throttledWords(outlook), ...about });
    case "fits":
      return consequence({ class: "fine", ...fittingWords(outlook), ...about });
    case "unseen":
      return consequence({ class: "unseen", sentence: unseenWords(outlook), ...about });
    case "looser": {
      const words = looserWords(outlook);
      return words === null ? null : consequence({ class: "note", sentence: words, ...about });
    }
  }
}

type Words = Pick<Consequence, "sentence" | "detail">;

function throttledWords({ tenant, cluster, direction, limit, pasts }: ThrottleOutlook): Words {
  const above = (pasts ?? []).filter(({ minutesAbove }) => minutesAbove > 0);
  const worst = worstPast(above);
  if (worst === null) return { sentence: "", detail: null };
  const { brokerId, minutesAbove, minutesSeen, peakPerSecond } = worst;
  const where = `on broker ${brokerId} of ${named(cluster.name)}`;
  const peak = `up to ${formatRateOf(peakPerSecond, limit.after ?? 0)}`;
  const sentence = `${named(tenant.basis.tenant.name)} would have been throttled ${where} in ${minutesAbove} of the last ${formatCountOf(minutesSeen, "minute")}: it ${DID[direction]} ${peak}.`;
  const bytes = sum(pasts ?? [], ({ bytes: all }) => all);
  const held = `${formatPercent(sum(above, ({ bytesAbove }) => bytesAbove) / bytes)} of what it ${DID[direction]} in that hour was above the new limit.`;
  const others = above.filter((one) => one !== worst).map((one) => String(one.brokerId));
  const also = others.length === 0 ? [] : [`Also on broker ${listed(others)}.`];
  return { sentence, detail: [held, ...also, ...togetherWords(limit), ...cutOffWords(above)].join(" ") };
}

function fittingWords({ tenant, cluster, direction, limit, pasts }: ThrottleOutlook): Words {
  const worst = worstPast(pasts ?? []);
  const most = formatRateOf(worst?.peakPerSecond ?? 0, limit.after ?? 0);
  const sentence = `In the last hour ${named(tenant.basis.tenant.name)} ${DID[direction]} at most ${most} on a broker of ${named(cluster.name)}.`;
  const details = [...togetherWords(limit), ...cutOffWords(pasts ?? [])];
  return { sentence, detail: details.length === 0 ? null : details.join(" ") };
}

function unseenWords({ tenant, cluster, direction, limit }: ThrottleOutlook): string {
  const would = `it cannot be said whether ${formatSetRate(limit.after ?? 0)} a broker would hold it back`;
  return `Nothing is known of what ${named(tenant.basis.tenant.name)} ${DID[direction]} on ${named(cluster.name)} in the last hour, so ${would}.`;
}

/** Only who was held back is told: for anybody else a higher limit changes nothing now. */
function looserWords({ tenant, cluster, limit, pasts }: ThrottleOutlook): string | null {
  const throttled = (pasts ?? []).toSorted((a, b) => b.minutesThrottled - a.minutesThrottled)[0];
  if (throttled === undefined || throttled.minutesThrottled === 0) return null;
  const { brokerId, minutesThrottled, minutesSeen, peakPerSecond } = throttled;
  const was = `${named(tenant.basis.tenant.name)} was throttled on broker ${brokerId} of ${named(cluster.name)} in ${minutesThrottled} of the last ${formatCountOf(minutesSeen, "minute")}, at ${formatByteRate(peakPerSecond)}`;
  const then = limit.after === null ? "without a limit" : `with ${formatSetRate(limit.after)} a broker`;
  return `${was}: ${then} it will take more; how much cannot be seen while its demand is cut off.`;
}

/** Rates are kept for the tenant as a whole. */
function togetherWords({ rules }: ThrottleOutlook["limit"]): string[] {
  return rules < 2 ? [] : [`Its ${rules} rules there are taken together, because rates are kept for the tenant as a whole.`];
}

function cutOffWords(pasts: NonNullable<ThrottleOutlook["pasts"]>): string[] {
  const minutes = Math.max(0, ...pasts.map(({ minutesThrottled }) => minutesThrottled));
  return minutes === 0 ? [] : [`It was throttled in ${formatCountOf(minutes, "minute")} already, so it wanted more than is seen.`];
}

function summed(outlooks: readonly ThrottleOutlook[]): Consequence[] {
  const names = (verdict: ThrottleOutlook["verdict"]): string[] => [
    ...new Set(outlooks.filter((one) => one.verdict === verdict).map(({ tenant }) => tenant.basis.tenant.name)),
  ];
  const throttled = names("throttled");
  const unseen = names("unseen");
  const fits = names("fits").filter((name) => !throttled.includes(name) && !unseen.includes(name));
  const all: Consequence[] = [];
  if (throttled.length > 0) {
    const sentence = `${formatCountOf(throttled.length, "tenant")} would have been throttled in the last hour: ${listed(throttled)}.`;
    all.push(consequence({ class: "throttles", sentence }));
  }
  if (unseen.length > 0) {
    const sentence = `Of ${formatCountOf(unseen.length, "tenant")} whose limits fall nothing is known of the last hour: ${listed(unseen)}.`;
    all.push(consequence({ class: "unseen", sentence }));
  }
  if (fits.length > 0) {
    const sentence = `${formatCountOf(fits.length, "tenant")} whose limits fall stayed below the new ones in the last hour.`;
    all.push(consequence({ class: "fine", sentence }));
  }
  return all;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
