import { entityKey } from "@/lib/changes/ways/entity-key";
import type { ChangeAdmin } from "@/lib/changes/ways/ports";
import type { Clock } from "@/lib/collector/clock";
import {
  type ConfigFact,
  type Problem,
  QUOTA_KEYS,
  type QuotaEntity,
  type QuotaKey,
  type QuotaRuleFact,
  type Reading,
  type TopicFact,
} from "@/lib/domain/facts";
import type { WriteAnswer } from "@/lib/domain/writes";
import { createLateValues, type LateValues } from "./late-values";

/** What a cluster does with one item of a write; absent: it takes it. */
export type Fault =
  | { refuses: Problem; uncertain?: boolean }
  /** It arrives, but no answer does. */
  | "loses the answer"
  /** It does not arrive, and no answer does. */
  | "loses the request";

/** A cluster in memory, as far as changes look at it. Change its fields to change the cluster. */
export interface FakeBrokers {
  admin: ChangeAdmin;
  /** Requests by name, each with its items. */
  asked: { operation: string; items: string[] }[];
  /** Every value that was written, in order: "config acme.orders retention.ms = 1". */
  written: string[];
  /** How long readings show the old value. */
  delayMs: number;
  /** Set: no broker answers, to nothing. */
  down: Problem | null;
  /** Readings of these kinds fail. */
  unreadable: Map<"configs" | "quotas" | "metadata", Problem>;
  /** Asked for each item of a write: a topic's name, or an entity. */
  fault: (item: string) => Fault | undefined;
  topics: Set<string>;
  setConfig: (topic: string, key: string, value: string | null) => void;
  setQuota: (user: string, key: QuotaKey, value: number | null) => void;
  setPartitions: (topic: string, count: number) => void;
  config: (topic: string, key: string) => string | null;
  quota: (user: string, key: QuotaKey) => string | null;
  partitions: (topic: string) => number;
}

export const INHERITED = "604800000";

export const UNREACHABLE: Problem = {
  code: "unreachable",
  operation: "",
  message: "b1:9096 was not reached: nothing listens there (connection refused).",
};

type Fake = Omit<FakeBrokers, "admin"> & { values: LateValues; entities: Map<string, QuotaEntity> };

const configName = (topic: string, key: string): string => `config ${topic} ${key}`;
const partitionsName = (topic: string): string => `partitions ${topic}`;
const quotaName = (entity: QuotaEntity, key: QuotaKey): string => `quota ${entityKey(entity)} ${key}`;

export function fakeBrokers(clock: Clock): FakeBrokers {
  const values = createLateValues(clock);
  const fake: Fake = {
    values,
    entities: new Map(),
    asked: [],
    written: [],
    delayMs: 0,
    down: null,
    unreadable: new Map(),
    fault: () => undefined,
    topics: new Set(),
    setConfig(topic, key, value) {
      fake.topics.add(topic);
      values.set(configName(topic, key), value);
    },
    setQuota(user, key, value) {
      fake.entities.set(entityKey({ user }), { user });
      values.set(quotaName({ user }, key), value === null ? null : String(value));
    },
    setPartitions(topic, count) {
      fake.topics.add(topic);
      values.set(partitionsName(topic), String(count));
    },
    config: (topic, key) => values.standing(configName(topic, key)),
    quota: (user, key) => values.standing(quotaName({ user }, key)),
    partitions: (topic) => Number(values.standing(partitionsName(topic))),
  };
  return Object.assign(fake, { admin: { ...readings(fake), ...writes(fake) } });
}

