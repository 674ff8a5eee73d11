import type { MskCluster } from "@/lib/domain/msk-facts";

export interface PartitionLimit {
  recommended: number;
  max: number;
}

/** Replicas a broker should hold, and above which MSK refuses configuration updates. Source: the quotas page of MSK (2026). */
const STANDARD_PARTITIONS: Record<string, PartitionLimit> = {
  small: { recommended: 300, max: 300 },
  large: { recommended: 1_000, max: 1_500 },
  xlarge: { recommended: 1_000, max: 1_500 },
  "2xlarge": { recommended: 2_000, max: 3_000 },
};
const STANDARD_LARGEST: PartitionLimit = { recommended: 4_000, max: 6_000 };

/** Partitions and MB/s of one Express broker. Source: the quotas page of MSK Express (2026). */
const EXPRESS: Record<string, PartitionLimit & { ingressMbPerSecond: number; egressMbPerSecond: number }> = {
  large: { recommended: 1_000, max: 1_500, ingressMbPerSecond: 15.6, egressMbPerSecond: 31.2 },
  xlarge: { recommended: 1_000, max: 2_000, ingressMbPerSecond: 31.2, egressMbPerSecond: 62.5 },
  "2xlarge": { recommended: 2_500, max: 4_000, ingressMbPerSecond: 62.5, egressMbPerSecond: 125 },
  "4xlarge": { recommended: 6_000, max: 8_000, ingressMbPerSecond: 124.9, egressMbPerSecond: 249.8 },
  "8xlarge": { recommended: 12_000, max: 16_000, ingressMbPerSecond: 250, egressMbPerSecond: 500 },
  "12xlarge": { recommended: 16_000, max: 24_000, ingressMbPerSecond: 375, egressMbPerSecond: 750 },
  "16xlarge": { recommended: 20_000, max: 32_000, ingressMbPerSecond: 500, egressMbPerSecond: 1_000 },
};

/** Of a serverless cluster as a whole. Source: the quotas page of MSK Serverless (2026). */
export const SERVERLESS = {
  ingressBytesPerSecond: 200_000_000,
  egressBytesPerSecond: 400_000_000,
  leaderPartitions: 2_400,
  groups: 500,
  messageBytes: 8_388_608,
  /** Partitions created or deleted in five minutes. */
  partitionChanges: 250,
} as const;

/** null: AWS publishes none for this type, or the type is not known. */
export function partitionLimit(instanceType: string | null): PartitionLimit | null {
  const [family, , size = ""] = instanceType?.split(".") ?? [];
  if (family === "express") return EXPRESS[size] ?? null;
  if (family !== "kafka") return null;
  return STANDARD_PARTITIONS[size] ?? (/^\d+xlarge$/.test(size) ? STANDARD_LARGEST : null);
}

export interface Capacity {
  bytesPerSecond: number;
  /** Consume bytes/s. */
  egressBytesPerSecond: number;
  /** The formula, in words. */
  note: string;
}

/** Produce bytes/s the cluster takes at most for good. null: AWS publishes no number for Standard brokers to plan with. */
export function publishedCapacity({
  kind,
  instanceType,
  brokerCount,
}: Pick<MskCluster, "kind" | "instanceType" | "brokerCount">): Capacity | null {
  if (kind === "serverless") {
    const { ingressBytesPerSecond, egressBytesPerSecond } = SERVERLESS;
    return { bytesPerSecond: ingressBytesPerSecond, egressBytesPerSecond, note: "AWS's limit of a serverless cluster." };
  }
  const size = instanceType?.split(".")[2] ?? "";
  const broker = kind === "express" ? EXPRESS[size] : undefined;
  if (broker === undefined || brokerCount === null) return null;
  const bytesPerSecond = broker.ingressMbPerSecond * 1_000_000 * brokerCount;
  const egressBytesPerSecond = broker.egressMbPerSecond * 1_000_000 * brokerCount;
  return {
    bytesPerSecond,
    egressBytesPerSecond,
    note: `${brokerCount} × ${broker.ingressMbPerSecond} MB/s sustained of ${instanceType}, as AWS publishes it.`,
  };
}
