import type { Target } from "@/lib/domain/change/operation";
import type { QuotaWrite, TopicConfigWrite, WriteAnswer } from "@/lib/domain/writes";
import type { StoredOperation } from "@/lib/store";
import { entityKey } from "./entity-key";
import { readFromBrokers } from "./kafka-read";
import type { ChangeAdmin } from "./ports";
import { problemOfError } from "./problems";
import type { Answers, Way } from "./way";

/** Reads and writes by the cluster's brokers: one request carries the values of many. */
export function kafkaWay(clusterId: string, admin: ChangeAdmin): Way {
  return {
    name: clusterId,
    clusterId,
    looks: 1,
    keepsTurn: false,
    lateMs: 3_000,
    pauseMs: { first: 100, most: 2_000 },
    read: (operations) => readFromBrokers(admin, operations),
    write: (operations) => writeByBrokers(admin, operations),
    stands: (operation, side, value) => isSame(operation.target, operation[side], value),
  };
}

function isSame(target: Target, expected: string | null, value: string | null): boolean {
  if (expected === null || value === null || target.kind === "topic-config") return expected === value;
  return Number(expected) === Number(value);
}

/** Operations that go into one item of a request: they are taken all or none. */
interface Item<W> {
  write: W;
  indexes: number[];
}

/**
 * All configurations in one request, all quotas in another, all partitions in a third. What belongs to different units is never in one
 * item, as the refusal of one would be the refusal of the other.
 */
async function writeByBrokers(admin: ChangeAdmin, operations: readonly StoredOperation[]): Promise<Answers> {
  const configs = new Map<string, Item<{ topic: string; entries: { key: string; value: string | null }[] }>>();
  const quotas = new Map<string, Item<QuotaWrite>>();
  const partitions: Item<{ topic: string; count: number }>[] = [];
  for (const { index, target, after, unit } of operations) {
    if (target.kind === "topic-config") {
      const item = itemOf(configs, `${unit} ${target.topic}`, { topic: target.topic, entries: [] });
      item.write.entries.push({ key: target.key, value: after });
      item.indexes.push(index);
    } else if (target.kind === "quota") {
      const item = itemOf(quotas, `${unit} ${entityKey(target.entity)}`, { entity: target.entity, values: {} });
      item.write.values[target.key] = after === null ? null : Number(after);
      item.indexes.push(index);
    } else if (target.kind === "partitions") {
      partitions.push({ write: { topic: target.topic, count: Number(after) }, indexes: [index] });
    }
  }
  const answers = new Map<number, WriteAnswer>();
  await Promise.all([
    send<TopicConfigWrite>("IncrementalAlterConfigs", [...configs.values()], (writes) => admin.alterTopicConfigs(writes), answers),
    send("AlterClientQuotas", [...quotas.values()], (writes) => admin.alterQuotas(writes), answers),
    send("CreatePartitions", partitions, (writes) => admin.createPartitions(writes), answers),
  ]);
  return answers;
}

function itemOf<W>(items: Map<string, Item<W>>, name: string, write: W): Item<W> {
  const known = items.get(name) ?? { write, indexes: [] };
  items.set(name, known);
  return known;
}

async function send<W>(
  operation: string,
  items: readonly Item<W>[],
  ask: (writes: W[]) => Promise<WriteAnswer[]>,
  into: Map<number, WriteAnswer>,
): Promise<void> {
  if (items.length === 0) return;
  const answers = await answered(operation, () => ask(items.map(({ write }) => write)));
  for (const [place, { indexes }] of items.entries()) {
    const answer = Array.isArray(answers) ? answers[place] : answers;
    if (answer !== undefined) for (const index of indexes) into.set(index, answer);
  }
}

/** A write that throws may have arrived all the same. */
async function answered(operation: string, ask: () => Promise<WriteAnswer[]>): Promise<WriteAnswer[] | WriteAnswer> {
  try {
    return await ask();
  } catch (error) {
    return { ok: false, problem: problemOfError(operation, error), uncertain: true };
  }
}
