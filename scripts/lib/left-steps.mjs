import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "./layout.mjs";
import { describeOwner } from "./ports.mjs";
import { commandOf, parentOf, runningPid, signalGroup, stopByPidFile } from "./processes.mjs";

/** How long a step has to end by itself. */
export const STEP_GRACE_MS = 5_000;

const FOLDER = join(REPOSITORY, ".sandbox", "steps");
let steps = 0;

/**
 * Where this command notes its next step. The file's name begins with the command's own pid.
 * @returns {string}
 */
export function nextStepFile() {
  steps += 1;
  return join(FOLDER, `${process.pid}-${steps}.pid`);
}

/** Ends the steps that commands left running when they were killed. The step of a command that lives is its child, and stays. */
export async function endLeftSteps() {
  for (const name of existsSync(FOLDER) ? readdirSync(FOLDER) : []) {
    const pidFile = join(FOLDER, name);
    // No command line has the file's path: what proves a step is the variable that it was started with.
    const step = { pidFile, marker: pidFile };
    const pid = runningPid(step.pidFile, step.marker);
    if (pid !== null && parentOf(pid) === Number.parseInt(name, 10)) continue;
    if (pid !== null) console.log(`ending what a killed command left running: ${describeOwner({ pid, command: commandOf(pid) ?? "" })}`);
    await stopByPidFile({ ...step, graceMs: STEP_GRACE_MS });
    // What the step started itself, where that does not end with it.
    if (pid !== null) signalGroup(pid, "SIGKILL");
  }
}
