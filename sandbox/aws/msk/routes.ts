import { AwsError, badRequest } from "@/sandbox/aws/http/aws-error";
import type { WireRequest } from "@/sandbox/aws/http/request";
import { queryPairs } from "@/sandbox/aws/http/request";
import type { MskCall } from "./call";
import { describeClusterOperationV2, listClusterOperationsV2 } from "./cluster-operations";
import { describeClusterV2, listClustersV2 } from "./clusters";
import { describeConfigurationRevision, listKafkaVersions, listScramSecrets } from "./configurations";
import { getBootstrapBrokers, listNodes } from "./nodes";
import { describeTopic, describeTopicPartitions, listTopics } from "./topics";
import { updateTopic } from "./update-topic";

export interface Route {
  operation: string;
  method: string;
  /** Segments of the address; `{name}` takes one of any kind, percent-encoded. */
  path: string[];
  run: (call: MskCall) => object | Promise<object>;
}

const route = (operation: string, request: string, run: Route["run"]): Route => {
  const [method = "", path = ""] = request.split(" ");
  return { operation, method, path: path.split("/"), run };
};

const ROUTES: Route[] = [
  route("ListClustersV2", "GET /api/v2/clusters", listClustersV2),
  route("DescribeClusterV2", "GET /api/v2/clusters/{clusterArn}", describeClusterV2),
  route("ListClusterOperationsV2", "GET /api/v2/clusters/{clusterArn}/operations", listClusterOperationsV2),
  route("DescribeClusterOperationV2", "GET /api/v2/operations/{clusterOperationArn}", describeClusterOperationV2),
  route("ListNodes", "GET /v1/clusters/{clusterArn}/nodes", listNodes),
  route("GetBootstrapBrokers", "GET /v1/clusters/{clusterArn}/bootstrap-brokers", getBootstrapBrokers),
  route("ListScramSecrets", "GET /v1/clusters/{clusterArn}/scram-secrets", listScramSecrets),
  route("ListTopics", "GET /v1/clusters/{clusterArn}/topics", listTopics),
  route("DescribeTopic", "GET /v1/clusters/{clusterArn}/topics/{topicName}", describeTopic),
  route("UpdateTopic", "PUT /v1/clusters/{clusterArn}/topics/{topicName}", updateTopic),
  route("DescribeTopicPartitions", "GET /v1/clusters/{clusterArn}/topics/{topicName}/partitions", describeTopicPartitions),
  route("ListKafkaVersions", "GET /v1/kafka-versions", listKafkaVersions),
  route("DescribeConfigurationRevision", "GET /v1/configurations/{arn}/revisions/{revision}", describeConfigurationRevision),
];

/** Finds the operation of a request by restJson1's rules. Throws what MSK's front door answers to an address nobody serves. */
export function findRoute({ method, path }: WireRequest): { route: Route; path: Record<string, string> } {
  const segments = path.split("/");
  for (const candidate of ROUTES) {
    if (candidate.method !== method || candidate.path.length !== segments.length) continue;
    const found = match(candidate.path, segments);
    if (found !== null) return { route: candidate, path: found };
  }
  throw new AwsError("UnknownOperationException", 404, `${method} ${path} is no operation of MSK's that the sandbox serves.`);
}

function match(pattern: string[], segments: string[]): Record<string, string> | null {
  const found: Record<string, string> = {};
  for (const [at, expected] of pattern.entries()) {
    const given = segments[at] ?? "";
    if (expected.startsWith("{")) found[expected.slice(1, -1)] = decodeURIComponent(given);
    else if (expected !== given) return null;
  }
  return found;
}

export const queryOf = ({ query }: WireRequest) => new Map(queryPairs(query));

/** A JSON object, or nothing at all. */
export function jsonBody({ body }: WireRequest): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw badRequest("The request body is not valid JSON.");
}
