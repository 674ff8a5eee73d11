import type { Dimension } from "@aws-sdk/client-cloudwatch";
import type { SeriesKey } from "@/lib/domain/cloud-facts";

export const NAMESPACE = "AWS/Kafka";
export const CLUSTER_NAME = "Cluster Name";

/** CloudWatch's names hold spaces. A series is found only by exactly the dimensions it was published with. */
export function dimensionsOf(clusterName: string, { brokerId, topic, group, partition, custom }: SeriesKey): Dimension[] {
  if (custom !== undefined) return Object.entries(custom.dimensions).map(([Name, Value]) => ({ Name, Value }));
  return [
    { Name: CLUSTER_NAME, Value: clusterName },
    ...(brokerId === undefined ? [] : [{ Name: "Broker ID", Value: String(brokerId) }]),
    ...(topic === undefined ? [] : [{ Name: "Topic", Value: topic }]),
    ...(group === undefined ? [] : [{ Name: "Consumer Group", Value: group }]),
    ...(partition === undefined ? [] : [{ Name: "Partition", Value: String(partition) }]),
  ];
}

/** null: the series has a dimension that is not read (such as the way of signing in), so it cannot be asked for by a key. */
export function keyOf(metric: string, dimensions: readonly Dimension[]): SeriesKey | null {
  const key: SeriesKey = { metric };
  for (const { Name: name, Value: value } of dimensions) {
    if (value === undefined) return null;
    if (name === "Topic") key.topic = value;
    else if (name === "Consumer Group") key.group = value;
    else if (name === "Broker ID" && /^\d+$/.test(value)) key.brokerId = Number(value);
    else if (name === "Partition" && /^\d+$/.test(value)) key.partition = Number(value);
    else if (name !== CLUSTER_NAME) return null;
  }
  return key;
}
