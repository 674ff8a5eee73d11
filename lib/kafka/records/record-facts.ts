import type Broker from "kafkajs/src/broker/index.js";
import type { RecordFact } from "@/lib/domain/facts";

/** An abort marker's key: version 0, type 0 (KIP-98). */
const ABORT_KEY = Buffer.from([0, 0, 0, 0]);

/**
 * The records that a consumer would be given: from the offset asked for (a broker answers whole batches), without
 * transaction markers and without records of aborted transactions.
 */
export function readableRecords(answer: Broker.WirePartition, fromOffset: bigint): RecordFact[] {
  return withoutAborted(answer)
    .filter(({ isControlRecord }) => !isControlRecord)
    .map((record) => recordFact(answer.partition, record))
    .filter(({ offset }) => offset >= fromOffset);
}

/** The offset after everything in the answer, markers included; null: the answer was empty. */
export function offsetAfter(answer: Broker.WirePartition): bigint | null {
  const last = answer.messages.at(-1);
  if (!last) return null;
  const { batchContext } = last;
  return batchContext ? BigInt(batchContext.firstOffset) + BigInt(batchContext.lastOffsetDelta) + 1n : BigInt(last.offset) + 1n;
}

function withoutAborted({ messages, abortedTransactions }: Broker.WirePartition): Broker.WireRecord[] {
  const waiting = (abortedTransactions ?? [])
    .map(({ producerId, firstOffset }) => ({ producerId, firstOffset: BigInt(firstOffset) }))
    .sort((a, b) => (a.firstOffset < b.firstOffset ? -1 : 1));
  const aborted = new Set<string>();
  return messages.filter((record) => {
    const offset = BigInt(record.offset);
    for (let next = waiting[0]; next && next.firstOffset <= offset; next = waiting[0]) {
      aborted.add(next.producerId);
      waiting.shift();
    }
    const { batchContext } = record;
    if (!batchContext) return true;
    if (record.isControlRecord && record.key?.equals(ABORT_KEY)) aborted.delete(batchContext.producerId);
    return !(batchContext.inTransaction && aborted.has(batchContext.producerId));
  });
}

function recordFact(partition: number, record: Broker.WireRecord): RecordFact {
  return {
    partition,
    offset: BigInt(record.offset),
    timestampMs: Number(record.timestamp),
    key: record.key,
    value: record.value,
    headers: headersOf(record),
    batchBaseOffset: BigInt(record.batchContext?.firstOffset ?? record.offset),
  };
}

/** kafkajs groups headers by name; values of one name keep their order. */
function headersOf({ headers }: Broker.WireRecord): RecordFact["headers"] {
  return Object.entries(headers ?? {}).flatMap(([name, values]) =>
    Array.isArray(values) ? values.map((value) => ({ name, value })) : [{ name, value: values }],
  );
}
