import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { REPOSITORY, sandboxDir } from "./layout.mjs";
import { claimSandbox, releaseSandbox } from "./sandbox.mjs";

/** No sandbox has this name, so nothing is taken from anybody. */
const NET = `claimed-by-${process.pid}`;
const FILE = `${sandboxDir(NET)}.pid`;
const MODULE = join(REPOSITORY, "scripts", "lib", "sandbox.mjs");

/** Another command that takes the sandbox and stays. */
async function holder() {
  const script = `import { claimSandbox } from ${JSON.stringify(MODULE)};claimSandbox("${NET}");console.log("taken");setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

type Holder = Awaited<ReturnType<typeof holder>>;
let first: Holder;

async function kill(child: Holder): Promise<void> {
  if (child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

beforeEach(async () => {
  first = await holder();
});

afterEach(async () => {
  await kill(first);
  rmSync(FILE, { force: true });
});

describe("a sandbox that another command has taken", () => {
  it("is refused while that one lives, which is named, and stays its own", () => {
    expect(() => claimSandbox(NET)).toThrow(`The sandbox ${NET} is in use by pid ${first.pid} (${process.execPath} --input-type=module`);
    releaseSandbox(NET);
    expect(readFileSync(FILE, "utf8")).toBe(`${first.pid}\n`);
  });

  it("is taken over once that one was killed, may be taken twice, and is free when it is given back", async () => {
    await kill(first);
    claimSandbox(NET);
    claimSandbox(NET);
    expect(readFileSync(FILE, "utf8")).toBe(`${process.pid}\n`);
    releaseSandbox(NET);
    expect(existsSync(FILE)).toBe(false);
  });

  it("is taken over where its pid is a stranger's by now", () => {
    const stranger = spawn("sleep", ["60"], { stdio: "ignore" });
    writeFileSync(FILE, `${stranger.pid}\n`);
    claimSandbox(NET);
    stranger.kill("SIGKILL");
    expect(readFileSync(FILE, "utf8")).toBe(`${process.pid}\n`);
  });
});
