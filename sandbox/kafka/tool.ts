import { spawn } from "node:child_process";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLASSPATH } from "./broker";
import { caFile } from "./certificates";
import { passwordOf } from "./secrets";
import type { Cluster, Sandbox } from "./topology";
import { bootstrap, JARS } from "./topology";

/** Kafka's own command line tools by their short names; they share no code with the console, which makes them the oracle of tests. */
const TOOLS = {
  topics: "org.apache.kafka.tools.TopicCommand",
  configs: "kafka.admin.ConfigCommand",
  groups: "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
  shareGroups: "org.apache.kafka.tools.consumer.group.ShareGroupCommand",
  acls: "org.apache.kafka.tools.AclCommand",
  logDirs: "org.apache.kafka.tools.LogDirsCommand",
  deleteRecords: "org.apache.kafka.tools.DeleteRecordsCommand",
  offsets: "org.apache.kafka.tools.GetOffsetShell",
  reassign: "org.apache.kafka.tools.reassign.ReassignPartitionsCommand",
  perf: "org.apache.kafka.tools.ProducerPerformance",
  consume: "org.apache.kafka.tools.consumer.ConsoleConsumer",
  consumeShared: "org.apache.kafka.tools.consumer.ConsoleShareConsumer",
  produce: "org.apache.kafka.tools.ConsoleProducer",
  quorum: "org.apache.kafka.tools.MetadataQuorumCommand",
} as const;
export type Tool = keyof typeof TOOLS;

export interface ToolResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface ToolOptions {
  /** Signs in as this SCRAM user on 9096; without it the tool is a super user on the internal listener. */
  user?: string;
  stdin?: string;
  timeoutMs?: number;
}

/**
 * Runs one of Kafka's own tools against a cluster; `--bootstrap-server` (and for a user `--command-config`) are added.
 *
 * @returns what it printed; rejects when it does not end with exit code 0
 */
export async function tool(sandbox: Sandbox, cluster: Cluster, name: Tool, args: string[], options: ToolOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await tryTool(sandbox, cluster, name, args, options);
  if (exitCode !== 0) throw new Error(`${name} ${args.join(" ")} ended with ${exitCode}:\n${stdout}${stderr}`);
  return stdout;
}

/** Like `tool`, for callers that expect a refusal: resolves whatever the exit code is. */
export async function tryTool(
  sandbox: Sandbox,
  cluster: Cluster,
  name: Tool,
  args: string[],
  { user, stdin = "", timeoutMs = 60_000 }: ToolOptions = {},
): Promise<ToolResult> {
  const servers = bootstrap(cluster, user === undefined ? "internal" : "sasl").join(",");
  const address = name === "perf" ? ["--producer-props", `bootstrap.servers=${servers}`] : ["--bootstrap-server", servers];
  const config = user === undefined ? [] : [configOption(name), clientProperties(sandbox, user)];
  const archive = existsSync(CLASS_ARCHIVE) ? [`-XX:SharedArchiveFile=${CLASS_ARCHIVE}`] : [];
  // The quorum's tool takes them before its command alone.
  return run([...archive, "-cp", CLASSPATH, TOOLS[name], ...address, ...config, ...args], stdin, timeoutMs);
}

function configOption(name: Tool): string {
  if (name === "produce" || name === "perf") return "--producer.config";
  if (name === "consume" || name === "consumeShared") return "--consumer.config";
  return "--command-config";
}

/** A properties file with which Kafka's tools sign in as a SCRAM user. */
export function clientProperties(sandbox: Sandbox, user: string): string {
  const dir = join(sandbox.dir, "secrets");
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${encodeURIComponent(user)}.properties`);
  const login = `username="${user.replaceAll('"', '\\\\"')}" password="${passwordOf(sandbox, user)}"`;
  writeFileSync(
    file,
    [
      "security.protocol=SASL_SSL",
      "sasl.mechanism=SCRAM-SHA-512",
      `sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required ${login};`,
      "ssl.truststore.type=PEM",
      `ssl.truststore.location=${caFile(sandbox)}`,
      "",
    ].join("\n"),
    { mode: 0o600 },
  );
  return file;
}

const JVM = ["-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:disable", "-Dlog4j2.level=OFF"];
const CLASS_ARCHIVE = join(JARS, "tools.jsa");

/** Keeps the classes the tools load in an archive beside the jars, once: afterwards a tool takes half the time. */
export async function archiveToolClasses(cluster: Cluster): Promise<void> {
  if (existsSync(CLASS_ARCHIVE)) return;
  const beside = `${CLASS_ARCHIVE}.${process.pid}`;
  const servers = bootstrap(cluster, "internal").join(",");
  const args = ["-cp", CLASSPATH, TOOLS.groups, "--describe", "--all-groups", "--bootstrap-server", servers];
  await run([`-XX:ArchiveClassesAtExit=${beside}`, ...args], "", 60_000);
  if (existsSync(beside)) renameSync(beside, CLASS_ARCHIVE);
}

function run(args: string[], stdin: string, timeoutMs: number): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn("java", [...JVM, ...args], { stdio: ["pipe", "pipe", "pipe"], timeout: timeoutMs, killSignal: "SIGKILL" });
    const out: string[] = [];
    const err: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => out.push(chunk));
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => err.push(chunk));
    child.stdin.on("error", () => undefined).end(stdin);
    child.on("error", reject);
    child.on("close", (code) => resolve({ exitCode: code ?? 1, stdout: out.join(""), stderr: err.join("") }));
  });
}
