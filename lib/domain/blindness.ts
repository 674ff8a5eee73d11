import { missingBrokers } from "./conditions/cluster-findings";
import type { Problem } from "./facts";
import type { ClusterSnapshot, Part } from "./snapshot";
import type { Blindness } from "./views/tenants";

/** What each part is good for, as a person would miss it. */
const PART_SHOWS: Record<Part, string> = {
  metadata: "Topics, partitions and brokers",
  offsets: "Consumer groups and their lag",
  starts: "How near unread records are to their end",
  logs: "Storage",
  exporter: "Rates and throttling of principals and topics",
  quotas: "Quotas in force",
  acls: "Access rules",
  scram: "Which SCRAM users exist",
  configs: "Topic configuration",
  msk: "What MSK says of the cluster",
  cloudwatch: "CloudWatch's figures",
};

/** What a cluster does not show now, each with its reason and what would change it. One line for a part, however many brokers miss it. */
export function clusterBlindness(snapshot: ClusterSnapshot, hasExporter: boolean): Blindness[] {
  const { clusterId } = snapshot;
  const blind: Blindness[] = [];
  const { parts } = snapshot;
  if (snapshot.msk?.cluster.kind === "serverless") blind.push({ ...SERVERLESS_LACKS, clusterId });
  const unreached = brokersUnreached(snapshot);
  if (unreached !== null) blind.push({ what: BROKERS_SHOW, ...unreached, clusterId });
  for (const [part, what] of Object.entries(PART_SHOWS) as [Part, string][]) {
    if (unreached !== null && part !== "msk" && part !== "cloudwatch") continue;
    if (parts[part].absent === true && part !== "exporter") continue;
    if (part === "exporter" && !hasExporter) {
      blind.push({ what, ...exporterBlindness(snapshot), clusterId });
      continue;
    }
    const line = partBlindness(parts[part].problems);
    if (line !== null) blind.push({ what, ...line, clusterId });
  }
  for (const broker of missingBrokers(snapshot)) {
    const reason = `Broker ${broker.id} is not in the cluster; its last figures are from ${broker.lastSeenAt.slice(0, 16).replace("T", " ")} UTC.`;
    blind.push({
      what: `Everything on broker ${broker.id}`,
      reason,
      remedy: "Bring the broker back, or wait until its partitions have moved.",
      clusterId,
    });
  }
  return [...blind, ...levelBlindness(snapshot)];
}

const BROKERS_SHOW = "Offsets, quotas, throttling, access rules, members of groups, and where a configuration comes from";

/** One line for everything that only brokers tell, where the console has never reached them; null: it has. */
function brokersUnreached({ metadataFrom, metadata, parts }: ClusterSnapshot): { reason: string; remedy: string } | null {
  if (parts.offsets.absent === true) {
    return {
      reason: "This console is not set up to reach the brokers of this cluster; AWS alone tells of it.",
      remedy:
        "Add `authentication` to the account under `aws` (or a connection of its own with the cluster's `arn`), and let the console's security group reach the brokers' port (9096 SCRAM, 9098 IAM, 9094 TLS).",
    };
  }
  const [problem] = parts.metadata.problems;
  if (problem === undefined || metadata === null || metadataFrom === "kafka") return null;
  return {
    reason: `The brokers cannot be reached from here; AWS alone tells of this cluster. ${problem.message}`,
    remedy:
      "Let the brokers' names resolve for the console (the VPC's DNS), and let its security group reach their port (9096 SCRAM, 9098 IAM, 9094 TLS) and the exporters' (11001).",
  };
}

const SERVERLESS_LACKS = {
  what: "Brokers, their load and disks, quotas and throttling of clients, partitions of topics",
  reason: "MSK tells none of these of a serverless cluster: it has no brokers to look at, no exporters, and no quotas of clients.",
  remedy: "CloudWatch's series by topic and group are all there is; a tenant that needs quotas needs a provisioned cluster.",
};

function exporterBlindness({ msk }: ClusterSnapshot): { reason: string; remedy: string } {
  if (msk !== null && msk.cluster.openMonitoring?.jmx !== true) {
    return {
      reason: "Open monitoring with the JMX exporter is off on this cluster.",
      remedy:
        "Turn it on with UpdateMonitoring (openMonitoring.prometheus.jmxExporter.enabledInBroker; free, traffic between zones is charged), let the console reach port 11001, and add `exporter` to the connection.",
    };
  }
  return {
    reason: "No exporter is set for this connection.",
    remedy: "Turn on open monitoring with the JMX exporter, allow its port (11001), and add exporter to the connection.",
  };
}

