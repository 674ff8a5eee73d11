import type { Writer } from "@platformatic/kafka";
import { BrokerSet } from "@/lib/kafka/admin/link/broker-set";
import type { KafkaFailure } from "@/lib/kafka/problems/failure";
import { metadataAnswer } from "./fake-answers";
import { createFakeCluster, type FakeCluster, type SeenRequest } from "./fake-cluster";
import { configsAnswer, configsAsked, type FakeRefusal, partitionsAnswer, partitionsAsked, quotasAnswer, quotasAsked } from "./fake-writes";

/** What brokers that take every write do otherwise. */
export interface WriteWorld {
  refusal?: (name: string, host: string) => FakeRefusal;
  /** The broker that metadata names as the controller. */
  controllerId?: number;
  /** Instead of the usual answer. */
  override?: (seen: SeenRequest) => Writer | KafkaFailure | undefined;
}

interface Seen {
  /** Per request the names of its items. */
  requests: string[][];
  /** What was asked of each item, of all requests. */
  changes: string[];
  validateOnly: boolean[];
}

export interface WriteCluster extends Seen {
  cluster: FakeCluster;
  brokers: BrokerSet;
}

/** A cluster without sockets that notes what it is asked to change. */
export function writeCluster(world: WriteWorld = {}, ids = [1]): WriteCluster {
  const seen: Seen = { requests: [], changes: [], validateOnly: [] };
  const cluster = createFakeCluster((request) => world.override?.(request) ?? usual(world, seen, request, ids));
  const brokers = new BrokerSet([], cluster.options);
  brokers.adopt(ids.map((id) => ({ id, host: `b-${id}`, port: 9096, rack: null })));
  return { ...seen, cluster, brokers };
}

function usual(world: WriteWorld, seen: Seen, { host, api, request }: SeenRequest, ids: number[]): Writer {
  const refusal = (name: string) => world.refusal?.(name, host);
  const note = (items: string[], changes: string[], validateOnly: boolean) => {
    seen.requests.push(items);
    seen.changes.push(...changes);
    seen.validateOnly.push(validateOnly);
  };
  switch (api) {
    case "Metadata":
      return metadataAnswer(ids, [], world.controllerId);
    case "IncrementalAlterConfigs": {
      const { items, validateOnly } = configsAsked(request);
      note(
        items.map(({ topic }) => topic),
        items.flatMap(({ topic, changes }) => changes.map((change) => `${topic} ${change}`)),
        validateOnly,
      );
      return configsAnswer(items, refusal);
    }
    case "AlterClientQuotas": {
      const { items, validateOnly } = quotasAsked(request);
      const names = items.map(({ entity }) => entity.map(({ type, name }) => `${type} ${name}`).join("/"));
      note(
        names,
        items.flatMap(({ changes }, index) => changes.map((change) => `${names[index]} ${change}`)),
        validateOnly,
      );
      return quotasAnswer(items, refusal);
    }
    case "CreatePartitions": {
      const { items, validateOnly } = partitionsAsked(request);
      note(
        items.map(({ topic }) => topic),
        items.map(({ topic, count }) => `${topic} ${count}`),
        validateOnly,
      );
      return partitionsAnswer(items, refusal);
    }
    default:
      throw new Error(`unexpected ${api}`);
  }
}

/** "host Api" of every request of this call, in the order seen. */
export function sentOf({ log }: FakeCluster, api: string): string[] {
  return log.filter((line) => line.endsWith(` ${api}`));
}
