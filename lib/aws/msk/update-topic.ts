import { UpdateTopicCommand, type UpdateTopicRequest } from "@aws-sdk/client-kafka";
import { ask } from "@/lib/aws/link/ask";
import type { AwsLink } from "@/lib/aws/link/open-link";
import { watchSending } from "@/lib/aws/link/watch-sending";
import type { WriteAnswer } from "@/lib/domain/writes";

/** MSK takes one of them at a time. */
type Change = Required<Pick<UpdateTopicRequest, "Configs">> | Required<Pick<UpdateTopicRequest, "PartitionCount">>;

/**
 * Gives a topic these values of its own: all that it is meant to have, since AWS does not say whether they replace the old ones or are
 * put beside them. An answer of ok says that MSK took it: the topic is UPDATING until its description shows it.
 */
export function updateTopicConfigs(link: AwsLink, arn: string, topic: string, configs: Record<string, string>): Promise<WriteAnswer> {
  return updateTopic(link, arn, topic, { Configs: Buffer.from(JSON.stringify(configs)).toString("base64") });
}

/** Raises a topic to this number of partitions, which can only grow. */
export function updateTopicPartitions(link: AwsLink, arn: string, topic: string, count: number): Promise<WriteAnswer> {
  return updateTopic(link, arn, topic, { PartitionCount: count });
}

async function updateTopic(link: AwsLink, arn: string, topic: string, change: Change): Promise<WriteAnswer> {
  const watch = watchSending();
  const answer = await ask(link, { operation: "UpdateTopic", arn, topic }, ({ writer, abortSignal }) => {
    const command = new UpdateTopicCommand({ ClusterArn: arn, TopicName: topic, ...change });
    command.middlewareStack.use(watch.plugin);
    return writer.send(command, { abortSignal });
  });
  return answer.ok ? { ok: true } : { ok: false, problem: answer.problem, uncertain: watch.mayStand() };
}
