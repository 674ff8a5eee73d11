import type { AwsRegion } from "@/lib/aws";
import type { Reading } from "@/lib/domain/facts";
import type { MskFacts } from "@/lib/domain/msk-facts";

/** Everything AWS says of one cluster and its key; what a permission hides of it is missing and named. null: the cluster itself was not told. */
export async function readMsk(region: AwsRegion, arn: string): Promise<Reading<MskFacts | null>> {
  const described = await region.readCluster(arn);
  const cluster = described.value;
  if (cluster === null) return { value: null, problems: described.problems };
  const provisioned = cluster.kind !== "serverless";
  const [nodes, bootstrap, operations, configuration, key] = await Promise.all([
    provisioned ? region.readNodes(arn) : nothing<MskFacts["nodes"]>(),
    region.readBootstrap(arn),
    region.readOperations(arn),
    cluster.configuration === null
      ? nothing<MskFacts["configuration"]>()
      : region.readConfiguration(cluster.configuration.arn, cluster.configuration.revision),
    cluster.kmsKeyArn === null ? nothing<MskFacts["key"]>() : region.readKey(cluster.kmsKeyArn),
  ]);
  return {
    value: {
      cluster,
      nodes: nodes.value,
      bootstrap: bootstrap.value,
      operations: operations.value,
      configuration: configuration.value,
      key: key.value,
    },
    problems: [described, nodes, bootstrap, operations, configuration, key].flatMap(({ problems }) => problems),
  };
}

function nothing<T>(): Reading<T | null> {
  return { value: null, problems: [] };
}
