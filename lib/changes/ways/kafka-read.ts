import type { Target } from "@/lib/domain/change/operation";
import type { ConfigFact, Problem, Reading } from "@/lib/domain/facts";
import type { StoredOperation } from "@/lib/store";
import { entityKey } from "./entity-key";
import type { ChangeAdmin } from "./ports";
import { problemOfError } from "./problems";
import type { Seen, SeenValues } from "./way";

type Of<K extends Target["kind"]> = Extract<Target, { kind: K }>;
interface Asked<K extends Target["kind"]> {
  index: number;
  target: Of<K>;
}

function ofKind<K extends Target["kind"]>(operations: readonly StoredOperation[], kind: K): Asked<K>[] {
  return operations.flatMap(({ index, target }) => (target.kind === kind ? [{ index, target: target as Of<K> }] : []));
}

/**
 * What stands where these operations write, in as few requests as possible: the configurations of all topics with only the keys that
 * matter, one list of quota rules, one metadata request.
 */
export async function readFromBrokers(admin: ChangeAdmin, operations: readonly StoredOperation[]): Promise<SeenValues> {
  const seen = new Map<number, Seen>();
  await Promise.all([
    readConfigs(admin, ofKind(operations, "topic-config"), seen),
    readQuotas(admin, ofKind(operations, "quota"), seen),
    readPartitions(admin, ofKind(operations, "partitions"), seen),
  ]);
  return seen;
}

async function readConfigs(admin: ChangeAdmin, asked: Asked<"topic-config">[], into: Map<number, Seen>): Promise<void> {
  if (asked.length === 0) return;
  const topics = [...new Set(asked.map(({ target }) => target.topic))];
  const keys = [...new Set(asked.map(({ target }) => target.key))];
  const resources = topics.map((name) => ({ type: "topic" as const, name }));
  const { value, problems } = await safely("DescribeConfigs", [], () => admin.readConfigs(resources, keys));
  const configs = new Map(value.flatMap((one) => (one.resource.type === "topic" ? [[one.resource.name, one.configs] as const] : [])));
  for (const { index, target } of asked) {
    const own = configs.get(target.topic);
    into.set(index, own === undefined ? { problem: problemFor(target.topic, problems) } : { value: ownValue(own, target.key) });
  }
}

/** A value that the topic inherits is none of its own. */
function ownValue(configs: readonly ConfigFact[], key: string): string | null {
  const config = configs.find(({ name }) => name === key);
  return config?.source === "topic" ? config.value : null;
}

async function readQuotas(admin: ChangeAdmin, asked: Asked<"quota">[], into: Map<number, Seen>): Promise<void> {
  if (asked.length === 0) return;
  const { value, problems } = await safely("DescribeClientQuotas", null, () => admin.readQuotas());
  const rules = value === null ? null : new Map(value.map((rule) => [entityKey(rule.entity), rule.values]));
  for (const { index, target } of asked) {
    const set = rules?.get(entityKey(target.entity))?.[target.key];
    into.set(index, rules === null ? { problem: first(problems) } : { value: set === undefined ? null : String(set) });
  }
}

async function readPartitions(admin: ChangeAdmin, asked: Asked<"partitions">[], into: Map<number, Seen>): Promise<void> {
  if (asked.length === 0) return;
  const { value, problems } = await safely("Metadata", null, () => admin.readMetadata());
  for (const { index, target } of asked) {
    const topic = value?.topics.get(target.topic);
    if (value === null) into.set(index, { problem: first(problems) });
    else if (topic === undefined) into.set(index, { problem: problemFor(target.topic, [...problems, notThere(target.topic)]) });
    else into.set(index, { value: String(topic.partitions.length) });
  }
}

/** A reading that throws is a fault of ours, and costs no more than its values. */
async function safely<T>(operation: string, otherwise: T, read: () => Promise<Reading<T>>): Promise<Reading<T>> {
  try {
    return await read();
  } catch (error) {
    return { value: otherwise, problems: [problemOfError(operation, error)] };
  }
}

/** Of problems that may stand for many topics, the one that is about this topic. */
function problemFor(topic: string, problems: readonly Problem[]): Problem {
  const own = problems.find(({ resource, message }) => resource === topic || message.includes(`'${topic}'`));
  return own ?? problems.find(({ resource }) => resource === undefined) ?? first(problems);
}

function first(problems: readonly Problem[]): Problem {
  return problems[0] ?? { code: "unavailable", operation: "", message: "The cluster gave no answer and no reason." };
}

function notThere(topic: string): Problem {
  return { code: "invalid", operation: "Metadata", message: `The topic ${topic} is not on the cluster any more.`, resource: topic };
}
