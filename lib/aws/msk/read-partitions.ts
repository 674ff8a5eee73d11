import { DescribeTopicPartitionsCommand, type TopicPartitionInfo } from "@aws-sdk/client-kafka";
import type { AwsLink } from "@/lib/aws/link/open-link";
import type { PartitionFact, Reading } from "@/lib/domain/facts";
import { PAGE_SIZE, readList } from "./read-list";

/** By partition number. */
export async function readPartitions(link: AwsLink, arn: string, topic: string): Promise<Reading<PartitionFact[] | null>> {
  const target = { operation: "DescribeTopicPartitions", arn, topic } as const;
  const reading = await readList(link, target, async ({ kafka, abortSignal }, token) => {
    const command = new DescribeTopicPartitionsCommand({ ClusterArn: arn, TopicName: topic, MaxResults: PAGE_SIZE, ...token });
    const answer = await kafka.send(command, { abortSignal });
    return { items: answer.Partitions ?? [], next: answer.NextToken };
  });
  const partitions = reading.value?.flatMap((partition) => mapPartition(partition) ?? []) ?? null;
  return { value: partitions?.sort((a, b) => a.partition - b.partition) ?? null, problems: reading.problems };
}

function mapPartition(partition: TopicPartitionInfo): PartitionFact | null {
  if (partition.Partition === undefined) return null;
  // Kafka writes -1 for a partition without a leader.
  const leader = partition.Leader === undefined || partition.Leader < 0 ? null : partition.Leader;
  return { partition: partition.Partition, leader, replicas: partition.Replicas ?? [], isr: partition.Isr ?? [] };
}
