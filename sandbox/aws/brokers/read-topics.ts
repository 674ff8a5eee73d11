import { metadataV12 } from "@platformatic/kafka";
import type { Cluster } from "@/sandbox/kafka/topology";
import { askAnyBroker, whole } from "./ask";

export interface PartitionState {
  partition: number;
  leader: number;
  replicas: number[];
  isr: number[];
}

export interface TopicState {
  name: string;
  partitions: PartitionState[];
}

/** Every topic of a cluster by its name, Kafka's internal ones included, as one broker knows them. */
export async function readTopics(cluster: Cluster): Promise<TopicState[]> {
  const answer = await askAnyBroker(cluster, (connection) => whole(metadataV12.api.async(connection, null, false, false)));
  return answer.topics
    .map((topic) => ({
      name: topic.name ?? "",
      partitions: topic.partitions
        .map(({ partitionIndex, leaderId, replicaNodes, isrNodes }) => ({
          partition: partitionIndex,
          leader: leaderId,
          replicas: replicaNodes,
          isr: isrNodes,
        }))
        .toSorted((a, b) => a.partition - b.partition),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
