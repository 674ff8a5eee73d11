import type { ClusterSnapshot } from "@/lib/domain/snapshot";

export interface BrokerDisk {
  brokerId: number;
  totalBytes: number;
  usedBytes: number;
}

const GIB = 1024 ** 3;

/** How full each broker is: as the brokers say, else as CloudWatch says of MSK's volumes. Empty: nobody tells. */
export function brokerDisks({ dirs, cloud, msk }: Pick<ClusterSnapshot, "dirs" | "cloud" | "msk">): BrokerDisk[] {
  const disks = new Map<number, BrokerDisk>();
  for (const { brokerId, totalBytes, usableBytes } of dirs) {
    if (totalBytes === null || usableBytes === null || totalBytes === 0) continue;
    const disk = disks.get(brokerId) ?? { brokerId, totalBytes: 0, usedBytes: 0 };
    disk.totalBytes += totalBytes;
    disk.usedBytes += totalBytes - usableBytes;
    disks.set(brokerId, disk);
  }
  if (disks.size > 0) return [...disks.values()];
  const volume = msk?.cluster.volumeGib ?? null;
  if (volume === null) return [];
  return [...(cloud?.brokers ?? [])].flatMap(([brokerId, { KafkaDataLogsDiskUsed: percent }]) => {
    const totalBytes = volume * GIB;
    return percent === undefined ? [] : [{ brokerId, totalBytes, usedBytes: (totalBytes * percent) / 100 }];
  });
}
