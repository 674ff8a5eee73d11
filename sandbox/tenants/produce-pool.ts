import type { Message, Producer, TopicMessages } from "kafkajs";
import { POOL } from "./cast";
import type { Actor } from "./plan";
import { POOL_TENANTS, POOL_WEIGHTS } from "./pool-tenants";
import { paced, withProducer } from "./produce";
import { makeRecord, randomBetween } from "./records";
import type { Session } from "./session";

const BATCHES_PER_TOPIC = 3;
const KEYS = 5_000;
const TOTAL_WEIGHT = POOL_WEIGHTS.reduce((sum, weight) => sum + weight, 0);

/** One service writes for all tenants of the pool, and a trickle into the topic that has a partition for each of them. */
export async function producePool(session: Session, service: Actor): Promise<void> {
  await withProducer(session, service, async (producer) => {
    await Promise.all([sendShared(session, producer, service), sendLegacy(session, producer)]);
  });
}

/** Each partition gets one tenant's records at a time, so that every batch in the log holds one tenant. */
async function sendShared(session: Session, producer: Producer, service: Actor): Promise<void> {
  let turn = 0;
  await paced(session, "pool", POOL.everyMs, async (elapsedMs) => {
    const topicMessages: TopicMessages[] = POOL.streams.map((stream) => {
      const partitions = service.topics.find((topic) => topic.name === stream.topic)?.partitions ?? 1;
      const bytes = (stream.bytesPerSecond * elapsedMs) / 1_000 / BATCHES_PER_TOPIC;
      const batches = Array.from({ length: BATCHES_PER_TOPIC }, () => tenantBatch(stream, drawTenant(), bytes, turn++ % partitions));
      return { topic: stream.topic, messages: batches.flat() };
    });
    await producer.sendBatch({ topicMessages });
  });
}

/** Records of one tenant for one partition, `bytes` of values together; a few come without the header. */
export function tenantBatch(
  { shape, recordBytes }: (typeof POOL.streams)[number],
  tenant: string,
  bytes: number,
  partition: number,
): Message[] {
  const messages: Message[] = [];
  for (let size = 0; size < bytes; ) {
    const value = makeRecord(shape, randomBetween(...recordBytes), Date.now());
    const named = Math.random() >= 1 / POOL.missingHeaderOneIn;
    messages.push({
      partition,
      key: `${shape}-${randomBetween(1, KEYS)}`,
      value,
      ...(named ? { headers: { [POOL.header]: tenant } } : {}),
    });
    size += value.length;
  }
  return messages;
}

async function sendLegacy(session: Session, producer: Producer): Promise<void> {
  await paced(session, POOL.legacyTopic, POOL.legacyEveryMs, async () => {
    const tenant = drawTenant();
    const value = makeRecord("activity", 300, Date.now());
    const message = { partition: POOL_TENANTS.indexOf(tenant), key: tenant, value, headers: { [POOL.header]: tenant } };
    await producer.send({ topic: POOL.legacyTopic, messages: [message] });
  });
}

/** Large tenants come up more often than small ones. */
function drawTenant(): string {
  let left = Math.random() * TOTAL_WEIGHT;
  const drawn = POOL_TENANTS.find((_, rank) => {
    left -= POOL_WEIGHTS[rank] ?? 0;
    return left < 0;
  });
  return drawn ?? POOL_TENANTS[0] ?? "";
}
