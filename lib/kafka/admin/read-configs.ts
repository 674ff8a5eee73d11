import type { ConfigFact, ConfigSource, Problem, Reading } from "@/lib/domain/facts";
import { problemOfCode } from "@/lib/kafka/problems/answered-error";
import { problemOf } from "@/lib/kafka/problems/failure";
import { ProblemTally } from "@/lib/kafka/problems/tally";
import { inBatches } from "./batches";
import type { BrokerSet } from "./link/broker-set";
import { DESCRIBE_CONFIGS } from "./protocol/operations";

export type ConfigResource = { type: "topic"; name: string } | { type: "broker"; id: number };

export interface ConfigReading {
  resource: ConfigResource;
  configs: ConfigFact[];
}

/** Topics in one request: with all values and synonyms a topic's answer takes about 5 KB. */
const TOPICS_PER_REQUEST = 100;

const TOPIC = 2;
const BROKER = 4;

/** DescribeConfigs' numbers of the sources (KIP-226, KIP-524). */
const SOURCES = new Map<number, ConfigSource>([
  [1, "topic"],
  [2, "dynamic-broker"],
  [3, "dynamic-cluster"],
  [4, "static-broker"],
  [5, "default"],
]);

type Version = (typeof DESCRIBE_CONFIGS)["versions"][number];
type Request = Parameters<Version["createRequest"]>;
type Answer = ReturnType<Version["parse"]>;

/**
 * Effective values with their sources, of topics (asked of any broker) and brokers (each asked itself). `keys`: only these.
 * A resource that could not be read is absent from the value and named in a problem.
 */
export async function readConfigs(
  brokers: BrokerSet,
  resources: readonly ConfigResource[],
  keys: readonly string[] | null,
): Promise<Reading<ConfigReading[]>> {
  const tally = new ProblemTally("DescribeConfigs", "topic");
  const reading: Reading<ConfigReading[]> = { value: [], problems: [] };
  const topics = resources.flatMap((resource) => (resource.type === "topic" ? [resource.name] : []));
  const ids = resources.flatMap((resource) => (resource.type === "broker" ? [resource.id] : []));
  for (const names of inBatches(topics, TOPICS_PER_REQUEST)) {
    try {
      const { answer } = await brokers.any(DESCRIBE_CONFIGS, request(TOPIC, names, keys));
      takeTopics(answer, reading.value, tally);
    } catch (error) {
      reading.problems.push(problemOf("DescribeConfigs", error));
    }
  }
  const parts = await brokers.each(ids, "DescribeConfigs", async (link, brokerId) => {
    takeBroker(await link.call(DESCRIBE_CONFIGS, request(BROKER, [String(brokerId)], keys)), brokerId, reading);
  });
  const failed = parts.flatMap((part) => ("problem" in part ? [part.problem] : []));
  reading.problems.push(...failed, ...tally.problems());
  return reading;
}

function request(resourceType: typeof TOPIC | typeof BROKER, names: readonly string[], keys: readonly string[] | null): Request {
  return [names.map((resourceName) => ({ resourceType, resourceName, configurationKeys: keys === null ? null : [...keys] })), true, false];
}

function takeTopics(answer: Answer, into: ConfigReading[], tally: ProblemTally): void {
  for (const { errorCode, errorMessage, resourceName, configs } of answer.results) {
    if (errorCode === 0) into.push({ resource: { type: "topic", name: resourceName }, configs: configs.map(factOf) });
    else tally.add(errorCode, resourceName, undefined, errorMessage);
  }
}

function takeBroker(answer: Answer, brokerId: number, reading: Reading<ConfigReading[]>): void {
  for (const { errorCode, errorMessage, configs } of answer.results) {
    if (errorCode === 0) reading.value.push({ resource: { type: "broker", id: brokerId }, configs: configs.map(factOf) });
    else reading.problems.push(configProblem(errorCode, errorMessage, brokerId));
  }
}

function configProblem(errorCode: number, sentence: string | null | undefined, brokerId: number): Problem {
  return problemOfCode(errorCode, { operation: "DescribeConfigs", brokerId, sentence });
}

function factOf(config: Answer["results"][number]["configs"][number]): ConfigFact {
  return {
    name: config.name,
    value: config.value ?? null,
    source: sourceOf(config.configSource),
    readOnly: config.readOnly,
    sensitive: config.isSensitive,
    synonyms: config.synonyms.map(({ name, value, source }) => ({ name, value: value ?? null, source: sourceOf(source) })),
  };
}

function sourceOf(source: number): ConfigSource {
  return SOURCES.get(source) ?? "unknown";
}
