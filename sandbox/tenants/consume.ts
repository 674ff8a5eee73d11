import type { Consumer, ConsumerConfig, ConsumerRunConfig, Kafka } from "kafkajs";
import { consumeNext } from "./consume-next";
import { hangingReader } from "./hanging-reader";
import type { Actor, GroupPlan } from "./plan";
import { kafkaOf, keepTrying, type Session } from "./session";

const COMMIT_EVERY_MS = 10_000;

/** Few, large answers: what an idle consumer costs is its number of fetches. */
const FRUGAL: Omit<ConsumerConfig, "groupId"> = {
  maxWaitTimeInMs: 5_000,
  minBytes: 65_536,
  sessionTimeout: 45_000,
  rebalanceTimeout: 60_000,
  heartbeatInterval: 12_000,
  allowAutoTopicCreation: false,
};

/** Runs a group of the actor as its plan says, until the run ends. */
export async function consume(session: Session, actor: Actor, group: GroupPlan): Promise<void> {
  const kafka = kafkaOf(session.sandbox, actor);
  const name = `${actor.principal} group ${group.id}`;
  const { behaviour } = group;
  if (group.protocol === "consumer") return consumeNext(session, actor, group);
  if (behaviour.kind === "left") return keepTrying(name, session, () => commitAndLeave(session, kafka, group));
  await Promise.all(
    Array.from({ length: group.members }, () =>
      keepTrying(name, session, (healthy) =>
        member(session, kafka, group, healthy, (consumer) =>
          behaviour.kind === "hangs" ? { run: hangingReader(session, behaviour) } : steadyReader(consumer),
        ),
      ),
    ),
  );
}

interface Reader {
  run: ConsumerRunConfig;
  /** Called before the member leaves. */
  finish?: () => Promise<void>;
}

/** One member from joining to leaving. Rejects when kafkajs gives up; brokers that come and go it survives by itself. */
async function member(
  session: Session,
  kafka: Kafka,
  group: GroupPlan,
  healthy: () => void,
  reader: (consumer: Consumer) => Reader,
): Promise<void> {
  const consumer = kafka.consumer({ groupId: group.id, ...FRUGAL });
  const { run, finish } = reader(consumer);
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: group.topics });
    await new Promise<void>((resolve, reject) => {
      if (session.signal.aborted) resolve();
      session.signal.addEventListener("abort", () => resolve(), { once: true });
      consumer.on(consumer.events.GROUP_JOIN, healthy);
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        if (!payload.restart) reject(payload.error);
      });
      consumer.run(run).catch(reject);
    });
    await finish?.();
  } finally {
    await consumer.disconnect().catch(() => undefined);
  }
}

/** Keeps up. Commits all partitions in one request every ten seconds; kafkajs would commit after every batch. */
function steadyReader(consumer: Consumer): Reader {
  const done = new Map<string, { topic: string; partition: number; offset: string }>();
  const commit = async () => {
    const offsets = [...done.values()];
    done.clear();
    if (offsets.length > 0) await consumer.commitOffsets(offsets).catch(() => undefined);
  };
  let lastCommitMs = Date.now();
  return {
    run: {
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        const { topic, partition } = batch;
        done.set(`${topic}/${partition}`, { topic, partition, offset: String(BigInt(batch.lastOffset()) + 1n) });
        if (Date.now() - lastCommitMs < COMMIT_EVERY_MS) return;
        lastCommitMs = Date.now();
        await commit();
      },
    },
    finish: commit,
  };
}

/** Reads until it has committed in each partition, and leaves for good. Does nothing when the group has done so before. */
async function commitAndLeave({ signal }: Session, kafka: Kafka, group: GroupPlan): Promise<void> {
  const open = await withoutCommit(kafka, group);
  if (open.size === 0) return;
  const consumer = kafka.consumer({ groupId: group.id, ...FRUGAL, minBytes: 1 });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: group.topics, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      if (signal.aborted) resolve();
      signal.addEventListener("abort", () => resolve(), { once: true });
      consumer.on(consumer.events.COMMIT_OFFSETS, ({ payload }) => {
        for (const { topic, partitions } of payload.topics) for (const { partition } of partitions) open.delete(`${topic}/${partition}`);
        if (open.size === 0) resolve();
      });
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      consumer.run({ eachBatch: async () => undefined }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}

/** The partitions, as `topic/partition`, in which the group has never committed. */
async function withoutCommit(kafka: Kafka, { id, topics }: GroupPlan): Promise<Set<string>> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const committed = await admin.fetchOffsets({ groupId: id, topics });
    return new Set(
      committed.flatMap(({ topic, partitions }) =>
        partitions.filter(({ offset }) => offset === "-1").map(({ partition }) => `${topic}/${partition}`),
      ),
    );
  } finally {
    await admin.disconnect();
  }
}
