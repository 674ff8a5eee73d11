import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { commandOf, killMarked, runningPid, startDetached, stopByPidFile } from "./processes.mjs";

const dir = mkdtempSync(join(tmpdir(), "processes-"));
const pidFile = join(dir, "pid");
afterAll(() => rmSync(dir, { recursive: true }));

/** A process that answers SIGTERM, or does not. */
async function start(marker: string, onSigterm: "ends" | "stays"): Promise<number> {
  const script = `${onSigterm === "stays" ? 'process.on("SIGTERM", () => {});' : ""}console.log("ready");setInterval(() => {}, 1000)`;
  const child = spawn(process.execPath, ["-e", script, marker], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const pid = child.pid ?? 0;
  writeFileSync(pidFile, `${pid}\n`);
  return pid;
}

describe("a pid file", () => {
  it("names a running process only where the command is the one that was started", async () => {
    const pid = await start("marker-a", "ends");
    expect(runningPid(pidFile, "marker-a")).toBe(pid);
    expect(runningPid(pidFile, "marker-b")).toBeNull();
    await stopByPidFile({ pidFile, marker: "marker-a" });
    expect(runningPid(pidFile, "marker-a")).toBeNull();
  });

  it("that names a stranger goes, and the stranger stays", async () => {
    const pid = await start("stranger", "ends");
    expect(await stopByPidFile({ pidFile, marker: "ours" })).toBe(false);
    expect(existsSync(pidFile)).toBe(false);
    expect(commandOf(pid)).toContain("stranger");
    await killMarked('-e console.log("ready");setInterval(() => {}, 1000) stranger');
    expect(commandOf(pid)).toBeNull();
  });

  it("knows the process it was written for when that has given itself another name", async () => {
    const args = ["-e", 'process.title = "renamed"; setInterval(() => {}, 1000)', "marker-original"];
    const child = startDetached({ command: process.execPath, args, logFile: join(dir, "log"), pidFile });
    const pid = child.pid ?? 0;
    await expect.poll(() => commandOf(pid)).toBe("renamed");
    expect(runningPid(pidFile, "marker-original")).toBe(pid);
    expect(await stopByPidFile({ pidFile, marker: "marker-original" })).toBe(true);
    expect(commandOf(pid)).toBeNull();
  });

  it("ends also a process that does not listen to SIGTERM", async () => {
    const pid = await start("marker-stubborn", "stays");
    expect(await stopByPidFile({ pidFile, marker: "marker-stubborn", graceMs: 200 })).toBe(true);
    expect(commandOf(pid)).toBeNull();
  });

  it("that is missing or nonsense names nothing", () => {
    expect(runningPid(join(dir, "none"), "")).toBeNull();
    writeFileSync(pidFile, "-1");
    expect(runningPid(pidFile, "")).toBeNull();
  });
});
