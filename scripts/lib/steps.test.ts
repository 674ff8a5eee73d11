import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { REPOSITORY } from "./layout.mjs";
import { commandOf, signalGroup } from "./processes.mjs";

const LIB = join(REPOSITORY, "scripts", "lib");
const NOTES = join(REPOSITORY, ".sandbox", "steps");
const started = new Set<number>();
afterEach(() => {
  for (const pid of started) if (commandOf(pid) !== null) signalGroup(pid, "SIGKILL");
  started.clear();
});

/** A command of the repository, in a process of its own. */
function command(main: string): ChildProcess {
  const script = `import { run, runToTheEnd } from "${LIB}/steps.mjs";import { commandOf } from "${LIB}/processes.mjs";
await runToTheEnd({ main: async () => {${main}} });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  started.add(child.pid ?? 0);
  return child;
}

/** What a step starts itself stays through SIGTERM; the step says both pids. */
const STEP = `const child = require("node:child_process").spawn(process.execPath,
  ["-e", 'process.on("SIGTERM", () => {});process.send("ready");setInterval(() => {}, 1000)'], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
child.once("message", () => console.log(process.pid, child.pid));`;

/** A command at a step that does not end by itself. */
async function commandAtAStep() {
  const running = command(`await run(process.execPath, ["-e", ${JSON.stringify(STEP)}]);`);
  const [said] = (await once(running.stdout as NodeJS.EventEmitter, "data")) as [Buffer];
  const step = String(said).trim().split(" ").map(Number);
  for (const pid of step) started.add(pid);
  return { running, step };
}

const alive = (pids: number[]) => pids.filter((pid) => commandOf(pid) !== null);
const notesOf = ({ pid }: ChildProcess) => (existsSync(NOTES) ? readdirSync(NOTES) : []).filter((name) => name.startsWith(`${pid}-`));

/** Starts a command that looks, before anything else, which of these processes live. */
async function nextCommandSees(pids: number[]): Promise<string> {
  const next = command(`console.log("alive:", JSON.stringify(${JSON.stringify(pids)}.filter((pid) => commandOf(pid) !== null)));`);
  return text(next.stdout as NodeJS.ReadableStream);
}

describe("the step of a command", () => {
  it("that was killed is ended by the next command before it does anything, with all that the step started", async () => {
    const { running, step } = await commandAtAStep();
    running.kill("SIGKILL");
    await once(running, "exit");
    expect(alive(step)).toEqual(step);
    expect(notesOf(running)).toHaveLength(1);
    const seen = await nextCommandSees(step.slice(0, 1));
    expect(seen).toContain(`ending what a killed command left running: pid ${step[0]} (`);
    expect(seen).toContain("alive: []");
    await expect.poll(() => alive(step)).toEqual([]);
    expect(notesOf(running)).toEqual([]);
  });

  it("that lives is left alone by others, and ends with its own command on a signal", async () => {
    const { running, step } = await commandAtAStep();
    expect(await nextCommandSees(step)).toBe(`alive: ${JSON.stringify(step)}\n`);
    running.kill("SIGTERM");
    await once(running, "exit");
    await expect.poll(() => alive(step)).toEqual([]);
    expect(notesOf(running)).toEqual([]);
  });

  it("that has ended is noted no more", async () => {
    const done = command(`await run("true", []);console.log("done");`);
    expect(await text(done.stdout as NodeJS.ReadableStream)).toBe("done\n");
    expect(notesOf(done)).toEqual([]);
  });
});
