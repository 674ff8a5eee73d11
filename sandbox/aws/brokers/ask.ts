import { Connection } from "@platformatic/kafka";
import { brokerPid } from "@/sandbox/kafka/broker";
import type { Cluster, Node } from "@/sandbox/kafka/topology";
import { PORTS } from "@/sandbox/kafka/topology";

const CONNECT_TIMEOUT_MS = 2_000;
const REQUEST_TIMEOUT_MS = 15_000;

/** Opens a connection to one broker's internal listener, asks, and closes it. Rejects when the broker does not answer. */
export async function askBroker<T>(node: Node, ask: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = new Connection("sandbox-aws", { connectTimeout: CONNECT_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS });
  connection.on("error", () => undefined);
  try {
    await connection.connect(node.host, PORTS.internal);
    return await ask(connection);
  } finally {
    await connection.close().catch(() => undefined);
  }
}

/** Asks the first broker that runs and answers. Rejects with the last one's reason. */
export async function askAnyBroker<T>(cluster: Cluster, ask: (connection: Connection) => Promise<T>): Promise<T> {
  let reason: unknown = new Error(`no broker of ${cluster.id} is running`);
  for (const node of cluster.nodes.filter((candidate) => brokerPid(candidate) !== null)) {
    try {
      return await askBroker(node, ask);
    } catch (error) {
      if (isAnswer(error)) throw error;
      reason = error;
    }
  }
  throw reason;
}

/** Whether an error is what a broker answered, as against no answer at all. */
export const isAnswer = (error: unknown): boolean => typeof (error as { response?: unknown }).response === "object";

/** The client rejects when any item has an error code; the decoded answer with all items is inside the error. */
export async function whole<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (isAnswer(error)) return (error as { response: T }).response;
    throw error;
  }
}
