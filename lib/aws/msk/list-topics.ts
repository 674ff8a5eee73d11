import { ListTopicsCommand, type TopicInfo } from "@aws-sdk/client-kafka";
import type { AwsLink } from "@/lib/aws/link/open-link";
import type { Reading } from "@/lib/domain/facts";
import { topicArn } from "@/lib/domain/msk-cluster";
import type { MskTopic } from "@/lib/domain/msk-facts";
import { PAGE_SIZE, readList } from "./read-list";

export async function listTopics(link: AwsLink, arn: string): Promise<Reading<MskTopic[] | null>> {
  const reading = await readList(link, { operation: "ListTopics", arn }, async ({ kafka, abortSignal }, token) => {
    const answer = await kafka.send(new ListTopicsCommand({ ClusterArn: arn, MaxResults: PAGE_SIZE, ...token }), { abortSignal });
    return { items: answer.Topics ?? [], next: answer.NextToken };
  });
  return { value: reading.value?.flatMap((topic) => mapTopic(arn, topic) ?? []) ?? null, problems: reading.problems };
}

function mapTopic(clusterArn: string, topic: TopicInfo): MskTopic | null {
  if (topic.TopicName === undefined || topic.PartitionCount === undefined || topic.ReplicationFactor === undefined) return null;
  return {
    name: topic.TopicName,
    arn: topic.TopicArn ?? topicArn(clusterArn, topic.TopicName) ?? "",
    partitionCount: topic.PartitionCount,
    replicationFactor: topic.ReplicationFactor,
    outOfSyncReplicaCount: topic.OutOfSyncReplicaCount ?? 0,
  };
}
