import type { ResolvedConnection } from "@/lib/domain/connection";
import type { BrokerFact, Problem, Reading } from "@/lib/domain/facts";
import { formatAddress, parseAddress } from "@/lib/kafka/address";
import { type KafkaClock, systemClock } from "@/lib/kafka/clock";
import { problemOf } from "@/lib/kafka/problems/failure";
import { openRecordBroker } from "./open-record-broker";

export interface AddressCheck {
  /** host:port */
  address: string;
  tookMs: number;
  problem?: Problem;
}

export interface ConnectionCheck {
  /** An address let us in: reached, trusted and signed in. */
  signedIn: boolean;
  kafkaClusterId: string | null;
  /** As the cluster advertises them. */
  brokers: BrokerFact[];
  tookMs: number;
  /** Every bootstrap address, then every advertised address that is none of them. */
  addresses: AddressCheck[];
}

/** Any topic's name will do, so that the answer does not hold all topics; this one exists once anybody commits. */
const ANY_TOPIC = "__consumer_offsets";

interface Visit extends AddressCheck {
  cluster: { id: string | null; brokers: BrokerFact[] } | null;
}

/**
 * Tries a connection before it is kept: every bootstrap address, then every broker that the cluster advertises, since one
 * can be reached without the other. Each address that fails has a problem that says whether it was the name, the network,
 * TLS or the sign-in. Uses nothing that the admin side keeps open.
 */
export async function checkConnection(
  connection: ResolvedConnection,
  options: { deadlineMs?: number; clock?: KafkaClock } = {},
): Promise<Reading<ConnectionCheck>> {
  const clock = options.clock ?? systemClock;
  const deadlineMs = options.deadlineMs ?? 10_000;
  const startedAt = clock.now();
  const visit = (address: string) => visitAddress(connection, address, deadlineMs, clock);
  const visits = await Promise.all(connection.bootstrap.map(visit));
  const cluster = visits.find((one) => one.cluster !== null)?.cluster ?? null;
  const advertised = (cluster?.brokers ?? []).map(formatAddress);
  visits.push(...(await Promise.all(advertised.filter((address) => !connection.bootstrap.includes(address)).map(visit))));
  return {
    value: {
      signedIn: cluster !== null,
      kafkaClusterId: cluster?.id ?? null,
      brokers: cluster?.brokers ?? [],
      tookMs: clock.now() - startedAt,
      addresses: visits.map(({ cluster: _cluster, ...check }) => check),
    },
    problems: visits.flatMap(({ problem }) => (problem ? [problem] : [])),
  };
}

async function visitAddress(connection: ResolvedConnection, address: string, deadlineMs: number, clock: KafkaClock): Promise<Visit> {
  const startedAt = clock.now();
  const broker = openRecordBroker(connection, parseAddress(address), deadlineMs, clock);
  try {
    const answer = await broker.ask((client) => client.metadata([ANY_TOPIC]));
    const brokers = answer.brokers.map(({ nodeId, host, port, rack }) => ({ id: nodeId, host, port, rack: rack || null }));
    return { address, tookMs: clock.now() - startedAt, cluster: { id: answer.clusterId, brokers } };
  } catch (error) {
    return { address, tookMs: clock.now() - startedAt, cluster: null, problem: problemOf("Connect", error) };
  } finally {
    broker.close();
  }
}
