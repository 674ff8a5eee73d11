import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { Connection, metadataV12 } from "@platformatic/kafka";
import { brokerLog, brokerPid } from "./broker";
import type { Cluster, Node } from "./topology";
import { PORTS } from "./topology";

type MetadataResponse = Awaited<ReturnType<typeof metadataV12.api.async>>;

/** How long what a broker does in its own time is waited for: on a busy machine brokers start and elect in minutes. */
export const PATIENCE_MS = 240_000;

/** What a broker itself knows of the cluster; null while it does not answer. `topics` null asks for all. */
export async function metadataSeenBy(node: Node, topics: string[] | null = []): Promise<MetadataResponse | null> {
  const connection = new Connection("sandbox-readiness", { connectTimeout: 2_000, requestTimeout: 5_000 });
  connection.on("error", () => undefined);
  try {
    await connection.connect(node.host, PORTS.internal);
    return await metadataV12.api.async(connection, topics, false, false);
  } catch (error) {
    return partialAnswer(error);
  } finally {
    await connection.close().catch(() => undefined);
  }
}

/** The client throws on an error code of any item; the decoded answer with all others is inside. */
function partialAnswer(error: unknown): MetadataResponse | null {
  const response = (error as { response?: unknown }).response;
  return response !== undefined && response !== null && typeof response === "object" && "brokers" in response
    ? (response as MetadataResponse)
    : null;
}

/** Resolves when every given broker answers and sees all of them. Rejects with the log's last lines when one dies or time runs out. */
export async function waitUntilServing(nodes: Node[], timeoutMs = PATIENCE_MS): Promise<void> {
  await waitFor(
    async () => {
      const dead = nodes.find((node) => brokerPid(node) === null);
      if (dead !== undefined) throw new Error(`the broker on ${dead.host} ended while starting:\n${lastLines(dead)}`);
      const answers = await Promise.all(nodes.map((node) => metadataSeenBy(node)));
      return answers.every((answer) => nodes.every((node) => answer?.brokers.some((broker) => broker.host === node.host)));
    },
    timeoutMs,
    () => `brokers did not serve after ${timeoutMs / 1000} s:\n${nodes.map(lastLines).join("\n")}`,
  );
}

/** Resolves when every partition has its leader and all its replicas in sync, as after a broker's return. */
export async function waitUntilInSync(cluster: Cluster, timeoutMs = PATIENCE_MS): Promise<void> {
  await waitFor(
    async () => {
      const answers = await Promise.all(cluster.nodes.map((node) => metadataSeenBy(node, null)));
      return answers.every(
        (answer) =>
          answer?.brokers.length === cluster.nodes.length &&
          answer.topics.every((topic) => topic.partitions.every((p) => p.leaderId >= 0 && p.isrNodes.length === p.replicaNodes.length)),
      );
    },
    timeoutMs,
    () => `${cluster.id} was not in sync after ${timeoutMs / 1000} s`,
  );
}

/** Resolves when the other brokers no longer list this one: Kafka notices a death after its session timeout (9 s). */
export async function waitUntilFenced(cluster: Cluster, gone: Node, timeoutMs = PATIENCE_MS): Promise<void> {
  const others = cluster.nodes.filter((node) => node.id !== gone.id);
  await waitFor(
    async () => {
      const answers = await Promise.all(others.map((node) => metadataSeenBy(node)));
      return answers.every((answer) => answer !== null && !answer.brokers.some((broker) => broker.nodeId === gone.id));
    },
    timeoutMs,
    () => `${gone.host} was still listed after ${timeoutMs / 1000} s`,
  );
}

/** Polls until `check` holds; for tests that wait on what a broker does in its own time. */
export async function waitFor(check: () => Promise<boolean>, timeoutMs: number, message: () => string): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(message());
    await delay(250);
  }
}

function lastLines(node: Node): string {
  try {
    return readFileSync(brokerLog(node), "utf8").split("\n").slice(-12).join("\n");
  } catch {
    return `no log at ${brokerLog(node)}`;
  }
}
