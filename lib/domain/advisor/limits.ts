import { SERVERLESS } from "@/lib/domain/cloud/msk-limits";
import { formatByteRate, formatCount, formatCountOf } from "@/lib/domain/format";
import type { Model, Verdict } from "@/lib/domain/isolation";
import type { FitReason } from "./advise";
import type { Needs } from "./needs";

/** Defaults of an account and region. Source: the quotas page of MSK (2026). */
const BROKERS_PER_ACCOUNT = 90;
const SERVERLESS_PER_ACCOUNT = 10;
/** The smallest cluster that survives the loss of a zone. */
const BROKERS_PER_SILO = 3;
/** Replicas a large broker should hold at most, of Standard and Express alike. */
const REPLICAS_PER_BROKER = 1_000;
const REPLICATION_FACTOR = 3;
/** Brokers of one cluster at most, in its smaller form (ZooKeeper). */
const BROKERS_PER_CLUSTER = 30;
/** Partitions that a topic of a tenant begins with, where nobody says otherwise. */
const PARTITIONS_PER_TOPIC = 3;
/** Sustained rates of an express.m7g.large: a tenant above them is no small part of any cluster. */
const SMALLEST_BROKER = { in: 15_600_000, out: 31_200_000 } as const;
const PARTITION_BYTES = { express: 15_000_000, serverless: 5_000_000 } as const;

/** What the limits of MSK say to rates, kinds of events and the number of tenants. */
export function limitReasons(model: Model, needs: Needs): FitReason[] {
  return [...rateReasons(model, needs), ...topicReasons(model, needs), ...tenantReasons(model, needs)];
}

function rateReasons(model: Model, { produceBytesPerSecond: rateIn, consumeBytesPerSecond: rateOut, kind }: Needs): FitReason[] {
  if (rateIn === undefined && rateOut === undefined) return [];
  const words = [
    rateIn === undefined ? null : `${formatByteRate(rateIn)} in`,
    rateOut === undefined ? null : `${formatByteRate(rateOut)} out`,
  ];
  const need = words.filter((word) => word !== null).join(", ");
  return [{ need: capital(need), ...rateVerdict(model, rateIn ?? 0, rateOut ?? 0, kind) }];
}

function rateVerdict(model: Model, rateIn: number, rateOut: number, kind: Needs["kind"]): { verdict: Verdict; why: string } {
  if (kind === "serverless" && (rateIn > SERVERLESS.ingressBytesPerSecond || rateOut > SERVERLESS.egressBytesPerSecond)) {
    return { verdict: "no", why: "A serverless cluster takes 200 MB/s in and 400 MB/s out at most." };
  }
  const partitions = kind === "express" || kind === "serverless" ? Math.max(1, Math.ceil(rateIn / PARTITION_BYTES[kind])) : null;
  const spread =
    partitions === null || partitions === 1
      ? ""
      : ` At least ${formatCountOf(partitions, "partition")}: ${formatByteRate(PARTITION_BYTES[kind === "express" ? "express" : "serverless"])} go into one.`;
  if (model === "silo") {
    const why = kind === "serverless" ? "Within the cluster's own limits, which it has to itself." : "The cluster is sized to it.";
    return { verdict: "yes", why: `${why}${spread}` };
  }
  if (rateIn <= SMALLEST_BROKER.in && rateOut <= SMALLEST_BROKER.out) {
    return { verdict: "yes", why: `Less than one smallest Express broker takes (15.6 MB/s in, 31.2 MB/s out).${spread}` };
  }
  return {
    verdict: "conditional",
    why: `More than one smallest Express broker takes: only where the shared cluster has as much headroom left.${spread}`,
  };
}

function topicReasons(model: Model, { eventTypes, tenants = 1, kind }: Needs): FitReason[] {
  if (eventTypes === undefined) return [];
  const need = formatCountOf(eventTypes, "kind of events", "kinds of events");
  if (model === "pool") return [{ need, verdict: "yes", why: `${formatCountOf(eventTypes, "topic")}, whatever the number of tenants.` }];
  const perCluster = model === "silo" ? 1 : tenants;
  const partitions = eventTypes * perCluster * PARTITIONS_PER_TOPIC;
  const counted = `${formatCountOf(partitions, "partition")} at ${PARTITIONS_PER_TOPIC} a topic`;
  if (kind === "serverless") {
    const isOver = partitions > SERVERLESS.leaderPartitions;
    return [
      {
        need,
        verdict: isOver ? "no" : "yes",
        why: `${counted}; a serverless cluster has ${formatCount(SERVERLESS.leaderPartitions)} at most.`,
      },
    ];
  }
  const brokers = Math.max(BROKERS_PER_SILO, Math.ceil((partitions * REPLICATION_FACTOR) / REPLICAS_PER_BROKER));
  const why = `${counted}, three replicas each: ${formatCount(brokers)} large brokers hold them.`;
  if (brokers > BROKERS_PER_CLUSTER)
    return [
      {
        need,
        verdict: "conditional",
        why: `${why} That is more than a cluster of ${BROKERS_PER_CLUSTER}: spread the tenants over several.`,
      },
    ];
  return [{ need, verdict: "yes", why }];
}

function tenantReasons(model: Model, { tenants, kind }: Needs): FitReason[] {
  if (tenants === undefined) return [];
  const need = formatCountOf(tenants, "tenant like it", "tenants like it");
  if (model !== "silo") return [{ need, verdict: "yes", why: "They share clusters." }];
  const limit = kind === "serverless" ? SERVERLESS_PER_ACCOUNT : Math.floor(BROKERS_PER_ACCOUNT / BROKERS_PER_SILO);
  const what = kind === "serverless" ? "serverless clusters" : `silos of ${BROKERS_PER_SILO} brokers`;
  const fits = `${formatCount(limit)} ${what} fit an account's default`;
  if (tenants <= limit) return [{ need, verdict: "yes", why: `${fits}.` }];
  return [{ need, verdict: "conditional", why: `${fits}; for ${formatCount(tenants)} raise the quota or use several accounts.` }];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