function readings(fake: Fake): Pick<ChangeAdmin, "readConfigs" | "readQuotas" | "readMetadata"> {
  async function reading<T>(
    { kind, operation, items }: { kind: "configs" | "quotas" | "metadata"; operation: string; items: string[] },
    otherwise: T,
    value: () => Reading<T>,
  ): Promise<Reading<T>> {
    fake.asked.push({ operation, items });
    const problem = fake.down ?? fake.unreadable.get(kind);
    return problem === undefined ? value() : { value: otherwise, problems: [{ ...problem, operation }] };
  }
  return {
    readConfigs: (resources, keys = []) => {
      const topics = resources.flatMap((one) => (one.type === "topic" ? [one.name] : []));
      return reading({ kind: "configs", operation: "DescribeConfigs", items: topics }, [], () => ({
        value: topics
          .filter((topic) => fake.topics.has(topic))
          .map((name) => ({
            resource: { type: "topic" as const, name },
            configs: keys.map((key) => configFact(key, fake.values.shown(configName(name, key)))),
          })),
        problems: topics.filter((topic) => !fake.topics.has(topic)).map(unknownTopic),
      }));
    },
    readQuotas: () =>
      reading({ kind: "quotas", operation: "DescribeClientQuotas", items: [] }, null, () => ({ value: rules(fake), problems: [] })),
    readMetadata: () =>
      reading({ kind: "metadata", operation: "Metadata", items: [] }, null, () => {
        const topics = new Map([...fake.topics].map((name) => [name, topicFact(name, fake.values.shown(partitionsName(name)))]));
        return { value: { kafkaClusterId: "fake", controllerId: null, brokers: [], topics }, problems: [] };
      }),
  };
}

function writes(fake: Fake): Pick<ChangeAdmin, "alterTopicConfigs" | "alterQuotas" | "createPartitions"> {
  const write = (name: string, value: string | null): void => {
    fake.values.write(name, value, fake.delayMs);
    fake.written.push(`${name} = ${value}`);
  };
  return {
    async alterTopicConfigs(items) {
      ask(fake, "IncrementalAlterConfigs", items, ({ topic }) => topic);
      return items.map(({ topic, entries }) =>
        answer(fake, "IncrementalAlterConfigs", topic, () => {
          for (const { key, value } of entries) write(configName(topic, key), value);
        }),
      );
    },
    async alterQuotas(items) {
      ask(fake, "AlterClientQuotas", items, ({ entity }) => entityKey(entity));
      return items.map(({ entity, values }) =>
        answer(fake, "AlterClientQuotas", entityKey(entity), () => {
          fake.entities.set(entityKey(entity), entity);
          for (const key of QUOTA_KEYS) {
            const value = values[key];
            if (value !== undefined) write(quotaName(entity, key), value === null ? null : String(value));
          }
        }),
      );
    },
    async createPartitions(items) {
      ask(fake, "CreatePartitions", items, ({ topic }) => topic);
      return items.map(({ topic, count }) => {
        if (fake.partitions(topic) < count) {
          return answer(fake, "CreatePartitions", topic, () => write(partitionsName(topic), String(count)));
        }
        const message = `Topic already has ${count} partitions. (INVALID_PARTITIONS)`;
        return { ok: false, problem: { code: "invalid", operation: "CreatePartitions", message }, uncertain: false };
      });
    },
  };
}

function ask<W>(fake: Fake, operation: string, items: readonly W[], nameOf: (item: W) => string): void {
  fake.asked.push({ operation, items: items.map(nameOf) });
}

function answer(fake: Fake, operation: string, item: string, apply: () => void): WriteAnswer {
  if (fake.down !== null) return { ok: false, problem: { ...fake.down, operation }, uncertain: false };
  const fault = fake.fault(item);
  if (typeof fault === "object") return { ok: false, problem: { ...fault.refuses, operation }, uncertain: fault.uncertain ?? false };
  if (fault !== "loses the request") apply();
  if (fault === undefined) return { ok: true };
  return { ok: false, problem: { code: "timeout", operation, message: "b1:9096 did not answer in time." }, uncertain: true };
}

function rules({ values, entities }: Fake): QuotaRuleFact[] {
  return [...entities.values()].flatMap((entity) => {
    const set = QUOTA_KEYS.flatMap((key) => {
      const value = values.shown(quotaName(entity, key));
      return value === null ? [] : [[key, Number(value)] as const];
    });
    return set.length === 0 ? [] : [{ entity, values: Object.fromEntries(set) }];
  });
}

function configFact(name: string, own: string | null): ConfigFact {
  const source = own === null ? "default" : "topic";
  return { name, value: own ?? INHERITED, source, readOnly: false, sensitive: false, synonyms: [] };
}

function unknownTopic(topic: string): Problem {
  const message = "The topic or partition does not exist on the broker. (UNKNOWN_TOPIC_OR_PARTITION)";
  return { code: "unavailable", operation: "DescribeConfigs", message, resource: topic };
}

function topicFact(name: string, count: string | null): TopicFact {
  const partitions = Array.from({ length: Number(count) }, (_, partition) => ({ partition, leader: 1, replicas: [1], isr: [1] }));
  return { name, internal: false, partitions };
}
