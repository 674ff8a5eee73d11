import type { Reading } from "@/lib/domain/facts";
import type { BrokerSet } from "./link/broker-set";

/** What one broker says it speaks, and the features the cluster has switched on. */
export interface BrokerVersionFact {
  brokerId: number;
  /** By API key: the versions of the call that the broker answers. */
  apis: ReadonlyMap<number, { min: number; max: number }>;
  /** "metadata.version" and its kind (KIP-584), with the level in force. */
  features: { name: string; level: number }[];
}

/** Versions of all brokers, from when each connection was opened: no request of its own. */
export async function readBrokerVersions(brokers: BrokerSet): Promise<Reading<BrokerVersionFact[]>> {
  const parts = await brokers.each(brokers.brokerIds, "ApiVersions", (link) => link.offer());
  return {
    value: parts.flatMap((part) =>
      "value" in part ? [{ brokerId: part.brokerId, apis: part.value.versions, features: part.value.features }] : [],
    ),
    problems: parts.flatMap((part) => ("problem" in part ? [part.problem] : [])),
  };
}
