import { consequence } from "@/lib/domain/change/draft";
import type { Consequence } from "@/lib/domain/change/plan";
import { listed, named } from "@/lib/domain/change/words";
import { formatCountOf, formatSetRate } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { listPromise } from "@/lib/domain/promised";
import { METERS } from "@/lib/domain/quota/meters";
import { DIRECTIONS, type Direction } from "@/lib/domain/views/use";
import type { OwnRuleChange, TenantRules } from "./rule-changes";
import { TOLD_EACH_MAX } from "./throttle-consequences";

/** What a tenant's rules let through together on one cluster, where its brokers are known, against its part of the promise. */
interface Standing {
  tenant: TenantRules;
  clusterName: string;
  direction: Direction;
  promised: number;
  /** What all brokers let through, and with one of them down; null: there is but one. */
  ceiling: number;
  oneDown: number | null;
  /** This change is what makes it so low: before it was more, or not limited. */
  lowered: boolean;
  words: string;
}

/**
 * Whether the promise can still be kept. A change that sets what a rule lets through on all its brokers below what the tier promises for
 * it breaks the promise: it does so by itself, whatever reason is given for it. A rule that was below already, as an override declares,
 * and is raised or stays breaks nothing anew.
 */
export function promiseConsequences(tenants: readonly TenantRules[]): Consequence[] {
  const standings = tenants.flatMap(standingsOf);
  const broken = standings.filter(({ ceiling, promised, lowered }) => lowered && ceiling < promised);
  if (tenants.length > TOLD_EACH_MAX) return broken.length === 0 ? [] : [brokenOfMany(broken)];
  return [...broken.map(brokenOne), ...standings.filter((one) => !broken.includes(one)).flatMap(keptOne)];
}

function standingsOf(tenant: TenantRules): Standing[] {
  return DIRECTIONS.flatMap((direction) => {
    const promise = listPromise(tenant.basis.tier, direction);
    const changes = tenant.changes.filter(({ operation }) => operation.target.key === METERS[direction].key);
    return promise === null ? [] : changes.flatMap((change) => standingOf(tenant, change, direction, promise));
  });
}

function standingOf(tenant: TenantRules, change: OwnRuleChange, direction: Direction, promise: number): Standing[] {
  const { after, before, brokersLeading, holder, cluster } = change;
  if (after === null || brokersLeading === null || brokersLeading === 0) return [];
  const brokers = formatCountOf(brokersLeading, "broker");
  return [
    {
      tenant,
      clusterName: cluster.name,
      direction,
      promised: promise * holder.placementShare * holder.principalShare,
      ceiling: after * brokersLeading,
      oneDown: brokersLeading > 1 ? after * (brokersLeading - 1) : null,
      lowered: before === null || after < before,
      words: `${formatSetRate(after)} a broker on ${brokers} of ${named(cluster.name)}`,
    },
  ];
}

function brokenOne({ tenant, direction, promised, ceiling, oneDown, words }: Standing): Consequence {
  const { id, name } = tenant.basis.tenant;
  const sentence = `${named(name)} is promised ${formatSetRate(promised)} to ${direction} and can have ${formatSetRate(ceiling)} at most then: ${words}.`;
  const detail = oneDown === null ? null : `With one broker down ${formatSetRate(oneDown)} are left.`;
  return consequence({ class: "breach", sentence, detail, tenantId: id, links: [tierLink(tenant)] });
}

function keptOne({ tenant, direction, promised, ceiling, oneDown, words, clusterName }: Standing): Consequence[] {
  const { id, name } = tenant.basis.tenant;
  const about = { tenantId: id, links: [tierLink(tenant)] };
  if (ceiling < promised) {
    const sentence = `${named(name)} stays below its promise to ${direction}: ${formatSetRate(ceiling)} of ${formatSetRate(promised)}, ${words}.`;
    return [consequence({ class: "note", sentence, ...about })];
  }
  const down =
    oneDown === null
      ? `Only one broker of ${named(clusterName)} leads its partitions: with it down nothing passes.`
      : `With one broker of ${named(clusterName)} down ${formatSetRate(oneDown)} are left${oneDown < promised ? ", less than is promised" : ""}.`;
  const sentence = `${named(name)} can have ${formatSetRate(ceiling)} to ${direction}, and ${formatSetRate(promised)} are promised: ${words}.`;
  return [consequence({ class: oneDown !== null && oneDown < promised ? "note" : "fine", sentence, detail: down, ...about })];
}

function tierLink({ basis }: TenantRules): Consequence["links"][number] {
  return { label: basis.tier.name, href: paths.tier(basis.tier.id) };
}

function brokenOfMany(broken: readonly Standing[]): Consequence {
  const names = [...new Set(broken.map(({ tenant }) => tenant.basis.tenant.name))];
  const sentence = `${formatCountOf(names.length, "tenant")} can have less than ${names.length === 1 ? "its tier promises" : "their tiers promise"} then: ${listed(names)}.`;
  return consequence({ class: "breach", sentence });
}
