import { DescribeClusterV2Command } from "@aws-sdk/client-kafka";
import { ask } from "@/lib/aws/link/ask";
import type { AwsLink } from "@/lib/aws/link/open-link";
import type { Reading } from "@/lib/domain/facts";
import type { MskCluster } from "@/lib/domain/msk-facts";
import { mapCluster } from "./map-cluster";

export async function readCluster(link: AwsLink, arn: string): Promise<Reading<MskCluster | null>> {
  const target = { operation: "DescribeClusterV2", arn } as const;
  const answer = await ask(link, target, ({ kafka, abortSignal }) =>
    kafka.send(new DescribeClusterV2Command({ ClusterArn: arn }), { abortSignal }),
  );
  if (!answer.ok) return { value: null, problems: [answer.problem] };
  const cluster = answer.value.ClusterInfo === undefined ? null : mapCluster(answer.value.ClusterInfo);
  if (cluster !== null) return { value: cluster, problems: [] };
  return { value: null, problems: [{ code: "invalid", operation: target.operation, message: "MSK's answer describes no cluster." }] };
}
