import { ListNodesCommand, type NodeInfo } from "@aws-sdk/client-kafka";
import type { AwsLink } from "@/lib/aws/link/open-link";
import type { Reading } from "@/lib/domain/facts";
import type { MskNode } from "@/lib/domain/msk-facts";
import { PAGE_SIZE, readList } from "./read-list";

/** The brokers by number; controllers and ZooKeeper nodes are not among them. */
export async function readNodes(link: AwsLink, arn: string): Promise<Reading<MskNode[] | null>> {
  const reading = await readList(link, { operation: "ListNodes", arn }, async ({ kafka, abortSignal }, token) => {
    const answer = await kafka.send(new ListNodesCommand({ ClusterArn: arn, MaxResults: PAGE_SIZE, ...token }), { abortSignal });
    return { items: answer.NodeInfoList ?? [], next: answer.NextToken };
  });
  const nodes = reading.value?.flatMap((node) => mapNode(node) ?? []) ?? null;
  return { value: nodes?.sort((a, b) => a.brokerId - b.brokerId) ?? null, problems: reading.problems };
}

function mapNode(node: NodeInfo): MskNode | null {
  const broker = node.BrokerNodeInfo;
  if (broker?.BrokerId === undefined) return null;
  return {
    brokerId: broker.BrokerId,
    endpoints: broker.Endpoints ?? [],
    instanceType: node.InstanceType ?? null,
    zoneSubnet: broker.ClientSubnet ?? null,
    kafkaVersion: broker.CurrentBrokerSoftwareInfo?.KafkaVersion ?? null,
  };
}
