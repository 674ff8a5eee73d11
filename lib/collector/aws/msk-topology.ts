import type { AwsRegion } from "@/lib/aws";
import type { Clock } from "@/lib/collector/clock";
import type { MetadataFacts, PartitionFact, Problem, Reading, TopicFact } from "@/lib/domain/facts";
import type { MskFacts, MskTopic } from "@/lib/domain/msk-facts";

/** Each topic costs a call, so its partitions are asked for again only after this time, or when its counts have changed. */
const PARTITIONS_FRESH_MS = 600_000;
/** Calls under way at once, and in one reading: the rest follows with the next. */
const PARALLEL = 8;
const CALLS_MAX = 400;

export interface MskTopology {
  /**
   * Topics and brokers by MSK's topic API. null: MSK told no topics. It is not for serverless clusters: of those only the names are
   * known that CloudWatch has series of.
   */
  read: (msk: MskFacts | null, named: Iterable<string>) => Promise<Reading<MetadataFacts | null>>;
}

interface Known {
  atMs: number;
  topic: MskTopic;
  partitions: PartitionFact[];
}

/** Tells the topics of a cluster whose brokers cannot be reached, without a network path to them. */
export function createMskTopology(region: AwsRegion, arn: string, clock: Clock): MskTopology {
  const known = new Map<string, Known>();

  async function readPartitions(topic: MskTopic): Promise<Problem[]> {
    const { value, problems } = await region.readPartitions(arn, topic.name);
    if (value !== null) known.set(topic.name, { atMs: clock.now(), topic, partitions: byNumber(value) });
    return problems;
  }

  function isDue(topic: MskTopic): boolean {
    const before = known.get(topic.name);
    if (before === undefined || clock.now() - before.atMs > PARTITIONS_FRESH_MS) return true;
    return before.topic.partitionCount !== topic.partitionCount || before.topic.outOfSyncReplicaCount !== topic.outOfSyncReplicaCount;
  }

  return {
    async read(msk, named) {
      if (msk?.cluster.kind === "serverless") return { value: namesOnly(named), problems: [] };
      const listed = await region.listTopics(arn);
      if (listed.value === null) return { value: null, problems: listed.problems };
      const names = new Set(listed.value.map(({ name }) => name));
      for (const name of known.keys()) if (!names.has(name)) known.delete(name);
      const due = listed.value.filter(isDue);
      const problems = [...listed.problems, ...(await inParallel(due.slice(0, CALLS_MAX), readPartitions))];
      const unread = listed.value.length - known.size;
      if (unread > 0 && problems.length === 0) problems.push(stillReading(unread, listed.value.length));
      return { value: metadataOf(msk, known), problems: problems.slice(0, PARALLEL) };
    },
  };
}

function namesOnly(named: Iterable<string>): MetadataFacts {
  const topics = [...named].map((name): [string, TopicFact] => [
    name,
    { name, internal: name.startsWith("__"), partitions: [], partitionsHidden: true },
  ]);
  return { kafkaClusterId: null, controllerId: null, brokers: [], topics: new Map(topics) };
}

function metadataOf(msk: MskFacts | null, known: ReadonlyMap<string, Known>): MetadataFacts {
  const topics = [...known].map(([name, { partitions }]): [string, TopicFact] => [
    name,
    { name, internal: name.startsWith("__"), partitions },
  ]);
  const port = entryPort(msk?.bootstrap ?? null);
  const brokers = (msk?.nodes ?? []).map(({ brokerId, endpoints: [host = ""] }) => ({ id: brokerId, host, port, rack: null }));
  return { kafkaClusterId: null, controllerId: null, brokers, topics: new Map(topics) };
}

/** The port of the first way of entry; 0 where MSK tells none, and then nobody connects by it. */
function entryPort(bootstrap: MskFacts["bootstrap"]): number {
  const [address = ""] = Object.values(bootstrap ?? {}).flat();
  return Number(address.split(":").at(-1) ?? 0) || 0;
}

function byNumber(partitions: readonly PartitionFact[]): PartitionFact[] {
  return partitions.toSorted((a, b) => a.partition - b.partition);
}

function stillReading(unread: number, all: number): Problem {
  const message = `${unread} of ${all} topics have not been read yet.`;
  return { code: "unavailable", operation: "DescribeTopicPartitions", message, remedy: "They follow with the next readings." };
}

async function inParallel(topics: readonly MskTopic[], work: (topic: MskTopic) => Promise<Problem[]>): Promise<Problem[]> {
  const problems: Problem[] = [];
  let next = 0;
  const workers = Array.from({ length: PARALLEL }, async () => {
    for (let topic = topics[next++]; topic !== undefined; topic = topics[next++]) problems.push(...(await work(topic)));
  });
  await Promise.all(workers);
  return problems;
}
