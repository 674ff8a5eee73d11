import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/**
 * The command line of a living process, null when there is none (a zombie has none either).
 * @param {number} pid
 * @returns {string | null}
 */
export function commandOf(pid) {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return command === "" ? null : command;
  } catch {
    return null;
  }
}

const PID_FILE_VARIABLE = "SANDBOX_PID_FILE";

/**
 * Whether a process is the one that a pid file was written for: by its command line, or by the variable it was started with where it has
 * renamed itself, as Next's server does. A pid can be given again to a stranger after a crash, so the number alone proves nothing.
 * @param {number} pid
 * @param {string} pidFile
 * @param {string} marker part of its command line
 * @returns {boolean | null} null when it has neither any more, because it is ending
 */
function isOurs(pid, pidFile, marker) {
  const command = commandOf(pid);
  if (command === null) return null;
  return command.includes(marker) || environmentOf(pid).includes(`\0${PID_FILE_VARIABLE}=${pidFile}\0`);
}

/** @param {number} pid */
function environmentOf(pid) {
  try {
    return `\0${readFileSync(`/proc/${pid}/environ`, "utf8")}\0`;
  } catch {
    return "";
  }
}

/**
 * The pid in a pid file, when that process lives and is the one that was started.
 * @param {string} pidFile
 * @param {string} marker part of its command line
 * @returns {number | null}
 */
export function runningPid(pidFile, marker) {
  let pid;
  try {
    pid = Number(readFileSync(pidFile, "utf8").trim());
  } catch {
    return null;
  }
  return Number.isInteger(pid) && pid > 1 && isOurs(pid, pidFile, marker) === true ? pid : null;
}

/**
 * Starts a process in a session of its own, so that a Ctrl-C in the terminal reaches it only through us, and writes its pid file.
 * @param {string} command
 * @param {string[]} args
 * @param {import("node:child_process").SpawnOptions & { pidFile: string }} options
 * @returns {import("node:child_process").ChildProcess}
 */
export function spawnNoted(command, args, { pidFile, env, ...options }) {
  mkdirSync(dirname(pidFile), { recursive: true });
  const named = { ...(env ?? process.env), [PID_FILE_VARIABLE]: pidFile };
  const child = spawn(command, args, { ...options, env: named, detached: true });
  if (child.pid !== undefined) writeFileSync(pidFile, `${child.pid}\n`);
  return child;
}

/**
 * Like `spawnNoted`; output is appended to `logFile`.
 * @param {{ command: string, args: string[], cwd?: string, env?: NodeJS.ProcessEnv, logFile: string, pidFile: string, uid?: number, gid?: number }} options
 * @returns {import("node:child_process").ChildProcess}
 */
export function startDetached({ command, args, logFile, ...options }) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, "a");
  const child = spawnNoted(command, args, { ...options, stdio: ["ignore", log, log] });
  closeSync(log);
  return child;
}

/**
 * A process's state and what follows it in /proc, null when there is no such process.
 * @param {number} pid
 * @returns {string[] | null}
 */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return null;
  }
}

/**
 * Who started a process, or took it over when that one died.
 * @param {number} pid
 * @returns {number | null}
 */
export function parentOf(pid) {
  const stat = statOf(pid);
  return stat === null ? null : Number(stat[1]);
}

/**
 * Whether a process is gone with all its threads: one that dies has no command line any more, but keeps its ports until its last thread
 * has ended.
 * @param {number} pid
 * @param {(pid: number) => boolean | null} ours
 */
function isGone(pid, ours) {
  const known = ours(pid);
  if (known !== null) return !known;
  const stat = statOf(pid);
  return stat === null || (stat[0] === "Z" && Number(stat[17]) <= 1);
}

/**
 * Waits until a process has ended.
 * @param {number} pid
 * @param {(pid: number) => boolean | null} ours
 * @param {number} timeoutMs
 * @returns {Promise<boolean>} whether it ended in time
 */
async function ended(pid, ours, timeoutMs) {
  const deadline = performance.now() + timeoutMs;
  while (!isGone(pid, ours)) {
    if (performance.now() > deadline) return false;
    await delay(50);
  }
  return true;
}

/**
 * Signals a process group, or the process alone when it leads none.
 * @param {number} pid
 * @param {NodeJS.Signals} name
 */
export function signalGroup(pid, name) {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, name);
      return;
    } catch {
      // No such group, or the process has just ended.
    }
  }
}

/**
 * Every process whose command line contains `marker`, for what may have lost its pid file.
 * @param {string} marker
 * @returns {number[]}
 */
function pidsRunning(marker) {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid && commandOf(pid)?.includes(marker));
}

/**
 * Ends every process whose command line contains `marker`.
 * @param {string} marker must be so particular that only ours can match
 */
export async function killMarked(marker) {
  for (const pid of pidsRunning(marker)) {
    signalGroup(pid, "SIGKILL");
    await ended(pid, (candidate) => commandOf(candidate)?.includes(marker) ?? null, 10_000);
  }
}

/**
 * Ends the process named by a pid file: SIGTERM, and SIGKILL when it has not ended after `graceMs`. The pid file goes with it.
 * @param {{ pidFile: string, marker: string, graceMs?: number, signal?: NodeJS.Signals }} options
 * @returns {Promise<boolean>} whether such a process was running
 */
export async function stopByPidFile({ pidFile, marker, graceMs = 10_000, signal = "SIGTERM" }) {
  const pid = runningPid(pidFile, marker);
  if (pid !== null) {
    /** @param {number} candidate */
    const ours = (candidate) => isOurs(candidate, pidFile, marker);
    if (graceMs > 0) signalGroup(pid, signal);
    if (graceMs === 0 || !(await ended(pid, ours, graceMs))) {
      signalGroup(pid, "SIGKILL");
      await ended(pid, ours, 10_000);
    }
  }
  rmSync(pidFile, { force: true });
  return pid !== null;
}
