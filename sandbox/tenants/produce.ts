import { type Message, Partitioners, type Producer } from "kafkajs";
import type { Actor, StreamPlan } from "./plan";
import { makeRecord, randomBetween } from "./records";
import { kafkaOf, keepTrying, pause, type Session } from "./session";

/** What a record costs on the wire beside its value: key, headers, lengths, and its part of the batch and the request. */
const RECORD_OVERHEAD_BYTES = 40;
/** After a pause in sending no more than this is made up for. */
export const CATCH_UP_TICKS = 2;
const SWING_PERIOD_MS = 20 * 60_000;
const KEYS = 500;

/** Sends all streams of an actor until the run ends. Streams of one pace share their requests: one a tick and broker. */
export async function produce(session: Session, actor: Actor): Promise<void> {
  const paces = Map.groupBy(actor.streams, (stream) => stream.everyMs);
  if (paces.size === 0) return;
  await withProducer(session, actor, async (producer) => {
    await Promise.all([...paces].map(([everyMs, streams]) => sendStreams(session, actor, producer, everyMs, streams)));
  });
}

/** Runs `send` with a connected producer and disconnects it afterwards. */
export async function withProducer(session: Session, actor: Actor, send: (producer: Producer) => Promise<void>): Promise<void> {
  const producer = kafkaOf(session.sandbox, actor).producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
  });
  try {
    await keepTrying(`${actor.principal} producer`, session, async (healthy) => {
      await producer.connect();
      healthy();
    });
    await send(producer);
  } finally {
    await producer.disconnect();
  }
}

/**
 * Calls `send` at an even pace with the time to make records for. While a send waits (a throttled producer, an unreachable broker)
 * nothing piles up beyond two ticks.
 */
export async function paced(session: Session, name: string, everyMs: number, send: (elapsedMs: number) => Promise<void>): Promise<void> {
  await pause(Math.random() * everyMs, session.signal);
  let lastMs = Date.now() - everyMs;
  await keepTrying(name, session, async (healthy) => {
    while (!session.signal.aborted) {
      const nowMs = Date.now();
      const elapsedMs = Math.min(nowMs - lastMs, CATCH_UP_TICKS * everyMs);
      lastMs = nowMs;
      await send(elapsedMs);
      healthy();
      await pause(Math.max(0, nowMs + everyMs - Date.now()), session.signal);
    }
  });
}

async function sendStreams(session: Session, actor: Actor, producer: Producer, everyMs: number, streams: StreamPlan[]): Promise<void> {
  const sources = streams.map((stream) => ({ topic: stream.topic, next: messageSource(stream) }));
  await paced(session, `${actor.principal} producer`, everyMs, async (elapsedMs) => {
    const filled = sources.map(({ topic, next }) => ({ topic, messages: next(elapsedMs) })).filter(({ messages }) => messages.length > 0);
    if (filled.length > 0) await producer.sendBatch({ topicMessages: filled });
  });
}

/** Makes the records of a stretch of time. What the last one of a stretch takes too much, the next stretch pays back. */
function messageSource(stream: StreamPlan): (elapsedMs: number) => Message[] {
  const weights = stream.weights ?? [1];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const dueBytes = weights.map(() => 0);
  return (elapsedMs) => {
    const bytes = (rateAt(stream, Date.now()) * elapsedMs) / 1_000;
    return weights.flatMap((weight, partition) => {
      const messages: Message[] = [];
      let due = (dueBytes[partition] ?? 0) + (bytes * weight) / total;
      while (due > 0) {
        const message = makeMessage(stream);
        messages.push(stream.weights === undefined ? message : { ...message, partition });
        due -= message.value.length + message.key.length + RECORD_OVERHEAD_BYTES;
      }
      dueBytes[partition] = due;
      return messages;
    });
  };
}

function rateAt({ bytesPerSecond, swing, topic }: StreamPlan, nowMs: number): number {
  return bytesPerSecond * (1 + swing * Math.sin((2 * Math.PI * nowMs) / SWING_PERIOD_MS + topic.length));
}

function makeMessage({ shape, recordBytes, hotKey }: StreamPlan): { key: string; value: string } {
  const value = makeRecord(shape, randomBetween(...recordBytes), Date.now());
  return { key: hotKey ?? `${shape}-${randomBetween(1, KEYS)}`, value };
}
