import type { AwsSpending, CloudSeries, PublishedSeries, SeriesRequest } from "@/lib/domain/cloud-facts";
import type { PartitionFact, Reading } from "@/lib/domain/facts";
import type { KmsKey, MskBootstrap, MskCluster, MskNode, MskOperation, MskTopic, MskTopicDetail } from "@/lib/domain/msk-facts";
import type { WriteAnswer } from "@/lib/domain/writes";

/**
 * AWS as one role sees it in one region. No reading rejects for what AWS does or does not answer: what is missing is a `Problem` that
 * names the operation, and for a denied call the IAM action to grant.
 */
export interface AwsRegion {
  readonly region: string;
  listClusters: () => Promise<Reading<MskCluster[] | null>>;
  readCluster: (arn: string) => Promise<Reading<MskCluster | null>>;
  readNodes: (arn: string) => Promise<Reading<MskNode[] | null>>;
  readBootstrap: (arn: string) => Promise<Reading<MskBootstrap | null>>;
  /** The newest operations first, at most 100. */
  readOperations: (arn: string) => Promise<Reading<MskOperation[] | null>>;
  readConfiguration: (arn: string, revision: number) => Promise<Reading<Record<string, string> | null>>;
  /** Who manages a key of KMS. It is asked for once an hour; where KMS falls silent, what was known is told beside the problem. */
  readKey: (keyArn: string) => Promise<Reading<KmsKey | null>>;
  /** Not for serverless clusters, nor below Kafka 3.6. */
  listTopics: (arn: string) => Promise<Reading<MskTopic[] | null>>;
  readTopic: (arn: string, topic: string) => Promise<Reading<MskTopicDetail | null>>;
  readPartitions: (arn: string, topic: string) => Promise<Reading<PartitionFact[] | null>>;
  readScramSecrets: (arn: string) => Promise<Reading<string[] | null>>;
  /** `configs` is the whole set that the topic is meant to have of its own. ok: MSK took it; read the topic until it is ACTIVE. */
  updateTopicConfigs: (arn: string, topic: string, configs: Record<string, string>) => Promise<WriteAnswer>;
  /** `count` is the total. ok: MSK took it; read the topic until it is ACTIVE. */
  updateTopicPartitions: (arn: string, topic: string, count: number) => Promise<WriteAnswer>;
  /** Which series of these metrics the cluster has (active in the last three hours). */
  listPublished: (clusterName: string, metrics: readonly string[]) => Promise<Reading<PublishedSeries | null>>;
  /**
   * Series through one cache: equal requests within a minute share one call, at most 500 series go in one, and the budget of the region
   * is not exceeded. Series that could not be had are in the answer with their status.
   */
  readSeries: (request: SeriesRequest) => Promise<Reading<CloudSeries[]>>;
  spending: () => AwsSpending;
  close: () => void;
}
