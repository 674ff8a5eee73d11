import type { TopicConfigWrite, WriteAnswer, WriteOptions } from "@/lib/domain/writes";
import type { BrokerSet } from "./link/broker-set";
import { INCREMENTAL_ALTER_CONFIGS } from "./protocol/operations";
import { type WriteCall, writeItems } from "./write-items";

type Version = (typeof INCREMENTAL_ALTER_CONFIGS)["versions"][number];

const TOPIC = 2;
const SET = 0;
const DELETE = 1;

const CALL: WriteCall<TopicConfigWrite, Parameters<Version["createRequest"]>, ReturnType<Version["parse"]>> = {
  operation: INCREMENTAL_ALTER_CONFIGS,
  itemsPerRequest: 100,
  // Values are set, never added to.
  repeatable: true,
  keyOf: ({ topic }) => topic,
  nameOf: ({ topic }) => topic,
  request: (writes, validateOnly) => [
    writes.map(({ topic, entries }) => ({ resourceType: TOPIC, resourceName: topic, configs: entries.map(operationOf) })),
    validateOnly,
  ],
  results: ({ responses }) =>
    responses.map(({ resourceName, errorCode, errorMessage }) => ({ key: resourceName, errorCode, sentence: errorMessage })),
};

/**
 * Changes these values of topics and no others (KIP-339); the values of one topic are taken all or none. Needs ALTER_CONFIGS on the
 * topics. A broker may answer the old values for a moment afterwards.
 */
export function alterTopicConfigs(brokers: BrokerSet, writes: readonly TopicConfigWrite[], options: WriteOptions): Promise<WriteAnswer[]> {
  return writeItems(brokers, CALL, writes, options);
}

function operationOf({ key, value }: TopicConfigWrite["entries"][number]) {
  return value === null ? ({ name: key, configOperation: DELETE } as const) : ({ name: key, configOperation: SET, value } as const);
}
