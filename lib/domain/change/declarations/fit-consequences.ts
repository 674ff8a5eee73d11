import { consequence } from "@/lib/domain/change/draft";
import { hourKey, type PlanFacts, type RateMinute } from "@/lib/domain/change/facts";
import type { Consequence } from "@/lib/domain/change/plan";
import { peakTotal } from "@/lib/domain/change/quotas/past-rates";
import { ownTopicsOf } from "@/lib/domain/change/resolve-scope";
import { TOPIC_SETTINGS } from "@/lib/domain/change/topic-keys/settings";
import type { ChangedTopic } from "@/lib/domain/change/topic-keys/topic-key-change";
import { limitOf, topicValue } from "@/lib/domain/change/topic-value";
import { listed, named } from "@/lib/domain/change/words";
import { formatByteRate, formatCount, formatCountOf, formatSetRate } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { listPromise } from "@/lib/domain/promised";
import { mapInSlices, type Steps } from "@/lib/domain/steps";
import { DIRECTIONS } from "@/lib/domain/views/use";
import type { Redeclared } from "./follow-tenant";

/** Of so many tenants each is told about by itself. */
const TOLD_EACH_MAX = 5;

const SLICE = 50;

/** Something of a tenant that is more than its tier allows then. */
interface Misfit {
  tenantId: string;
  tenant: string;
  what: "rate" | "retention.ms" | "max.message.bytes" | "partitions";
  sentence: string;
}

const MANY: Record<Misfit["what"], string> = {
  rate: "took more in the last hour than is promised then",
  "retention.ms": "have topics that keep records for longer than is allowed then",
  "max.message.bytes": "have topics that take larger batches than is allowed then",
  partitions: "have more partitions than is allowed then",
};

/** What no longer fits once tenants are declared otherwise: what they use and have, against what is promised and allowed then. */
export function* fitConsequences(
  redeclared: readonly Redeclared[],
  topics: readonly ChangedTopic[],
  facts: PlanFacts,
): Steps<Consequence[]> {
  const changed = new Map(topics.map((one) => [`${one.scoped.cluster.clusterId} ${one.scoped.topic}`, one]));
  const found = yield* mapInSlices(redeclared, SLICE, (one) => [...rateMisfits(one, facts), ...topicMisfits(one, changed, facts)]);
  const misfits = found.flat();
  if (redeclared.length <= TOLD_EACH_MAX) {
    return misfits.map(({ sentence, tenantId }) =>
      consequence({ class: "note", sentence, tenantId, links: [{ label: "Its topics", href: paths.tenant(tenantId, "topics") }] }),
    );
  }
  return (Object.keys(MANY) as Misfit["what"][]).flatMap((what) => {
    const names = [...new Set(misfits.filter((one) => one.what === what).map(({ tenant }) => tenant))];
    if (names.length === 0) return [];
    return [consequence({ class: "note", sentence: `${formatCountOf(names.length, "tenant")} ${MANY[what]}: ${listed(names)}.` })];
  });
}

function rateMisfits({ before, after }: Redeclared, facts: PlanFacts): Misfit[] {
  const { id, name, placements } = after.tenant;
  return DIRECTIONS.flatMap((direction): Misfit[] => {
    const promise = listPromise(after.tier, direction);
    const was = listPromise(before.tier, direction);
    if (promise === null || (was !== null && promise >= was)) return [];
    const clusters = [...new Set(placements.map(({ cluster }) => cluster))];
    const minutes = clusters.map((cluster) => facts.pastHours.get(hourKey(id, cluster))?.minutes[direction] ?? []);
    const peak = peakTotal(together(minutes));
    if (peak === null || peak <= promise) return [];
    const sentence = `${named(name)} took up to ${formatByteRate(peak)} to ${direction} in the last hour; ${formatSetRate(promise)} are promised then.`;
    return [{ tenantId: id, tenant: name, what: "rate", sentence }];
  });
}

/** Minutes of several clusters as minutes of all of them. */
function together(minutes: readonly (readonly RateMinute[])[]): RateMinute[] {
  const byMinute = new Map<number, RateMinute>();
  for (const { atMs, brokers } of minutes.flat()) {
    byMinute.set(atMs, { atMs, brokers: [...(byMinute.get(atMs)?.brokers ?? []), ...brokers] });
  }
  return [...byMinute.values()];
}

function topicMisfits({ state, after }: Redeclared, changed: ReadonlyMap<string, ChangedTopic>, facts: PlanFacts): Misfit[] {
  const { id, name } = after.tenant;
  const about = { tenantId: id, tenant: name };
  const own = ownTopicsOf(state, facts).map(({ cluster, topic }) => {
    const partitions = cluster.snapshot.metadata?.topics.get(topic)?.partitions.length ?? null;
    return { cluster, topic, partitions, change: changed.get(`${cluster.clusterId} ${topic}`) };
  });
  const misfits: Misfit[] = [];
  for (const key of ["retention.ms", "max.message.bytes"] as const) {
    const { boundOf, format, noun } = TOPIC_SETTINGS[key];
    const bound = boundOf(after.tier);
    if (bound === undefined) continue;
    const above = own.filter(({ cluster, topic, change }) => {
      const then = change?.keys.get(key)?.effectiveAfter ?? topicValue(cluster, topic, key)?.effective ?? null;
      return (limitOf(then) ?? 0) > bound;
    });
    if (above.length === 0) continue;
    const sentence = `The ${noun} of ${listed(above.map(({ topic }) => topic))} is above the ${format(bound)} that ${named(after.tier.name)} allows.`;
    misfits.push({ ...about, what: key, sentence });
  }
  const { perTopicMax, totalMax } = after.tier.partitions ?? {};
  const wide = own.filter(({ partitions }) => partitions !== null && perTopicMax !== undefined && partitions > perTopicMax);
  const total = own.reduce((sum, { partitions }) => sum + (partitions ?? 0), 0);
  if (wide.length > 0) {
    const sentence = `${listed(wide.map(({ topic, partitions }) => `${topic} (${partitions} partitions)`))} ${wide.length === 1 ? "has" : "have"} more than the ${perTopicMax} partitions a topic that ${named(after.tier.name)} allows; partitions cannot be taken away.`;
    misfits.push({ ...about, what: "partitions", sentence });
  }
  if (totalMax !== undefined && total > totalMax) {
    const sentence = `${named(name)} has ${formatCount(total)} partitions, and ${named(after.tier.name)} allows ${formatCount(totalMax)}; none can be taken away.`;
    misfits.push({ ...about, what: "partitions", sentence });
  }
  return misfits;
}
