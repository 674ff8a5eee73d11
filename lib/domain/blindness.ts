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
  for (const [part, what] of Object.entries(PART_SHOWS) as [Part, string][]) {
    if (part === "exporter" && !hasExporter) {
      const reason = "No exporter is set for this connection.";
      const remedy = "Turn on open monitoring with the JMX exporter, allow its port (11001), and add exporter to the connection.";
      blind.push({ what, reason, remedy, clusterId });
      continue;
    }
    const line = partBlindness(snapshot.parts[part].problems);
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
  return blind;
}

/** What the way a tenant is placed hides, whatever the cluster shows. */
export function placementBlindness(clusterId: string, model: "pool" | "bridge" | "silo", hasIdentity: boolean): Blindness[] {
  if (model === "pool") {
    return [
      {
        what: "The tenant's own part of the shared topics",
        reason: "Kafka counts bytes by topic and by client, and in a pool both are shared.",
        remedy: "Meter in the application, or give the tenant's clients a principal or client-id of their own.",
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
