import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
export const NODE_BIN = join(REPOSITORY, "node_modules", ".bin");

/** The Node 24 of the npm package, whatever runs this script. */
export const NODE = join(NODE_BIN, "node");

/** Where builds leave the server that can run by itself. */
export const STANDALONE = join(REPOSITORY, ".next", "standalone");

/**
 * @param {string} net
 * @returns {string} the folder of a sandbox
 */
export const sandboxDir = (net) => join(REPOSITORY, ".sandbox", net);

/**
 * The environment of every child: the repository's own binaries first, so that `node` is the pinned one.
 * @param {Record<string, string | undefined>} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function childEnv(more = {}) {
  return { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...more, PATH: `${NODE_BIN}${delimiter}${process.env.PATH ?? ""}` };
}

/**
 * The brokers of a sandbox as they were last started: pid file, and what their command line contains.
 * @param {string} net
 * @returns {{ pidFile: string, marker: string }[]}
 */
export function brokerProcesses(net) {
  const dir = sandboxDir(net);
  return subfolders(dir)
    .flatMap((cluster) => subfolders(cluster))
    .filter((broker) => existsSync(join(broker, "server.properties")))
    .map((broker) => ({ pidFile: join(broker, "pid"), marker: `kafka.Kafka ${join(broker, "server.properties")}` }));
}

/** @param {string} dir */
function subfolders(dir) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(dir, entry.name));
}
