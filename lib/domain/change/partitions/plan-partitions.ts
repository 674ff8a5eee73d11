import { type Draft, emptyDraft } from "@/lib/domain/change/draft";
import type { PlanFacts } from "@/lib/domain/change/facts";
import type { Refusal } from "@/lib/domain/change/plan";
import type { RequestOf } from "@/lib/domain/change/request";
import { type ScopedTopic, topicsOf } from "@/lib/domain/change/resolve-scope";
import { onlyTenant } from "@/lib/domain/change/topic-keys/resolve-value";
import { touchedTenants } from "@/lib/domain/change/topic-keys/shared-notes";
import { unseenReaders } from "@/lib/domain/change/unseen-readers";
import { named } from "@/lib/domain/change/words";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import { ownerOfTopic } from "@/lib/domain/owner";
import { paths } from "@/lib/domain/paths";
import { drain } from "@/lib/domain/steps";
import { keyConsequences } from "./key-consequences";
import { quotasSplitAnew } from "./quota-split";
import { readerConsequences } from "./reader-consequences";
import { type Growing, roomFor } from "./room";
import { tenantPartition } from "./tenant-partition";
import { tierRefusals } from "./tier-bounds";

/** More partitions for a topic; fewer there is no way to. */
export function planPartitions({ clusterId, topic, count }: RequestOf<"partitions">, facts: PlanFacts): Draft {
  const draft = { ...emptyDraft(), title: `Set ${named(topic)} to ${formatCountOf(count, "partition")}` };
  const { items, refusals } = drain(topicsOf({ topics: [{ clusterId, topic }] }, facts));
  const [scoped] = items;
  if (scoped === undefined) {
    const field = facts.clusters.has(clusterId) ? "topic" : "clusterId";
    return { ...draft, refusals: refusals.map((refusal) => ({ ...refusal, field })) };
  }
  const before = scoped.cluster.partitions?.get(topic);
  if (before === undefined) return { ...draft, refusals: [notRead(scoped)] };
  if (ownerOfTopic(facts.owners, clusterId, topic).owner.kind === "internal") return { ...draft, refusals: [internal(scoped)] };
  if (count < before) return { ...draft, refusals: [fewer(scoped, before, count)] };
  if (count === before) return draft;
  return { ...draft, ...grown(scoped, { cluster: scoped.cluster, topic, before, after: count }, facts.at) };
}

function grown(scoped: ScopedTopic, growing: Growing, at: string): Partial<Draft> {
  const { cluster, topic, before, after } = growing;
  const state = onlyTenant(scoped);
  const room = roomFor(growing);
  const quotas = state === null ? null : quotasSplitAnew(state, growing);
  const about = [touchedTenants(scoped), tenantPartition(growing, scoped.tenants.length), quotas];
  return {
    operations: [
      {
        target: { kind: "partitions", clusterId: cluster.clusterId, topic },
        before: String(before),
        after: String(after),
        phase: "grow",
        unit: scoped.unit,
        note: null,
      },
    ],
    consequences: [
      ...keyConsequences(growing),
      ...readerConsequences(growing),
      ...unseenReaders([scoped], at),
      ...room.consequences,
      ...about.filter((one) => one !== null),
    ],
    refusals: [...room.refusals, ...(state === null ? [] : tierRefusals(state, growing))],
    typeName: state?.tenant.id ?? topic,
  };
}

function notRead({ cluster }: ScopedTopic): Refusal {
  const problem = cluster.problems.find(
    ({ operation }) => operation === "Metadata" || operation === "ListTopics" || operation === "DescribeTopic",
  );
  const reason = `How many partitions it has could not be read${problem === undefined ? "." : `: ${problem.message}`}`;
  return { field: null, reason, wayOut: problem?.remedy ?? "Try again in a moment.", link: null };
}

function internal({ cluster, topic }: ScopedTopic): Refusal {
  const reason = `${named(topic)} is Kafka's own topic: where its records lie follows from its number of partitions.`;
  const link = { label: `Topics of ${cluster.name}`, href: paths.topics(cluster.clusterId) };
  return { field: "topic", reason, wayOut: "Leave it as it is.", link };
}

function fewer({ cluster, topic }: ScopedTopic, before: number, count: number): Refusal {
  const reason = `${named(topic)} has ${formatCountOf(before, "partition")}, and Kafka takes none away: ${formatCount(count)} would be fewer.`;
  const link = { label: named(topic), href: paths.topic(cluster.clusterId, topic) };
  return { field: "count", reason, wayOut: `Choose more than ${formatCount(before)}, or make a new topic and move over.`, link };
}
