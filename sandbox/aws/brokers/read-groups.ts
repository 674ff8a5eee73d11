import type { Connection } from "@platformatic/kafka";
import { listGroupsV5, listOffsetsV9, offsetFetchV9 } from "@platformatic/kafka";
import { brokerPid } from "@/sandbox/kafka/broker";
import type { Cluster, Node } from "@/sandbox/kafka/topology";
import { askBroker, whole } from "./ask";
import type { TopicState } from "./read-topics";

const LATEST = -1n;
const CONSUMER_REPLICA = -1;
const READ_UNCOMMITTED = 0;

/** Offsets by topic and partition. */
export type Offsets = Map<string, Map<number, bigint>>;

export interface GroupState {
  group: string;
  /** Kafka's word: "Stable", "Empty", "PreparingRebalance" and others. */
  state: string;
  committed: Offsets;
}

/** Consumer groups with what they committed, from the brokers that answer: each knows the groups it coordinates. */
export async function readGroups(cluster: Cluster): Promise<GroupState[]> {
  const running = cluster.nodes.filter((node) => brokerPid(node) !== null);
  const answers = await Promise.all(running.map((node) => askBroker(node, groupsOf).catch(() => [])));
  return answers.flat();
}

async function groupsOf(connection: Connection): Promise<GroupState[]> {
  const { groups } = await whole(listGroupsV5.api.async(connection, [], ["classic", "consumer"]));
  const consumers = groups.filter(({ protocolType }) => protocolType === "consumer" || protocolType === "");
  if (consumers.length === 0) return [];
  const asked = consumers.map(({ groupId }) => ({ groupId, memberId: null, memberEpoch: -1, topics: null }));
  const fetched = await whole(offsetFetchV9.api.async(connection, asked, false));
  const states = new Map(consumers.map(({ groupId, groupState }) => [groupId, groupState]));
  return fetched.groups
    .filter(({ errorCode }) => errorCode === 0)
    .map(({ groupId, topics }) => ({ group: groupId, state: states.get(groupId) ?? "Unknown", committed: offsets(topics) }));
}

/** Where the partitions end that were committed to. Read after the commits, so that a lag is never negative. */
export async function readEnds(cluster: Cluster, topics: TopicState[], wanted: ReadonlySet<string>): Promise<Offsets> {
  const byLeader = Map.groupBy(
    topics.filter(({ name }) => wanted.has(name)).flatMap(({ name, partitions }) => partitions.map((p) => ({ name, ...p }))),
    ({ leader }) => leader,
  );
  const answers = await Promise.all(
    [...byLeader].map(async ([leader, partitions]) => {
      const node = cluster.nodes.find(({ id }) => id === leader);
      return node === undefined ? [] : await endsLedBy(node, partitions).catch(() => []);
    }),
  );
  const ends: Offsets = new Map();
  for (const { name, partitions } of answers.flat()) {
    const known = ends.get(name) ?? new Map<number, bigint>();
    for (const { partitionIndex, offset, errorCode } of partitions) if (errorCode === 0) known.set(partitionIndex, offset);
    ends.set(name, known);
  }
  return ends;
}

async function endsLedBy(node: Node, partitions: { name: string; partition: number }[]) {
  const asked = [...Map.groupBy(partitions, ({ name }) => name)].map(([name, of]) => ({
    name,
    partitions: of.map(({ partition }) => ({ partitionIndex: partition, currentLeaderEpoch: -1, timestamp: LATEST })),
  }));
  const answer = await askBroker(node, (connection) =>
    whole(listOffsetsV9.api.async(connection, CONSUMER_REPLICA, READ_UNCOMMITTED, asked)),
  );
  return answer.topics;
}

function offsets(
  topics: { name: string; partitions: { partitionIndex: number; committedOffset: bigint; errorCode: number }[] }[],
): Offsets {
  return new Map(
    topics.map(({ name, partitions }) => [
      name,
      new Map(
        partitions
          .filter(({ errorCode, committedOffset }) => errorCode === 0 && committedOffset >= 0n)
          .map(({ partitionIndex, committedOffset }) => [partitionIndex, committedOffset]),
      ),
    ]),
  );
}
