import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { endLeftSteps, nextStepFile, STEP_GRACE_MS } from "./left-steps.mjs";
import { signalGroup, spawnNoted } from "./processes.mjs";

/** Thrown for what the person at the terminal can mend: only its message is shown. */
export class Problem extends Error {}

const SIGNAL_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** @type {Map<number, Promise<unknown>>} process groups of steps that are running now, and their ends */
const running = new Map();
let interrupted = 0;

/** Rejects what would start something new after a signal has come. */
export function assertNotInterrupted() {
  if (interrupted > 0) throw new Problem("interrupted");
}

/**
 * Runs a command to its end, in a process group of its own; output goes to the terminal. It has a pid file meanwhile, by which the
 * next command ends it where this one is killed.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, isNoted?: boolean }} [options] isNoted false: it has no pid file
 * @returns {Promise<number>} its exit code; 1 when a signal or the timeout ended it
 */
export async function run(command, args, { timeoutMs, isNoted = true, ...options } = {}) {
  assertNotInterrupted();
  const pidFile = isNoted ? nextStepFile() : null;
  /** @type {import("node:child_process").SpawnOptions} */
  const how = { stdio: ["ignore", "inherit", "inherit"], detached: true, ...options };
  const child = pidFile === null ? spawn(command, args, how) : spawnNoted(command, args, { ...how, pidFile });
  const { pid } = child;
  const timer = timeoutMs === undefined || pid === undefined ? undefined : setTimeout(() => signalGroup(pid, "SIGKILL"), timeoutMs);
  /** @type {Promise<number>} */
  const closed = new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Problem(`${command} could not be run: ${error.message}`)));
    child.once("close", (code) => resolve(code ?? 1));
  });
  if (pid !== undefined) running.set(pid, closed);
  try {
    return await closed;
  } finally {
    clearTimeout(timer);
    if (pid !== undefined) running.delete(pid);
    if (pidFile !== null) rmSync(pidFile, { force: true });
  }
}

/**
 * Like `run`, for steps without which nothing goes on.
 * @param {string} what said when it fails
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 */
export async function must(what, command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new Problem(`${what} failed: ${command} ${args.join(" ")} ended with ${code}`);
}

/** Ends the steps that are running, with everything they started. */
async function endRunningSteps() {
  const steps = [...running];
  for (const [pid] of steps) signalGroup(pid, "SIGTERM");
  await Promise.race([Promise.allSettled(steps.map(([, closed]) => closed)), delay(STEP_GRACE_MS, undefined, { ref: false })]);
  for (const [pid] of steps) signalGroup(pid, "SIGKILL");
}

/**
 * Ends what commands that were killed were at, runs `main`, then `end` exactly once, whether it returned, threw or a signal came; then the
 * process exits. A second signal does not wait for `end`.
 * @param {{ main: () => Promise<number | void>, end?: () => Promise<void>, kill?: () => void, endedBySignal?: number }} options
 *   main resolves to an exit code; end stops in good order, kill at once; endedBySignal is the exit code where a signal is the normal end
 */
export async function runToTheEnd({ main, end = async () => {}, kill = () => {}, endedBySignal }) {
  /** @type {Promise<number>} */
  const signalled = new Promise((resolve) => {
    for (const [name, code] of Object.entries(SIGNAL_CODES)) {
      process.on(name, () => {
        interrupted += 1;
        resolve(endedBySignal ?? code);
        if (interrupted === 1) return;
        for (const pid of running.keys()) signalGroup(pid, "SIGKILL");
        kill();
        process.exit(code);
      });
    }
  });
  const begun = endLeftSteps().then(() => {
    assertNotInterrupted();
    return main();
  });
  const finished = begun.then(
    (code) => code ?? 0,
    (error) => {
      if (interrupted === 0) console.error(error instanceof Problem ? `\n${error.message}` : error);
      return 1;
    },
  );
  const code = await Promise.race([finished, signalled]);
  await endRunningSteps();
  try {
    await end();
  } catch (error) {
    console.error(error);
  }
  process.exit(code);
}