/** Metrics a broker has at PER_BROKER, and those of each topic on each broker at PER_TOPIC_PER_BROKER; AWS's metrics page, rounded. */
const PER_BROKER_METRICS = 45;
const DOLLARS_PER_METRIC = 0.3;

/** What the monitoring level keeps from CloudWatch, with what the next level costs a month (us-east-1, the first 10,000 metrics). */
function levelBlindness({ clusterId, msk, cloud, metadata }: ClusterSnapshot): Blindness[] {
  if (msk === null || cloud === null || msk.cluster.monitoringLevel === null) return [];
  const { monitoringLevel, brokerCount } = msk.cluster;
  const brokers = brokerCount ?? 0;
  const blind: Blindness[] = [];
  const perBroker = Math.round(brokers * PER_BROKER_METRICS * DOLLARS_PER_METRIC);
  if (monitoringLevel === "DEFAULT" && !cloud.published.broker.includes("RequestHandlerAvgIdlePercent")) {
    const reason = `CloudWatch publishes it from PER_BROKER on; this cluster is at ${monitoringLevel}.`;
    const remedy = `UpdateMonitoring with enhancedMonitoring PER_BROKER: about ${perBroker} US dollars a month.`;
    blind.push({ what: "Handlers idle and fetch latency from CloudWatch", reason, remedy, clusterId });
  }
  const isBelowTopics = monitoringLevel === "DEFAULT" || monitoringLevel === "PER_BROKER";
  if (isBelowTopics && !cloud.published.topic.includes("MessagesInPerSec")) {
    const topics = metadata?.topics.size ?? 0;
    const reason = `CloudWatch publishes it from PER_TOPIC_PER_BROKER on; this cluster is at ${monitoringLevel}.`;
    const price = perBroker + Math.round(topics * brokers * DOLLARS_PER_METRIC);
    const remedy = `UpdateMonitoring with enhancedMonitoring PER_TOPIC_PER_BROKER: about ${price} US dollars a month for ${topics} topics.`;
    blind.push({ what: "Records per second by topic from CloudWatch", reason, remedy, clusterId });
  }
  return blind;
}

/** What an estimate leaves open of a tenant's part in a pool. */
export function estimateBlindness(clusterId: string): Blindness {
  return {
    what: "The tenant's exact part of the shared topics",
    reason: "Kafka counts bytes by topic and by client, and in a pool both are shared; its share of sampled batches stands in.",
    remedy: "Let the application report its tenants (“reported” in the placement), or give the tenant's clients a principal of their own.",
    clusterId,
  };
}

/** What the way a tenant is placed hides, whatever the cluster shows. */
export function placementBlindness(clusterId: string, model: "pool" | "bridge" | "silo", hasIdentity: boolean): Blindness[] {
  if (model === "pool") {
    return [
      {
        what: "The tenant's own part of the shared topics",
        reason: "Kafka counts bytes by topic and by client, and in a pool both are shared.",
        remedy:
          "Let the application report its tenants (“reported” in the placement), or give the tenant's clients a principal or client-id of their own.",
        clusterId,
      },
    ];
  }
  if (hasIdentity) return [];
  return [
    {
      what: "Throttling, and the rate of the tenant's own clients",
      reason: "The placement names no principal and no client-id.",
      remedy: "Add the principals the tenant's applications sign in with to the placement.",
      clusterId,
    },
  ];
}

function partBlindness(problems: readonly Problem[]): { reason: string; remedy: string } | null {
  const [first] = problems;
  if (first === undefined) return null;
  const places = new Set(problems.flatMap(({ brokerId }) => (brokerId === undefined ? [] : [brokerId])));
  const where = places.size === 0 ? "" : ` (broker ${[...places].toSorted((a, b) => a - b).join(", ")})`;
  return { reason: `${first.operation}${where}: ${first.message}`, remedy: first.remedy ?? REMEDY[first.code] };
}

const REMEDY: Record<Problem["code"], string> = {
  unreachable: "Check that the address resolves and that the network lets this console reach the port.",
  timeout: "The broker did not answer in time; it is asked again at the next sweep.",
  forbidden: "Grant the permission that the message names.",
  authentication: "Check the user and the secret of this connection.",
  unsupported: "This needs a newer Kafka version.",
  unavailable: "It is asked again at the next sweep.",
  invalid: "The answer could not be read; check that the address is what the connection says it is.",
};
