import type { AwsRegion } from "@/lib/aws";
import type { KafkaAdmin } from "@/lib/kafka";

/** What is asked of a cluster's brokers. Nothing here rejects for what a broker does or does not answer. */
export type ChangeAdmin = Pick<
  KafkaAdmin,
  "readConfigs" | "readQuotas" | "readMetadata" | "alterTopicConfigs" | "alterQuotas" | "createPartitions"
>;

/** What is asked of MSK's own API. */
export type ChangeRegion = Pick<AwsRegion, "readTopic" | "updateTopicConfigs" | "updateTopicPartitions">;
