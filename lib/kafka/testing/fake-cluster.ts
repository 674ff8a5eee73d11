import { Reader, Writer } from "@platformatic/kafka";
import type { LinkOptions } from "@/lib/kafka/admin/link/broker-link";
import type { BrokerOffer, OpenConnection } from "@/lib/kafka/admin/link/open-connection";
import { chooseVersion, type VersionRange } from "@/lib/kafka/admin/protocol/operation";
import { KafkaFailure } from "@/lib/kafka/problems/failure";
import { createManualClock, type ManualClock } from "./manual-clock";

/** A request as a broker sees it: which broker, which call, and its bytes. */
export interface SeenRequest {
  host: string;
  api: string;
  request: Reader;
}

/** What a broker answers: the answer's bytes, or an error where the connection ends. */
export type Script = (seen: SeenRequest) => Writer | KafkaFailure;

export interface FakeCluster {
  options: LinkOptions;
  clock: ManualClock;
  /** "host Api" of every request, in the order seen; "host open" of every connection. */
  log: string[];
  /** Hosts that let nobody in. */
  unreachable: Set<string>;
  /** Ends the connections to a host from the other side. */
  drop(host: string): void;
}

/** Every call in every version that exists. */
const ANYTHING = new Map<number, VersionRange>(Array.from({ length: 100 }, (_, key) => [key, { min: 0, max: 99 }]));

/** A cluster without sockets: real requests are encoded and real answers decoded, the network between them is a function. */
export function createFakeCluster(script: Script, offer: Partial<BrokerOffer> = {}): FakeCluster {
  const clock = createManualClock();
  const log: string[] = [];
  const unreachable = new Set<string>();
  const connections: { host: string; end(): void }[] = [];
  const open: LinkOptions["open"] = async ({ host }) => {
    log.push(`${host} open`);
    if (unreachable.has(host)) throw new KafkaFailure("unreachable", `${host} was not reached`);
    let closed = false;
    const connection: OpenConnection = {
      offer: { versions: ANYTHING, features: [], ...offer },
      get closed() {
        return closed;
      },
      async send(operation, args, _deadlineMs, onSent) {
        if (closed) throw new KafkaFailure("unreachable", `${host} closed the connection`);
        const { createRequest, parse } = chooseVersion(operation, connection.offer.versions);
        log.push(`${host} ${operation.name}`);
        const request = Reader.from(createRequest(...args));
        onSent?.();
        const answer = script({ host, api: operation.name, request });
        if (answer instanceof KafkaFailure) {
          closed = true;
          throw answer;
        }
        return parse(Reader.from(Writer.create().append(answer.buffer)));
      },
      close() {
        closed = true;
      },
    };
    connections.push({ host, end: () => connection.close() });
    return connection;
  };
  return {
    options: { open, clock, deadlineMs: 3_000 },
    clock,
    log,
    unreachable,
    drop(host) {
      for (const connection of connections) if (connection.host === host) connection.end();
    },
  };
}
