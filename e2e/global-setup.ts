import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CONSOLE_PORT } from "@/playwright.config";
import { consoleLog } from "@/scripts/lib/console.mjs";
import { sandboxDir } from "@/scripts/lib/layout.mjs";
import { NET } from "./oracle";
import { startSandboxConsole } from "./sandbox-console";

/** What journeys run on; what was started here ends here. */
export default async function setUp(): Promise<() => Promise<void>> {
  // Journeys cannot wait for whole minutes.
  const end = await startSandboxConsole({ net: NET, port: CONSOLE_PORT, awsPace: { stepSeconds: 5, refreshMs: 5_000 } });
  return async () => {
    await end();
    expectNoSecrets();
  };
}

/** Whatever the journeys did, the console's log holds none of the passwords and keys that it was given. */
function expectNoSecrets(): void {
  const log = readFileSync(consoleLog(NET), "utf8");
  const files = readdirSync(sandboxDir(NET), { recursive: true, encoding: "utf8" }).filter((file) => /\.(password|key)$/.test(file));
  if (files.length === 0) throw new Error("No secrets were found to look for in the console's log.");
  for (const file of files) {
    // Of a key a line from its middle: a log would have its line breaks as something else.
    const lines = readFileSync(join(sandboxDir(NET), file), "utf8")
      .trim()
      .split("\n");
    const secret = lines[Math.floor(lines.length / 2)] ?? "";
    if (secret.length >= 12 && log.includes(secret)) throw new Error(`The console's log holds what is in ${file}.`);
  }
}
