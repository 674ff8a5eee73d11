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

const TOPIC_CALLS: ReadonlySet<AwsOperation> = new Set(["ListTopics", "DescribeTopic", "DescribeTopicPartitions"]);
const OF_THE_REQUEST = /nextToken|maxResults|topicName/i;

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
  if (/\bstate\b|not active|must be active/i.test(sentence)) {
    return { code: "unavailable", message, remedy: "It is asked again; MSK answers this while the cluster is ACTIVE." };
  }
  const isTopicCall = TOPIC_CALLS.has(operation) && !OF_THE_REQUEST.test(fields.invalidParameter ?? "");
  if (isTopicCall) {
    const remedy = "MSK tells of topics for provisioned clusters with Kafka 3.6 or newer. Connect the console to the brokers instead.";
    return { code: "unsupported", message, remedy };
  }
  if (/serverless|not supported|unsupported|cannot be performed/i.test(sentence)) return { code: "unsupported", message };
  return { code: "invalid", message };
}
