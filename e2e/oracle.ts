import { doorCommand } from "@/sandbox/aws/door/command";
import { killBroker } from "@/sandbox/kafka/broker";
import { startBroker } from "@/sandbox/kafka/cluster";
import { tool, tryTool } from "@/sandbox/kafka/tool";
import { clusterOf, nodeOf, sandboxOf } from "@/sandbox/kafka/topology";

/** The sandbox of the tests: a demo that is running stays undisturbed. */
export const NET = process.env.SANDBOX_NET ?? "127.0.2";

/** Makes AWS misbehave, or behave again: the words of `sandbox/cli.ts aws`. */
export async function aws(...words: string[]): Promise<unknown> {
  return doorCommand(sandboxOf(NET), words);
}

/** What Kafka's own tools say, as against what the console shows. */
export interface GroupLine {
  topic: string;
  partition: number;
  committed: number;
  end: number;
  lag: number;
}

/** The lines of `ConsumerGroupCommand --describe --group`, for partitions with a commit. */
export async function describeGroup(clusterId: string, group: string): Promise<GroupLine[]> {
  const sandbox = sandboxOf(NET);
  const text = await tool(sandbox, clusterOf(sandbox, clusterId), "groups", ["--describe", "--group", group]);
  return text.split("\n").flatMap((line) => {
    const [name, topic, partition, committed, end, lag] = line.trim().split(/\s+/);
    if (name !== group || topic === undefined || committed === undefined || !/^\d+$/.test(committed)) return [];
    return [{ topic, partition: Number(partition), committed: Number(committed), end: Number(end), lag: Number(lag) }];
  });
}

/** Sets or removes quotas of a user with `ConfigCommand`. */
export async function alterUserQuota(clusterId: string, user: string, change: { set?: string; remove?: string }): Promise<void> {
  const sandbox = sandboxOf(NET);
  const verbs = [
    ...(change.set === undefined ? [] : ["--add-config", change.set]),
    ...(change.remove === undefined ? [] : ["--delete-config", change.remove]),
  ];
  await tool(sandbox, clusterOf(sandbox, clusterId), "configs", ["--alter", "--entity-type", "users", "--entity-name", user, ...verbs]);
}

/** Sets a configuration of a topic with `ConfigCommand`. */
export async function alterTopic(clusterId: string, topic: string, config: string): Promise<void> {
  const sandbox = sandboxOf(NET);
  await tool(sandbox, clusterOf(sandbox, clusterId), "configs", [
    "--alter",
    "--entity-type",
    "topics",
    "--entity-name",
    topic,
    "--add-config",
    config,
  ]);
}

/** A topic's own values, as `ConfigCommand --describe` tells them. */
export async function topicConfig(clusterId: string, topic: string): Promise<Record<string, string>> {
  const sandbox = sandboxOf(NET);
  const about = ["--describe", "--entity-type", "topics", "--entity-name", topic];
  const text = await tool(sandbox, clusterOf(sandbox, clusterId), "configs", about);
  return Object.fromEntries([...text.matchAll(/^\s+([a-z.]+)=(\S*)/gm)].map(([, key, value]) => [key, value]));
}

/** A user's own quotas, as `ConfigCommand --describe` tells them; keys without a rule are absent. */
export async function userQuotas(clusterId: string, user: string): Promise<Record<string, number>> {
  const sandbox = sandboxOf(NET);
  const about = ["--describe", "--entity-type", "users", "--entity-name", user];
  const text = await tool(sandbox, clusterOf(sandbox, clusterId), "configs", about);
  return Object.fromEntries(
    [...text.matchAll(/((?:producer|consumer)_byte_rate|request_percentage|controller_mutation_rate)=([\d.E+]+)/g)].map(
      ([, key, value]) => [key, Number(value)],
    ),
  );
}

/** Makes a topic of one partition, and so on one broker, with `TopicCommand`. */
export async function createTopic(clusterId: string, topic: string, configs: readonly string[] = []): Promise<void> {
  const sandbox = sandboxOf(NET);
  const values = configs.flatMap((config) => ["--config", config]);
  const args = ["--create", "--if-not-exists", "--topic", topic, "--partitions", "1", ...values];
  await tool(sandbox, clusterOf(sandbox, clusterId), "topics", args);
}

export async function deleteTopic(clusterId: string, topic: string): Promise<void> {
  const sandbox = sandboxOf(NET);
  await tool(sandbox, clusterOf(sandbox, clusterId), "topics", ["--delete", "--if-exists", "--topic", topic]);
}

/** The broker that leads a partition, as `TopicCommand --describe` tells it. */
export async function leaderOf(clusterId: string, topic: string, partition: number): Promise<number> {
  const sandbox = sandboxOf(NET);
  const text = await tool(sandbox, clusterOf(sandbox, clusterId), "topics", ["--describe", "--topic", topic]);
  return Number(new RegExp(`Partition: ${partition}\\s+Leader: (\\d+)`).exec(text)?.[1]);
}

