import type { PartitionsWrite, WriteAnswer, WriteOptions } from "@/lib/domain/writes";
import type { BrokerSet } from "./link/broker-set";
import { CREATE_PARTITIONS } from "./protocol/operations";
import { WRITE_DEADLINE_MS, type WriteCall, writeItems } from "./write-items";

type Version = (typeof CREATE_PARTITIONS)["versions"][number];

/** How long the controller may take, so that the broker says itself that it was too long. */
const CONTROLLER_TIMEOUT_MS = WRITE_DEADLINE_MS - 2_000;

const CALL: WriteCall<PartitionsWrite, Parameters<Version["createRequest"]>, ReturnType<Version["parse"]>> = {
  operation: CREATE_PARTITIONS,
  // The controller refuses a request that makes more than 10,000 partitions.
  itemsPerRequest: 50,
  // A count that was reached is refused the second time, which would look like a failure.
  repeatable: false,
  keyOf: ({ topic }) => topic,
  nameOf: ({ topic }) => topic,
  request: (writes, validateOnly) => [
    writes.map(({ topic, count }) => ({ name: topic, count, assignments: null })),
    CONTROLLER_TIMEOUT_MS,
    validateOnly,
  ],
  results: ({ results }) => results.map(({ name, errorCode, errorMessage }) => ({ key: name, errorCode, sentence: errorMessage })),
};

/**
 * Raises topics to these numbers of partitions (KIP-195), which can only grow; the cluster chooses the brokers. Needs ALTER on the
 * topics. The new partitions show in the metadata a moment later.
 */
export function createPartitions(brokers: BrokerSet, writes: readonly PartitionsWrite[], options: WriteOptions): Promise<WriteAnswer[]> {
  return writeItems(brokers, CALL, writes, options);
}
