import { spawn } from "node:child_process";
import { childEnv, NODE, REPOSITORY } from "@/scripts/lib/layout.mjs";

const BEGIN_MS = 120_000;

/**
 * Plays a story of the sandbox as a person would, by its command, while something is looked at. It is taken back whatever comes of that.
 *
 * @param during is told when the trouble was in effect, milliseconds since 1970
 */
export async function whileStory(net: string, name: string, during: (beganMs: number) => Promise<void>): Promise<void> {
  const child = spawn(NODE, ["--import", "tsx", "sandbox/cli.ts", "story", name], {
    cwd: REPOSITORY,
    env: childEnv({ SANDBOX_NET: net }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  const ended = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? 1)));
  const began = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The story ${name} did not begin:\n${said.join("")}`)), BEGIN_MS);
    const hear = (chunk: string) => {
      said.push(chunk);
      const [, at] = /^(\S+) began:/m.exec(said.join("")) ?? [];
      if (at === undefined) return;
      clearTimeout(timer);
      resolve(Date.parse(at));
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => said.push(chunk));
    void ended.then(() => reject(new Error(`The story ${name} ended before it began:\n${said.join("")}`)));
  });
  try {
    await during(await began);
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
  if ((await ended) !== 0) throw new Error(`The story ${name} was not taken back:\n${said.join("")}`);
}
