import { consequence } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Consequence } from "@/lib/domain/change/plan";
import { listed, named } from "@/lib/domain/change/words";
import { formatByteRate, formatBytes, formatCountOf, formatDuration, formatSetRate } from "@/lib/domain/format";
import { isKnown, knownValue } from "@/lib/domain/observed";
import { paths } from "@/lib/domain/paths";
import { mapInSlices, type Steps } from "@/lib/domain/steps";
import type { GroupSummary } from "@/lib/domain/views/lag";
import { clusterLimit, type TenantRules } from "./rule-changes";
import { TOLD_EACH_MAX } from "./throttle-consequences";

/** What a tenant's groups have before them on one cluster, in bytes. */
interface Backlog {
  bytes: number;
  /** What comes in for all of them: each group reads its topics by itself. */
  inPerSecond: number;
}

const SLICE = 25;

/** A backlog and what is let through of it. */
interface Drain {
  tenant: TenantRules;
  clusterId: string;
  backlog: Backlog;
  /** Of all its rules on all brokers together. */
  ceiling: number;
}

/**
 * After a cut of what may be consumed: how long the backlog takes, as backlog over what is consumed beyond what comes in. Only where
 * something waits, and where rates tell how large a record is. Of many tenants those that never catch up are told.
 */
export function* drainConsequences(tenants: readonly TenantRules[], facts: PlanFacts): Steps<Consequence[]> {
  const drains = (yield* mapInSlices(tenants, SLICE, (tenant) => drainsOf(tenant, facts))).flat();
  if (tenants.length <= TOLD_EACH_MAX) return drains.map(toldOne);
  const never = [...new Set(drains.filter(isEndless).map(({ tenant }) => tenant.basis.tenant.name))];
  if (never.length === 0) return [];
  const verb = never.length === 1 ? "comes" : "come";
  const sentence = `For ${formatCountOf(never.length, "tenant")} more ${verb} in than may be consumed then, so that ${never.length === 1 ? "it never catches" : "they never catch"} up: ${listed(never)}.`;
  return [consequence({ class: "throttles", sentence })];
}

function drainsOf(tenant: TenantRules, facts: PlanFacts): Drain[] {
  const clusters = new Set(
    tenant.changes.filter(({ operation }) => operation.target.key === "consumer_byte_rate").map(({ cluster }) => cluster),
  );
  return [...clusters].flatMap((cluster) => {
    const { before, after, rules } = clusterLimit(tenant, cluster, "consumer_byte_rate");
    const change = tenant.changes.find((one) => one.cluster === cluster);
    const brokers = change?.brokersLeading ?? null;
    if (after === null || brokers === null || rules === 0 || (before !== null && after >= before)) return [];
    const backlog = backlogOf(tenant, cluster.clusterId, facts);
    if (backlog === null || backlog.bytes === 0) return [];
    return [{ tenant, clusterId: cluster.clusterId, backlog, ceiling: after * brokers }];
  });
}

function isEndless({ backlog, ceiling }: Drain): boolean {
  return ceiling <= backlog.inPerSecond;
}

function toldOne(drain: Drain): Consequence {
  const { tenant, clusterId, backlog, ceiling } = drain;
  const { bytes, inPerSecond } = backlog;
  const { id, name } = tenant.basis.tenant;
  const waits = `${formatBytes(bytes)} wait for the groups of ${named(name)}, and ${formatByteRate(inPerSecond)} come in for them`;
  const about = { tenantId: id, clusterId, links: [{ label: "Its groups", href: paths.tenant(id, "consumers") }] };
  if (isEndless(drain)) {
    const sentence = `${waits}: with ${formatSetRate(ceiling)} in all they never catch up.`;
    return consequence({ class: "throttles", sentence, ...about });
  }
  const takesMs = (bytes / (ceiling - inPerSecond)) * 1000;
  const sentence = `${waits}: with ${formatSetRate(ceiling)} in all they are caught up in ${formatDuration(takesMs)} at the earliest.`;
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
