import { readFileSync } from "node:fs";
import { CONSOLE_PORT } from "@/playwright.config";
import { consoleLog } from "@/scripts/lib/console.mjs";
import { NET } from "./oracle";
import { startSandboxConsole } from "./sandbox-console";
import { plantedSecrets } from "./secrets";

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
  const secrets = plantedSecrets();
  if (secrets.size === 0) throw new Error("No secrets were found to look for in the console's log.");
  for (const [file, secret] of secrets) if (log.includes(secret)) throw new Error(`The console's log holds what is in ${file}.`);
}
