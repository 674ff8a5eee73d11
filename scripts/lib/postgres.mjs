import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "./ports.mjs";
import { runningPid, startDetached, stopByPidFile } from "./processes.mjs";

const DEBIAN = "/usr/lib/postgresql";
const START_TIMEOUT_MS = 30_000;

/**
 * The newest PostgreSQL of Debian's packages, or the one on the PATH.
 * @returns {string | null} the folder with initdb and postgres
 */
export function postgresBin() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(DEBIAN, version, "bin")), ...(process.env.PATH ?? "").split(":")];
  return folders.find((folder) => ["initdb", "postgres"].every((name) => existsSync(join(folder, name)))) ?? null;
}

/**
 * Starts an empty PostgreSQL for tests on a free loopback port. What an earlier run of the same name left behind is ended first.
 * @param {string} name
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} a URL of a super user, and what ends the server and deletes its data
 */
export async function startPostgres(name) {
  const bin = postgresBin();
  if (bin === null) throw new Error("PostgreSQL is not installed: apt-get install postgresql");
  // Not below the checkout: the server's own user may not be allowed to look in there.
  const dir = join(tmpdir(), `tenant-console-postgres-${name}`);
  const data = join(dir, "data");
  const process_ = { pidFile: join(dir, "pid"), marker: data };
  const stop = async () => {
    await stopByPidFile({ ...process_, signal: "SIGINT", graceMs: 5_000 });
    rmSync(dir, { recursive: true, force: true });
  };
  await stop();
  mkdirSync(dir, { recursive: true });
  const user = unprivilegedUser();
  if (user !== null) chownSync(dir, user.uid, user.gid);
  const identity = user ?? {};
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "console", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], {
    ...identity,
    cwd: dir,
  });
  const port = await freePort();
  startDetached({
    command: join(bin, "postgres"),
    args: ["-D", data, "-h", "127.0.0.1", "-p", String(port), "-k", dir, "-c", "fsync=off", "-c", "max_connections=200"],
    cwd: dir,
    logFile: join(dir, "log"),
    pidFile: process_.pidFile,
    ...identity,
  }).unref();
  await untilReady(process_, data, join(dir, "log"));
  return { url: `postgres://console@127.0.0.1:${port}/postgres`, stop };
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser() {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  const line = lines.find((entry) => entry.startsWith("postgres:")) ?? lines.find((entry) => entry.startsWith("nobody:"));
  const [, , uid = "65534", gid = "65534"] = (line ?? "").split(":");
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * @param {{ pidFile: string, marker: string }} server
 * @param {string} data
 * @param {string} log
 */
async function untilReady(server, data, log) {
  const deadline = performance.now() + START_TIMEOUT_MS;
  // The server's own pid file says "ready" in its last line once it accepts connections.
  while (!readOrEmpty(join(data, "postmaster.pid")).trimEnd().endsWith("ready")) {
    if (runningPid(server.pidFile, server.marker) === null || performance.now() > deadline) {
      throw new Error(`PostgreSQL did not start:\n${readOrEmpty(log)}`);
    }
    await delay(50);
  }
}

/** @param {string} file */
function readOrEmpty(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
