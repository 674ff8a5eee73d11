import { consequence } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Consequence } from "@/lib/domain/change/plan";
import { named } from "@/lib/domain/change/words";
import { formatByteRate, formatBytes, formatDuration, formatSetRate } from "@/lib/domain/format";
import { isKnown, knownValue } from "@/lib/domain/observed";
import { paths } from "@/lib/domain/paths";
import type { GroupSummary } from "@/lib/domain/views/lag";
import { clusterLimit, type TenantRules } from "./rule-changes";

/** What a tenant's groups have before them on one cluster, in bytes. */
interface Backlog {
  bytes: number;
  /** What comes in for all of them: each group reads its topics by itself. */
  inPerSecond: number;
}

/**
 * After a cut of what may be consumed: how long the backlog takes, as backlog over what is consumed beyond what comes in. Only where
 * something waits, and where rates tell how large a record is.
 */
export function drainConsequences(tenants: readonly TenantRules[], facts: PlanFacts): Consequence[] {
  return tenants.flatMap((tenant) => {
    const clusters = new Set(
      tenant.changes.filter(({ operation }) => operation.target.key === "consumer_byte_rate").map(({ cluster }) => cluster),
    );
    return [...clusters].flatMap((cluster) => {
      const { before, after, rules } = clusterLimit(tenant, cluster, "consumer_byte_rate");
      const change = tenant.changes.find((one) => one.cluster === cluster);
      const brokers = change?.brokersLeading ?? null;
      if (after === null || brokers === null || rules === 0 || (before !== null && after >= before)) return [];
      const backlog = backlogOf(tenant, cluster.clusterId, facts);
      return backlog === null || backlog.bytes === 0 ? [] : [drain(tenant, cluster.clusterId, backlog, after * brokers)];
    });
  });
}

function drain({ basis }: TenantRules, clusterId: string, { bytes, inPerSecond }: Backlog, ceiling: number): Consequence {
  const { id, name } = basis.tenant;
  const rest = ceiling - inPerSecond;
  const waits = `${formatBytes(bytes)} wait for the groups of ${named(name)}, and ${formatByteRate(inPerSecond)} come in for them`;
  const about = { tenantId: id, clusterId, links: [{ label: "Its groups", href: paths.tenant(id, "consumers") }] };
  if (rest <= 0) {
    const sentence = `${waits}: with ${formatSetRate(ceiling)} in all they never catch up.`;
    return consequence({ class: "throttles", sentence, ...about });
  }
  const sentence = `${waits}: with ${formatSetRate(ceiling)} in all they are caught up in ${formatDuration((bytes / rest) * 1000)} at the earliest.`;
  return consequence({ class: "note", sentence, ...about });
}

/** null: of something that waits the size is not known. */
export function backlogOf({ state }: Pick<TenantRules, "state">, clusterId: string, facts: PlanFacts): Backlog | null {
  const backlog: Backlog = { bytes: 0, inPerSecond: 0 };
  for (const group of state.groups) {
    if (group.clusterId !== clusterId || group.owner.kind !== "tenant" || group.hasMembers === false) continue;
    const records = knownValue(group.recordsBehind);
    const read = readOf(group, state, facts);
    if (read === null || records === null) {
      if (records !== 0) return null;
      continue;
    }
    backlog.bytes += records * read.recordBytes;
    backlog.inPerSecond += read.inPerSecond;
  }
  return backlog;
}

/** What comes in on the topics of a group, and the mean size of a record there; null: not known. */
function readOf(
  { clusterId, topics }: GroupSummary,
  { topics: all }: TenantRules["state"],
  { recordBytes }: PlanFacts,
): { inPerSecond: number; recordBytes: number } | null {
  let inPerSecond = 0;
  let records = 0;
  for (const name of topics) {
    const topic = all.find((one) => one.clusterId === clusterId && one.topic === name);
    if (topic === undefined || !isKnown(topic.bytesInPerSecond) || !isKnown(topic.recordsInPerSecond)) return null;
    inPerSecond += topic.bytesInPerSecond.value;
    records += topic.recordsInPerSecond.value;
  }
  if (records > 0) return { inPerSecond, recordBytes: inPerSecond / records };
  const known = topics.map((name) => recordBytes?.get(`${clusterId} ${name}`)?.value ?? null).filter((bytes) => bytes !== null);
  return known.length === 0 ? null : { inPerSecond, recordBytes: Math.max(...known) };
}
