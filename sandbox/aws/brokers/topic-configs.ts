import { createPartitionsV3, describeConfigsV4, incrementalAlterConfigsV1 } from "@platformatic/kafka";
import type { Cluster } from "@/sandbox/kafka/topology";
import { askAnyBroker, whole } from "./ask";

const TOPIC = 2;
const TIMEOUT_MS = 15_000;
/** Kafka's source of a value that was set on the topic itself. */
const DYNAMIC_TOPIC_CONFIG = 1;

export interface TopicConfigs {
  /** Every value in force, with the defaults. */
  effective: Record<string, string>;
  /** Names set on the topic itself. */
  overridden: string[];
}

/** What Kafka refuses, in its own words. */
export class KafkaRefusal extends Error {
  readonly errorCode: number;

  constructor(errorCode: number, message: string) {
    super(message);
    this.errorCode = errorCode;
  }
}

export async function readTopicConfigs(cluster: Cluster, topic: string): Promise<TopicConfigs> {
  const asked = [{ resourceType: TOPIC, resourceName: topic }] as const;
  const answer = await askAnyBroker(cluster, (connection) => whole(describeConfigsV4.api.async(connection, [...asked], false, false)));
  const [result] = answer.results;
  refuse(result);
  const configs = result?.configs ?? [];
  const valued = configs.flatMap(({ name, value }) => (value === null || value === undefined ? [] : [[name, value] as const]));
  return {
    effective: Object.fromEntries(valued),
    overridden: configs.filter(({ configSource }) => configSource === DYNAMIC_TOPIC_CONFIG).map(({ name }) => name),
  };
}

/** Makes `configs` the topic's own values: what it had besides goes back to its default. */
export async function replaceTopicConfigs(cluster: Cluster, topic: string, configs: Record<string, string>): Promise<void> {
  const { overridden } = await readTopicConfigs(cluster, topic);
  const changes = [
    ...Object.entries(configs).map(([name, value]) => ({ name, configOperation: 0 as const, value })),
    ...overridden.filter((name) => !(name in configs)).map((name) => ({ name, configOperation: 1 as const })),
  ];
  const asked = [{ resourceType: TOPIC, resourceName: topic, configs: changes }] as const;
  const answer = await askAnyBroker(cluster, (connection) => whole(incrementalAlterConfigsV1.api.async(connection, [...asked], false)));
  answer.responses.forEach(refuse);
}

/** Sets how many partitions a topic has; Kafka refuses fewer. */
export async function growTopic(cluster: Cluster, topic: string, count: number): Promise<void> {
  const asked = [{ name: topic, count, assignments: null }];
  const answer = await askAnyBroker(cluster, (connection) => whole(createPartitionsV3.api.async(connection, asked, TIMEOUT_MS, false)));
  answer.results.forEach(refuse);
}

function refuse(result: { errorCode: number; errorMessage?: string | null | undefined } | undefined): void {
  if (result !== undefined && result.errorCode !== 0)
    throw new KafkaRefusal(result.errorCode, result.errorMessage ?? `Kafka answered with error ${result.errorCode}`);
}
