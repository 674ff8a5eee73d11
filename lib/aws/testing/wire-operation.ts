/** MSK's operations by method and path, each ARN being one percent-encoded segment. */
const ROUTES: [method: string, path: RegExp, operation: string][] = [
  ["GET", /^\/api\/v2\/clusters$/, "ListClustersV2"],
  ["GET", /^\/api\/v2\/clusters\/[^/]+$/, "DescribeClusterV2"],
  ["GET", /^\/api\/v2\/clusters\/[^/]+\/operations$/, "ListClusterOperationsV2"],
  ["GET", /^\/api\/v2\/operations\/[^/]+$/, "DescribeClusterOperationV2"],
  ["GET", /^\/v1\/clusters\/[^/]+\/nodes$/, "ListNodes"],
  ["GET", /^\/v1\/clusters\/[^/]+\/bootstrap-brokers$/, "GetBootstrapBrokers"],
  ["GET", /^\/v1\/clusters\/[^/]+\/scram-secrets$/, "ListScramSecrets"],
  ["GET", /^\/v1\/configurations\/[^/]+\/revisions\/\d+$/, "DescribeConfigurationRevision"],
  ["GET", /^\/v1\/clusters\/[^/]+\/topics$/, "ListTopics"],
  ["GET", /^\/v1\/clusters\/[^/]+\/topics\/[^/]+$/, "DescribeTopic"],
  ["PUT", /^\/v1\/clusters\/[^/]+\/topics\/[^/]+$/, "UpdateTopic"],
  ["GET", /^\/v1\/clusters\/[^/]+\/topics\/[^/]+\/partitions$/, "DescribeTopicPartitions"],
];

/** How CloudWatch, KMS and Secrets Manager name themselves in a header. */
const TARGETS: ReadonlySet<string> = new Set(["GraniteServiceVersion20100801", "TrentService", "secretsmanager"]);

/** The operation a request is for, as AWS itself tells it apart. */
export function operationOf(request: { method: string; path: string; target: string; action: string }): string {
  const [prefix, target] = request.target.split(".");
  if (target !== undefined && TARGETS.has(prefix ?? "")) return target;
  if (request.action !== "") return request.action;
  const route = ROUTES.find(([method, path]) => method === request.method && path.test(request.path));
  return route?.[2] ?? `${request.method} ${request.path}`;
}
