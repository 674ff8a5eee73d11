import type { TopicState } from "@/sandbox/aws/brokers/read-topics";
import { numberAt } from "./exporter-page";
import type { Value } from "./levels";
import { value } from "./levels";
import type { BrokerReading } from "./read-broker";

const CONTROLLER = "kafka_controller_KafkaController_Value";

/**
 * What MSK publishes of a cluster as a whole. `ActiveControllerCount` and the disk have a sample from every broker, so that their sum,
 * maximum and average differ.
 */
export function clusterValues(clusterName: string, readings: BrokerReading[], topics: TopicState[] | null): Value[] {
  const dimensions = { "Cluster Name": clusterName };
  if (readings.length === 0) return [];
  const active = readings.map(({ page }) => numberAt(page, CONTROLLER, { name: "ActiveControllerCount" }) ?? 0);
  const controller = readings[active.indexOf(1)];
  const offline = controller === undefined ? undefined : numberAt(controller.page, CONTROLLER, { name: "OfflinePartitionsCount" });
  const partitions = topics?.reduce((sum, topic) => sum + topic.partitions.length, 0);
  return [
    value("ActiveControllerCount", "Count", dimensions, active),
    value(
      "KafkaDataLogsDiskUsed",
      "Percent",
      dimensions,
      readings.map(({ diskUsedPercent }) => diskUsedPercent),
    ),
    ...(offline === undefined ? [] : [value("OfflinePartitionsCount", "Count", dimensions, offline)]),
    ...(topics === null || partitions === undefined
      ? []
      : [value("GlobalTopicCount", "Count", dimensions, topics.length), value("GlobalPartitionCount", "Count", dimensions, partitions)]),
  ];
}
