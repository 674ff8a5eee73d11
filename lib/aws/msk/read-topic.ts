import { DescribeTopicCommand, type DescribeTopicResponse } from "@aws-sdk/client-kafka";
import { ask } from "@/lib/aws/link/ask";
import type { AwsLink } from "@/lib/aws/link/open-link";
import type { Reading } from "@/lib/domain/facts";
import type { MskTopicDetail } from "@/lib/domain/msk-facts";

const STATES = ["CREATING", "UPDATING", "DELETING", "ACTIVE"] as const;

export async function readTopic(link: AwsLink, arn: string, topic: string): Promise<Reading<MskTopicDetail | null>> {
  const target = { operation: "DescribeTopic", arn, topic } as const;
  const answer = await ask(link, target, ({ kafka, abortSignal }) =>
    kafka.send(new DescribeTopicCommand({ ClusterArn: arn, TopicName: topic }), { abortSignal }),
  );
  if (!answer.ok) return { value: null, problems: [answer.problem] };
  const value = mapDetail(topic, answer.value);
  if (value !== null) return { value, problems: [] };
  const message = `MSK's description of the topic '${topic}' cannot be read.`;
  return { value: null, problems: [{ code: "invalid", operation: target.operation, message, resource: topic }] };
}

function mapDetail(topic: string, answer: DescribeTopicResponse): MskTopicDetail | null {
  const configs = decodeConfigs(answer.Configs);
  if (configs === null || answer.PartitionCount === undefined || answer.ReplicationFactor === undefined) return null;
  return {
    name: answer.TopicName ?? topic,
    partitionCount: answer.PartitionCount,
    replicationFactor: answer.ReplicationFactor,
    status: STATES.find((state) => state === answer.Status) ?? "UNKNOWN",
    configs,
  };
}

/** Base64 of a JSON object with string values. null: something else; an empty set would say that nothing is configured. */
function decodeConfigs(base64: string | undefined): Record<string, string> | null {
  if (base64 === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(base64, "base64").toString("utf8"));
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return null;
    return Object.fromEntries(Object.entries(parsed).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]])));
  } catch {
    return null;
  }
}
