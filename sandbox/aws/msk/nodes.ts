import type { MskCall } from "./call";
import { clusterOf, paged, tokenField } from "./call";
import { softwareInfo } from "./clusters";

export function listNodes(call: MskCall) {
  const cluster = clusterOf(call);
  const page = paged(call, `nodes ${cluster.arn}`, cluster.nodes, ({ id }) => String(id));
  const nodeInfoList = page.items.map(({ id, endpoint, address }) => ({
    addedToClusterTime: cluster.createdAt,
    brokerNodeInfo: {
      brokerId: id,
      clientSubnet: "subnet-0a1b2c3d4e5f60001",
      clientVpcIpAddress: address,
      currentBrokerSoftwareInfo: softwareInfo(cluster),
      endpoints: [endpoint],
    },
    instanceType: cluster.instanceType?.replace(/^(kafka|express)\./, ""),
    nodeARN: `${cluster.arn.replace(":cluster/", ":broker/")}/${id}`,
    nodeType: "BROKER",
  }));
  return { nodeInfoList, ...tokenField(page) };
}

export function getBootstrapBrokers(call: MskCall) {
  return clusterOf(call).bootstrap;
}