/** Where the log of a topic ends, or begins, all partitions together, with `GetOffsetShell`. */
export async function endOffset(clusterId: string, topic: string, time: "latest" | "earliest" = "latest"): Promise<number> {
  const sandbox = sandboxOf(NET);
  const text = await tool(sandbox, clusterOf(sandbox, clusterId), "offsets", ["--topic", topic, "--time", time]);
  return [...text.matchAll(/:(\d+)$/gm)].reduce((sum, [, offset]) => sum + Number(offset), 0);
}

/**
 * Bytes of keys and values that a topic took from `fromMs` to before `untilMs`, by what a header of the records says ("" where it is not
 * there), with `ConsoleConsumer`. Whatever else a record costs in the log is not counted.
 */
export async function bytesByHeader(clusterId: string, topic: string, header: string, fromMs: number, untilMs: number) {
  const sandbox = sandboxOf(NET);
  const shown = ["print.timestamp=true", "print.headers=true", "print.key=true"].flatMap((property) => ["--property", property]);
  // The topic is written to all the time, so a pause never comes.
  const records = (await endOffset(clusterId, topic)) - (await endOffset(clusterId, topic, "earliest"));
  const args = ["--topic", topic, "--from-beginning", "--max-messages", String(records), ...shown];
  const text = await tool(sandbox, clusterOf(sandbox, clusterId), "consume", args, { timeoutMs: 300_000 });
  const bytes = new Map<string, number>();
  for (const [, time, headers = "", key = "", value = ""] of text.matchAll(/^CreateTime:(\d+)\t([^\t]*)\t([^\t]*)\t(.*)$/gm)) {
    if (Number(time) < fromMs || Number(time) >= untilMs) continue;
    const name = new RegExp(`(?:^|,)${header}:([^,]*)`).exec(headers)?.[1] ?? "";
    bytes.set(name, (bytes.get(name) ?? 0) + Buffer.byteLength(key) + Buffer.byteLength(value));
  }
  return bytes;
}

/** Writes a record a line with `ConsoleProducer`; its properties say how a line is read. */
export async function produceLines(
  clusterId: string,
  topic: string,
  lines: readonly string[],
  properties: readonly string[],
): Promise<void> {
  const sandbox = sandboxOf(NET);
  const args = ["--topic", topic, ...properties.flatMap((property) => ["--property", property])];
  await tool(sandbox, clusterOf(sandbox, clusterId), "produce", args, { stdin: lines.join("\n") });
}

interface Load {
  clusterId: string;
  topic: string;
  user: string;
  records: number;
  recordBytes: number;
}

/** Produces as fast as it may with `ProducerPerformance`, as a user; what it printed. It ends when every record was answered. */
export async function produceAtFullSpeed({ clusterId, topic, user, records, recordBytes }: Load): Promise<string> {
  const sandbox = sandboxOf(NET);
  const args = ["--topic", topic, "--num-records", String(records), "--record-size", String(recordBytes), "--throughput", "-1"];
  const { stdout, stderr } = await tryTool(sandbox, clusterOf(sandbox, clusterId), "perf", args, { user, timeoutMs: 180_000 });
  return `${stdout}${stderr}`;
}

/** The rate that `ProducerPerformance` measured over its whole run. */
export function measuredBytesPerSecond(printed: string, recordBytes: number): number {
  const [, rate] = [...printed.matchAll(/([\d.]+) records\/sec/g)].at(-1) ?? [];
  return Number(rate) * recordBytes;
}

/** Names of all topics with `TopicCommand`. */
export async function listTopics(clusterId: string): Promise<string[]> {
  const sandbox = sandboxOf(NET);
  const text = await tool(sandbox, clusterOf(sandbox, clusterId), "topics", ["--list"]);
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

interface GroupArrangement {
  clusterId: string;
  topic: string;
  group: string;
  /** Records to write before, and how many of the topic the group reads and commits. */
  records: number;
  read: number;
}

/** Makes a topic, records in it, and a group that has read some of them and left: positions that stay as they are. */
export async function arrangeGroup({ clusterId, topic, group, records, read }: GroupArrangement): Promise<void> {
  const sandbox = sandboxOf(NET);
  const cluster = clusterOf(sandbox, clusterId);
  await tool(sandbox, cluster, "topics", ["--create", "--if-not-exists", "--topic", topic, "--partitions", "2"]);
  if (records > 0) {
    const stdin = Array.from({ length: records }, (_, at) => `record ${at}\n`).join("");
    await tool(sandbox, cluster, "produce", ["--topic", topic], { stdin });
  }
  await tool(sandbox, cluster, "consume", ["--topic", topic, "--group", group, "--from-beginning", "--max-messages", String(read)]);
}

/** Ends a broker with kill -9. */
export async function killBrokerOf(clusterId: string, nodeId: number): Promise<void> {
  await killBroker(nodeOf(clusterOf(sandboxOf(NET), clusterId), nodeId));
}

/** Starts a broker again. */
export async function startBrokerOf(clusterId: string, nodeId: number): Promise<void> {
  const cluster = clusterOf(sandboxOf(NET), clusterId);
  await startBroker(cluster, nodeOf(cluster, nodeId));
}
