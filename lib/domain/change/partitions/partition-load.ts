import type { MetadataFacts } from "@/lib/domain/facts";

/** How many replicas each living broker has, and how many partitions there are in all. */
export interface PartitionLoad {
  replicas: ReadonlyMap<number, number>;
  partitions: number;
}

const loads = new WeakMap<MetadataFacts, PartitionLoad>();

/** Gone through once for each reading of the metadata: a cluster has tens of thousands of partitions. */
export function partitionLoad(metadata: MetadataFacts): PartitionLoad {
  const load = loads.get(metadata) ?? loadOf(metadata);
  loads.set(metadata, load);
  return load;
}

function loadOf({ brokers, topics }: MetadataFacts): PartitionLoad {
  const replicas = new Map(brokers.map(({ id }) => [id, 0]));
  let count = 0;
  for (const { partitions } of topics.values()) {
    count += partitions.length;
    for (const partition of partitions) {
      for (const id of partition.replicas) {
        const known = replicas.get(id);
        if (known !== undefined) replicas.set(id, known + 1);
      }
    }
  }
  return { replicas, partitions: count };
}
