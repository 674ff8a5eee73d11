import type Broker from "kafkajs/src/broker/index.js";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { Problem, Reading, RecordFact } from "@/lib/domain/facts";
import { formatAddress, parseAddress } from "@/lib/kafka/address";
import { type KafkaClock, systemClock } from "@/lib/kafka/clock";
import { problemOfCode } from "@/lib/kafka/problems/answered-error";
import { problemOf } from "@/lib/kafka/problems/failure";
import { isProtocolError, openRecordBroker, type RecordBroker } from "./open-record-broker";
import { offsetAfter, readableRecords } from "./record-facts";

export interface SampleRequest {
  topic: string;
  partition: number;
  /** The first offset wanted; a broker answers OFFSET_OUT_OF_RANGE outside the log. */
  offset: bigint;
  /** Bytes asked of the broker; a first batch that is larger comes whole all the same. */
  maxBytes: number;
  maxRecords: number;
}

export interface RecordSample {
  records: RecordFact[];
  /** Where reading goes on; beyond the last record when markers or aborted records were passed over. */
  nextOffset: bigint;
  logStartOffset: bigint | null;
  /** High watermark. */
  endOffset: bigint;
  /** Where reading ends for now: the high watermark, or before it the first record of a transaction that is not decided yet. */
  stableOffset: bigint;
}

/** Reads samples over connections that it keeps, one broker each. */
export interface RecordReader {
  /** Needs DESCRIBE and READ on the topic. Joins no group and commits nothing. null: the problem says why. */
  sample(request: SampleRequest): Promise<Reading<RecordSample | null>>;
  close(): void;
}

const READ_COMMITTED = 1;
/** At the end of a log there is nothing to wait for. */
const WAIT_MS = 100;
/** Fetches for one sample: the first may hold nothing but markers. */
const FETCHES = 4;
/** UNKNOWN_TOPIC_OR_PARTITION and LEADER_NOT_AVAILABLE. */
const UNKNOWN_PARTITION = 3;
const NO_LEADER = 5;

/** Whoever wants records for whatever reason comes through here. */
const SAMPLES_OFF: Problem = {
  code: "forbidden",
  operation: "Fetch",
  message: "The cluster's connection has `samples: off`, so none of its records is read.",
  remedy: "Take `samples: off` out of the connection.",
};

/** One sample over connections of its own. */
export async function sampleRecords(
  connection: ResolvedConnection,
  request: SampleRequest,
  options: { deadlineMs?: number; clock?: KafkaClock } = {},
): Promise<Reading<RecordSample | null>> {
  const reader = openRecordReader(connection, options);
  try {
    return await reader.sample(request);
  } finally {
    reader.close();
  }
}

export function openRecordReader(connection: ResolvedConnection, options: { deadlineMs?: number; clock?: KafkaClock } = {}): RecordReader {
  const clock = options.clock ?? systemClock;
  const brokers = new Map<string, RecordBroker>();
  const broker = (address: string): RecordBroker => {
    const known = brokers.get(address) ?? openRecordBroker(connection, parseAddress(address), options.deadlineMs ?? 10_000, clock);
    brokers.set(address, known);
    return known;
  };
  const leaderOf = async ({ topic, partition }: SampleRequest): Promise<RecordBroker | Problem> => {
    let last: unknown;
    for (const address of connection.bootstrap) {
      try {
        const metadata = await broker(address).ask((client) => client.metadata([topic]));
        const leader = findLeader(metadata, topic, partition);
        return "code" in leader ? leader : broker(formatAddress(leader));
      } catch (error) {
        last = error;
      }
    }
    return isProtocolError(last) ? problemOfCode(last.code, { operation: "Metadata", resource: topic }) : problemOf("Metadata", last);
  };
  return {
    async sample(request) {
      if (connection.samples === "off") return { value: null, problems: [SAMPLES_OFF] };
      const leader = await leaderOf(request);
      if ("code" in leader) return { value: null, problems: [leader] };
      try {
        return await fetchSample(leader, request);
      } catch (error) {
        return { value: null, problems: [fetchProblem(error, request.topic)] };
      }
    },
    close() {
      for (const open of brokers.values()) open.close();
    },
  };
}

function findLeader(metadata: Broker.WireMetadata, topic: string, partition: number): { host: string; port: number } | Problem {
  const found = metadata.topicMetadata.find((one) => one.topic === topic);
  const place = found?.partitionMetadata.find(({ partitionId }) => partitionId === partition);
  if (!found || !place) return problemOfCode(found?.topicErrorCode || UNKNOWN_PARTITION, { operation: "Metadata", resource: topic });
  return (
    metadata.brokers.find(({ nodeId }) => nodeId === place.leader) ?? problemOfCode(NO_LEADER, { operation: "Metadata", resource: topic })
  );
}

async function fetchSample(leader: RecordBroker, request: SampleRequest): Promise<Reading<RecordSample | null>> {
  const sample: RecordSample = {
    records: [],
    nextOffset: request.offset,
    logStartOffset: null,
    endOffset: request.offset,
    stableOffset: request.offset,
  };
  for (let fetches = 0; fetches < FETCHES && sample.records.length === 0; fetches += 1) {
    const answer = await leader.ask((client) => client.fetch(fetchOf(request, sample.nextOffset)));
    const partition = answer.responses[0]?.partitions[0];
    if (!partition) break;
    const from = sample.nextOffset;
    take(sample, partition, request);
    if (sample.nextOffset <= from || sample.nextOffset >= sample.endOffset) break;
  }
  return { value: sample, problems: [] };
}

function fetchProblem(error: unknown, resource: string): Problem {
  if (!isProtocolError(error)) return { ...problemOf("Fetch", error), resource };
  return problemOfCode(error.code, { operation: "Fetch", resource });
}

function fetchOf({ topic, partition, maxBytes }: SampleRequest, offset: bigint) {
  const partitions = [{ partition, fetchOffset: offset.toString(), maxBytes }];
  return { isolationLevel: READ_COMMITTED as 1, maxWaitTime: WAIT_MS, minBytes: 1, maxBytes, topics: [{ topic, partitions }] };
}

function take(sample: RecordSample, answer: Broker.WirePartition, { maxRecords }: SampleRequest): void {
  sample.endOffset = BigInt(answer.highWatermark);
  sample.stableOffset = BigInt(answer.lastStableOffset ?? answer.highWatermark);
  sample.logStartOffset = answer.lastStartOffset === undefined ? null : BigInt(answer.lastStartOffset);
  const records = readableRecords(answer, sample.nextOffset);
  sample.records.push(...records.slice(0, maxRecords));
  const cut = records[maxRecords];
  sample.nextOffset = cut ? cut.offset : (offsetAfter(answer) ?? sample.nextOffset);
}
