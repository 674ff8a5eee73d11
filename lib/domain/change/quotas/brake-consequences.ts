import { consequence } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { Consequence } from "@/lib/domain/change/plan";
import { named } from "@/lib/domain/change/words";
import type { QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import type { TenantState } from "@/lib/domain/fleet";
import { formatByteRate, formatBytes, formatPercent, formatSetRate } from "@/lib/domain/format";
import { isKnown } from "@/lib/domain/observed";
import { paths } from "@/lib/domain/paths";
import { METERS } from "@/lib/domain/quota/meters";
import type { Steps } from "@/lib/domain/steps";
import { backlogOf } from "./drain-consequences";
import { clusterLimit, ruleChanges, type TenantRules } from "./rule-changes";
import { type ThrottleOutlook, throttleOutlooks } from "./throttle-outlook";

interface Brake {
  state: TenantState;
  basis: QuotaBasis;
  minutes: number;
  facts: PlanFacts;
}

/** What a brake does while it lasts. That it keeps the tenant below its promise is what it is for, so it is said and no breach. */
export function* brakeConsequences(operations: readonly PlannedOperation[], brake: Brake): Steps<Consequence[]> {
  const { tenants } = yield* ruleChanges(operations, brake.facts);
  if (operations.length === 0) return [];
  const ofTenant = tenants.flatMap((tenant) => [
    ...throttleOutlooks(tenant, brake.facts).flatMap((outlook) => demandCut(outlook, brake)),
    ...lagBuilt(tenant, brake),
    ...several(tenant),
  ]);
  return [...ofTenant, endsByItself(brake)];
}

function demandCut({ cluster, direction, pasts, limit }: ThrottleOutlook, { basis }: Brake): Consequence[] {
  const { id, name } = basis.tenant;
  const about = { tenantId: id, clusterId: cluster.clusterId, links: [{ label: "Its rates", href: paths.tenant(id) }] };
  if (pasts === null || limit.after === null) {
    const sentence = `Nothing is known of what ${named(name)} did on ${named(cluster.name)} in the last hour, so it cannot be said how much the brake cuts off.`;
    return [consequence({ class: "unseen", sentence, ...about })];
  }
  const bytes = pasts.reduce((sum, past) => sum + past.bytes, 0);
  const cut = pasts.reduce((sum, { bytesAbove }) => sum + bytesAbove, 0);
  const peaks = pasts.map(({ brokerId, peakPerSecond }) => `broker ${brokerId}: up to ${formatByteRate(peakPerSecond)}`);
  const detail = `In the last hour ${peaks.join(", ")}.${limit.rules > 1 ? ` Its ${limit.rules} rules are taken together.` : ""}`;
  if (cut === 0) {
    const sentence = `On ${named(cluster.name)} ${named(name)} stayed below ${formatSetRate(limit.after)} a broker to ${direction} in the last hour: the brake changes nothing there unless it takes more.`;
    return [consequence({ class: "note", sentence, detail, ...about })];
  }
  const waits =
    direction === "produce"
      ? "Its producers wait, and fail once their buffers are full or their deliveries time out."
      : "Its readers wait.";
  const sentence = `About ${formatPercent(cut / bytes)} of what ${named(name)} ${direction === "produce" ? "produces" : "consumes"} on ${named(cluster.name)} is cut off. ${waits}`;
  const cutOff = pasts.some(({ minutesThrottled }) => minutesThrottled > 0);
  return [
    consequence({
      class: "throttles",
      sentence,
      detail: cutOff ? `${detail} It was throttled already, so it wants more than is seen.` : detail,
      ...about,
    }),
  ];
}

/** What its groups fall behind while the brake lasts. */
function lagBuilt(tenant: TenantRules, { basis, minutes, facts }: Brake): Consequence[] {
  const { key } = METERS.consume;
  const clusters = new Set(tenant.changes.filter(({ operation }) => operation.target.key === key).map(({ cluster }) => cluster));
  return [...clusters].flatMap((cluster) => {
    const { after } = clusterLimit(tenant, cluster, key);
    const brokers = tenant.changes.find((one) => one.cluster === cluster)?.brokersLeading ?? null;
    const backlog = backlogOf(tenant, cluster.clusterId, facts);
    if (after === null || brokers === null || backlog === null) return [];
    const growth = backlog.inPerSecond - after * brokers;
    if (growth <= 0) return [];
    const bytes = growth * minutes * 60;
    const { id, name } = basis.tenant;
    const sentence = `The groups of ${named(name)} on ${named(cluster.name)} fall behind by ${formatByteRate(growth)}: ${formatBytes(bytes)} in ${minutes}\u00a0min${recordWords(bytes, tenant)}.`;
    const links = [{ label: "Its groups", href: paths.tenant(id, "consumers") }];
    return [consequence({ class: "throttles", sentence, tenantId: id, clusterId: cluster.clusterId, links })];
  });
}

function recordWords(bytes: number, { state }: TenantRules): string {
  let inPerSecond = 0;
  let records = 0;
  for (const { bytesInPerSecond, recordsInPerSecond, owner } of state.topics) {
    if (owner.kind !== "tenant" || !isKnown(bytesInPerSecond) || !isKnown(recordsInPerSecond)) continue;
    inPerSecond += bytesInPerSecond.value;
    records += recordsInPerSecond.value;
  }
  return records === 0 || inPerSecond === 0 ? "" : `, about ${Math.round((bytes * records) / inPerSecond)} records`;
}

function several({ changes, basis }: TenantRules): Consequence[] {
  const rules = new Set(changes.map(({ holder }) => `${holder.clusterId} ${holder.name}`));
  if (rules.size < 2) return [];
  const sentence = `The cap holds for each of the ${rules.size} users or client-ids of ${named(basis.tenant.name)} by itself.`;
  return [consequence({ class: "note", sentence, tenantId: basis.tenant.id })];
}

function endsByItself({ basis, minutes, facts }: Brake): Consequence {
  const end = new Date(Date.parse(facts.at) + minutes * 60_000).toISOString();
  const sentence = `It ends by itself about ${end.slice(11, 16)} UTC: what was there before is put back, also when this console is restarted meanwhile.`;
  return consequence({ class: "fine", sentence, tenantId: basis.tenant.id });
}
