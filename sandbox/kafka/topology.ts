import { join, resolve } from "node:path";

/** MSK's ports: 9096 SASL_SSL with SCRAM, 9094 TLS with client certificates, 9092 plaintext, 11001 open monitoring. */
export const PORTS = { sasl: 9096, tls: 9094, internal: 9092, controller: 9093, exporter: 11001 } as const;

/** The console's checkout, where `.sandbox` lies. */
export const REPOSITORY = resolve(import.meta.dirname, "../..");
const STATE = join(REPOSITORY, ".sandbox");
export const JARS = join(STATE, "jars");

export interface Node {
  id: number;
  /** A loopback address of its own, so that every broker has MSK's ports. */
  host: string;
  rack: string;
  dir: string;
}

export interface Cluster {
  /** Also the connection's id. */
  id: string;
  dir: string;
  nodes: Node[];
  /** Heap and compiler flags of the brokers. */
  jvm: string[];
  /** How AWS presents it; null: it is no MSK cluster. */
  msk: MskRole | null;
}

export type MonitoringLevel = "DEFAULT" | "PER_BROKER" | "PER_TOPIC_PER_BROKER" | "PER_TOPIC_PER_PARTITION";

export interface MskRole {
  level: MonitoringLevel;
  /** Otherwise AWS hands out names of brokers that resolve nowhere, and the console's list of clusters leaves it out. */
  reachable: boolean;
}

export interface Sandbox {
  /** The first three octets of every address, e.g. `127.0.1`. */
  net: string;
  dir: string;
  clusters: Cluster[];
}

/** Small heap, one collector thread and no optimising compiler: what idles cheapest on two cores. */
const FRUGAL = ["-Xms96m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];

/** A single node that is to be measured: Kafka's own compiler and room for thousands of topics. */
export const MEASURED = ["-Xms1g", "-Xmx2g", "-XX:+UseG1GC"];

/**
 * The demo's clusters: `shared-1` on NET.1 to NET.3, `silo-umbra` on NET.4 and `silo-vault` on NET.5, which only AWS can show.
 *
 * @param net first three octets; two sandboxes with different nets do not disturb each other
 */
export function sandboxOf(net: string = process.env.SANDBOX_NET ?? "127.0.1"): Sandbox {
  const dir = stateDir(net);
  const clusters: Cluster[] = [
    { ...cluster(net, "shared-1", [1, 2, 3]), msk: { level: "PER_BROKER", reachable: true } },
    { ...cluster(net, "silo-umbra", [4]), msk: { level: "DEFAULT", reachable: true } },
    { ...cluster(net, "silo-vault", [5]), msk: { level: "PER_TOPIC_PER_BROKER", reachable: false } },
  ];
  return { net, dir, clusters };
}

/** A sandbox of one broker on NET.1, for measurements. */
export function singleBroker(net: string, id: string, jvm: string[] = MEASURED): Sandbox {
  return { net, dir: stateDir(net), clusters: [{ ...cluster(net, id, [1]), jvm }] };
}

export function clusterOf(sandbox: Sandbox, id: string): Cluster {
  const found = sandbox.clusters.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no cluster ${id}; there are ${sandbox.clusters.map((c) => c.id).join(", ")}`);
  return found;
}

export function nodeOf(target: Cluster, nodeId: number): Node {
  const found = target.nodes.find((node) => node.id === nodeId);
  if (found === undefined)
    throw new Error(`no broker ${nodeId} in ${target.id}; there are ${target.nodes.map((node) => node.id).join(", ")}`);
  return found;
}

/** `host:port` of every broker, for a client. */
export function bootstrap(target: Cluster, listener: "sasl" | "tls" | "internal"): string[] {
  return target.nodes.map((node) => `${node.host}:${PORTS[listener]}`);
}

function stateDir(net: string): string {
  if (!/^127\.\d{1,3}\.\d{1,3}$/.test(net))
    throw new Error(`SANDBOX_NET must be three octets of the loopback block, such as 127.0.1; got ${net}`);
  return join(STATE, net);
}

function cluster(net: string, id: string, lastOctets: number[]): Cluster {
  const dir = join(stateDir(net), id);
  const nodes = lastOctets.map((octet, index) => ({
    id: index + 1,
    host: `${net}.${octet}`,
    rack: `use1-az${index + 1}`,
    dir: join(dir, `broker-${index + 1}`),
  }));
  return { id, dir, nodes, jvm: FRUGAL, msk: null };
}
