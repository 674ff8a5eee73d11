import type { Problem, Reading } from "@/lib/domain/facts";
import type { MskTopicDetail } from "@/lib/domain/msk-facts";
import type { WriteAnswer } from "@/lib/domain/writes";
import type { StoredOperation } from "@/lib/store";
import type { ChangeRegion } from "./ports";
import { problemOfError } from "./problems";
import type { Seen, SeenValues, Way } from "./way";

/** Calls under way at a time: AWS limits how many an account makes. */
const CALLS_AT_ONCE = 4;

type Values = ReadonlyMap<string, string | null>;

/**
 * Reads and writes topics by MSK's own API, which takes a topic's whole set of values and does not say whether it replaces the set or
 * adds to it, nor which of the values that it shows are the topic's own. So everything it shows is sent back with the changes put in: a
 * value that is left out might fall back to a default that nobody here can see, and with a shorter retention records would go. The
 * price is that values a topic inherited become its own. MSK shows a change up to a minute late, therefore what was sent lately counts
 * for more than what is shown, and nobody else writes here until it is seen.
 */
export function mskWay(clusterId: string, region: ChangeRegion, arn: string): Way {
  const shown = new Map<string, MskTopicDetail>();
  const sent = new Map<string, Map<string, string | null>>();
  return {
    name: `${clusterId} by MSK`,
    clusterId,
    looks: 2,
    keepsTurn: true,
    lateMs: 60_000,
    pauseMs: { first: 1_000, most: 10_000 },
    async read(operations) {
      const topics = new Map<string, Reading<MskTopicDetail | null>>();
      await someAtOnce([...topicsOf(operations).keys()], async (topic) => {
        const reading = await readTopic(region, arn, topic);
        topics.set(topic, reading);
        if (reading.value === null) shown.delete(topic);
        else shown.set(topic, reading.value);
      });
      return seenIn(operations, topics);
    },
    async write(operations) {
      const answers = new Map<number, WriteAnswer>();
      await someAtOnce([...topicsOf(operations)], async ([topic, of]) => {
        const detail = shown.get(topic);
        if (detail === undefined) return;
        const own = sent.get(topic) ?? new Map<string, string | null>();
        sent.set(topic, own);
        await writeTopic({ region, arn, detail, own }, of, answers);
      });
      return answers;
    },
    stands,
  };
}

function topicsOf(operations: readonly StoredOperation[]): Map<string, StoredOperation[]> {
  const topics = new Map<string, StoredOperation[]>();
  for (const operation of operations) {
    const { target } = operation;
    if (target.kind !== "topic-config" && target.kind !== "partitions") continue;
    const of = topics.get(target.topic);
    if (of === undefined) topics.set(target.topic, [operation]);
    else of.push(operation);
  }
  return topics;
}

async function readTopic(region: ChangeRegion, arn: string, topic: string): Promise<Reading<MskTopicDetail | null>> {
  try {
    return await region.readTopic(arn, topic);
  } catch (error) {
    return { value: null, problems: [problemOfError("DescribeTopic", error)] };
  }
}

function seenIn(operations: readonly StoredOperation[], topics: ReadonlyMap<string, Reading<MskTopicDetail | null>>): SeenValues {
  const seen = new Map<number, Seen>();
  for (const [topic, of] of topicsOf(operations)) {
    const reading = topics.get(topic);
    for (const { index, target } of of) {
      const detail = reading?.value ?? null;
      if (detail === null) seen.set(index, { problem: reading?.problems[0] ?? noReason(topic) });
      else if (detail.status !== "ACTIVE") seen.set(index, { problem: notActive(detail) });
      else if (target.kind === "partitions") seen.set(index, { value: String(detail.partitionCount) });
      else if (target.kind === "topic-config") seen.set(index, { value: detail.configs[target.key] ?? null });
    }
  }
  return seen;
}

function noReason(topic: string): Problem {
  return { code: "unavailable", operation: "DescribeTopic", message: `MSK did not describe the topic ${topic}.`, resource: topic };
}

function notActive({ name, status }: MskTopicDetail): Problem {
  const message = `MSK says that the topic ${name} is ${status}, and not yet ACTIVE again.`;
  return { code: "unavailable", operation: "DescribeTopic", message, resource: name };
}

interface TopicWrite {
  region: ChangeRegion;
  arn: string;
  detail: MskTopicDetail;
  /** What was sent before and need not be shown yet. */
  own: Map<string, string | null>;
}

/** Values and number of partitions are two calls. */
async function writeTopic(
  { region, arn, detail, own }: TopicWrite,
  operations: readonly StoredOperation[],
  answers: Map<number, WriteAnswer>,
) {
  const values = new Map(operations.flatMap(({ target, after }) => (target.kind === "topic-config" ? [[target.key, after] as const] : [])));
  const note = (kind: "topic-config" | "partitions", answer: WriteAnswer) => {
    for (const { index, target } of operations) if (target.kind === kind) answers.set(index, answer);
  };
  if (values.size > 0) {
    const answer = await answered(() => region.updateTopicConfigs(arn, detail.name, merged(detail.configs, own, values)));
    if (answer.ok || answer.uncertain) for (const [key, value] of values) own.set(key, value);
    note("topic-config", answer);
  }
  const count = operations.find(({ target }) => target.kind === "partitions")?.after;
  if (count === undefined) return;
  note("partitions", await answered(() => region.updateTopicPartitions(arn, detail.name, Number(count))));
}

function merged(shown: Readonly<Record<string, string>>, ...changes: readonly Values[]): Record<string, string> {
  const set = new Map(Object.entries(shown));
  for (const [key, value] of changes.flatMap((values) => [...values])) {
    if (value === null) set.delete(key);
    else set.set(key, value);
  }
  return Object.fromEntries(set);
}

async function answered(ask: () => Promise<WriteAnswer>): Promise<WriteAnswer> {
  try {
    return await ask();
  } catch (error) {
    return { ok: false, problem: problemOfError("UpdateTopic", error), uncertain: true };
  }
}

/**
 * MSK shows a value also where the topic has none of its own: then the inherited one stands for none, and where that is not known, any
 * value that is not the other side of the operation.
 */
function stands(operation: StoredOperation, side: "before" | "after", value: string | null): boolean {
  const expected = operation[side];
  if (expected !== null || value === null) return value === expected;
  const { inherited } = operation;
  if (inherited !== undefined) return value === inherited.value;
  return value !== operation[side === "before" ? "after" : "before"];
}

async function someAtOnce<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(CALLS_AT_ONCE, items.length) }, worker));
}
