import type { Problem } from "@/lib/domain/facts";
import type { AwsErrorFields } from "./error-fields";
import { type AwsOperation, type CallTarget, serviceOf } from "./permissions";

const REFUSED = new Set([
  "BadRequestException",
  "ValidationException",
  "ValidationError",
  "InvalidParameterValue",
  "InvalidParameterValueException",
  "InvalidParameterCombination",
  "MissingParameter",
  "MissingRequiredParameterException",
  "InvalidNextToken",
]);

const TOPIC_READINGS: ReadonlySet<AwsOperation> = new Set(["ListTopics", "DescribeTopic", "DescribeTopicPartitions"]);
const OF_THE_REQUEST = /nextToken|maxResults|topicName/i;
const OF_THE_CLUSTER = /serverless|kafka version|3\.6/i;
const CONNECT = "for provisioned clusters with Kafka 3.6 or newer. Connect the console to the brokers instead.";

export function isRefusedRequest({ names, status }: AwsErrorFields): boolean {
  return names.some((name) => REFUSED.has(name)) || status === 400;
}

/**
 * Why AWS does not take a request that is well formed: the cluster is not one that has this (serverless, old Kafka), or not in the
 * state for it; otherwise the request is wrong.
 */
export function refusedRequest(
  fields: AwsErrorFields,
  sentence: string,
  { operation }: CallTarget,
): Pick<Problem, "code" | "message" | "remedy"> {
  const message = `${serviceOf(operation)} does not take ${operation} like this: ${sentence}.`;
  const isChange = operation === "UpdateTopic";
  if (/\bstate\b|not active|must be active/i.test(sentence)) {
    const again = isChange ? "Try again once the cluster is ACTIVE." : "It is asked again; MSK answers this while the cluster is ACTIVE.";
    return { code: "unavailable", message, remedy: again };
  }
  if (isChange && OF_THE_CLUSTER.test(sentence)) return { code: "unsupported", message, remedy: `MSK changes topics ${CONNECT}` };
  const isTopicReading = TOPIC_READINGS.has(operation) && !OF_THE_REQUEST.test(fields.invalidParameter ?? "");
  if (isTopicReading) return { code: "unsupported", message, remedy: `MSK tells of topics ${CONNECT}` };
  if (/serverless|not supported|unsupported|cannot be performed/i.test(sentence)) return { code: "unsupported", message };
  return { code: "invalid", message };
}
