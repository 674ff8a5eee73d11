import { z } from "zod";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { UNKNOWN_TENANT } from "@/lib/domain/posture/tally-records";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Tier } from "@/lib/domain/tier";
import { TopicDetail } from "@/lib/domain/views/clusters";
import type { Owner } from "@/lib/domain/views/common";
import { defineOperation } from "@/lib/operations/define";
import { findCluster, found } from "@/lib/operations/find";
import { Id, Name } from "@/lib/operations/list/list-query";
import { whyRecordsClosed } from "@/lib/operations/records/payloads-allowed";
import { SUPPORT } from "@/lib/operations/roles";
import { readTopicConfigs } from "./topic-configs";
import { topicConsumers } from "./topic-consumers";

export const getTopic = defineOperation({
  name: "getTopic",
  summary: "One topic: partitions, consumers, rates, and its configuration with the source of every value, which is read live.",
  method: "GET",
  path: "/api/clusters/{clusterId}/topic",
  roles: SUPPORT,
  limits: "within",
  input: z.strictObject({ clusterId: Id, name: Name }),
  output: TopicDetail,
  act: async (context, { clusterId, name }) => {
    const fleet = context.fleet();
    const { snapshot, summary: cluster } = findCluster(fleet, clusterId);
    const summary = found(fleet.topics.get(clusterId)?.get(name), `There is no topic "${name}" on ${cluster.name}.`);
    const { configs, configsAt, problems } = await readTopicConfigs(context, snapshot, name, tierOf(fleet, summary.owner));
    return {
      ...summary,
      clusterName: cluster.name,
      internal: snapshot.metadata?.topics.get(name)?.internal ?? false,
      tenantNames: tenantNames(fleet, summary.owner),
      partitionList: partitionsOf(snapshot, name),
      consumers: topicConsumers(fleet, snapshot, name),
      configs,
      configsAt,
      shares: sharesOf(fleet, clusterId, name),
      rates: ratesOf(snapshot, name),
      recordsClosed: whyRecordsClosed(context, summary),
      problems,
      at: snapshot.parts.metadata.at,
    };
  },
});

/** Tenants that share a topic can be on several tiers; then no tier speaks for it. */
function tierOf(fleet: FleetSnapshot, owner: Owner): Tier | null {
  return owner.kind === "tenant" ? (fleet.tenants.get(owner.tenantId)?.tier ?? null) : null;
}

function tenantNames(fleet: FleetSnapshot, owner: Owner): TopicDetail["tenantNames"] {
  const ids = owner.kind === "tenant" ? [owner.tenantId] : owner.kind === "shared" ? owner.tenantIds : [];
  return ids.map((id) => ({ id, name: fleet.tenants.get(id)?.tenant.name ?? id }));
}

function partitionsOf({ metadata, starts, ends, sizes }: ClusterSnapshot, topic: string): TopicDetail["partitionList"] {
  return (metadata?.topics.get(topic)?.partitions ?? []).map(({ partition, leader, replicas, isr }) => ({
    partition,
    leaderId: leader,
    replicas,
    isr,
    startOffset: starts.get(topic)?.[partition]?.toString() ?? null,
    endOffset: ends.get(topic)?.[partition]?.toString() ?? null,
    sizeBytes: leader === null ? null : (sizes.get(topic)?.[partition]?.get(leader) ?? null),
  }));
}

function sharesOf(fleet: FleetSnapshot, clusterId: string, topic: string): TopicDetail["shares"] {
  const shares = fleet.clusters.get(clusterId)?.pool?.shares.get(topic);
  if (shares === undefined) return null;
  const nameOf = (tenantId: string | null): string => {
    if (tenantId === null) return "Records without a tenant";
    return tenantId === UNKNOWN_TENANT ? "Names that no tenant has" : (fleet.tenants.get(tenantId)?.tenant.name ?? tenantId);
  };
  return {
    at: shares.at,
    draws: shares.draws,
    rows: shares.rows.map(({ partitions: _, ...row }) => ({ ...row, name: nameOf(row.tenantId) })),
  };
}

/** Only brokers that publish both directions for the topic. */
function ratesOf({ meters }: ClusterSnapshot, topic: string): TopicDetail["rates"] {
  return [...meters].flatMap(([brokerId, { topics }]) => {
    const { bytesInPerSecond, bytesOutPerSecond } = topics.get(topic) ?? {};
    return bytesInPerSecond === undefined || bytesOutPerSecond === undefined ? [] : [{ brokerId, bytesInPerSecond, bytesOutPerSecond }];
  });
}
