import type { ConsumerRunConfig, EachBatchPayload } from "kafkajs";
import type { GroupBehaviour } from "./plan";
import { pause, type Session } from "./session";

const HEARTBEAT_EVERY_MS = 10_000;

/**
 * A reader that waits for something that never answers, while its heartbeats go on: the group has members and its commits do not
 * move. Only when the next record is `resumeBehindMs` old does it work off its backlog, down to records of `hangBehindMs`.
 */
export function hangingReader(session: Session, behaviour: Extract<GroupBehaviour, { kind: "hangs" }>): ConsumerRunConfig {
  return {
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: 8,
    eachBatch: async (payload) => {
      const { batch } = payload;
      const fresh = batch.messages.find((message) => ageMs(message) < behaviour.hangBehindMs);
      if (fresh === undefined) return moveTo(payload, batch.lastOffset(), BigInt(batch.lastOffset()) + 1n);
      await moveTo(payload, String(BigInt(fresh.offset) - 1n), BigInt(fresh.offset));
      while (ageMs(fresh) < behaviour.resumeBehindMs && payload.isRunning() && !session.signal.aborted) {
        await pause(HEARTBEAT_EVERY_MS, session.signal);
        await payload.heartbeat();
      }
    },
  };
}

async function moveTo(payload: EachBatchPayload, lastDone: string, next: bigint): Promise<void> {
  const { topic, partition } = payload.batch;
  payload.resolveOffset(lastDone);
  await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: String(next) }] }] });
}

const ageMs = (message: { timestamp: string }) => Date.now() - Number(message.timestamp);
