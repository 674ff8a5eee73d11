import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { CONSOLE_PORT } from "@/playwright.config";
import { startAws, stopAws } from "@/scripts/lib/aws.mjs";
import { consoleLog, consoleUrl, importSandboxTenants, startConsole, stopConsole } from "@/scripts/lib/console.mjs";
import { sandboxDir } from "@/scripts/lib/layout.mjs";
import { startBrokers, startTenants, stopTraffic } from "@/scripts/lib/sandbox.mjs";
import { NET } from "./oracle";
import { plantedSecrets } from "./secrets";

const SHOWN_MS = 180_000;

/** Brokers, their AWS side, tenants with traffic and a console of their own for the journeys; what was started here ends here. */
export default async function setUp(): Promise<() => Promise<void>> {
  await Promise.all([stopConsole(NET), stopTraffic(NET), stopAws(NET)]);
  await startBrokers(NET);
  // Journeys cannot wait for whole minutes.
  await startAws(NET, { stepSeconds: 5, refreshMs: 5_000 });
  await startTenants(NET);
  await startConsole({ net: NET, port: CONSOLE_PORT });
  await importSandboxTenants({ url: consoleUrl(CONSOLE_PORT), stateDir: sandboxDir(NET) });
  await untilShown("shared-1", "mosaic.seat-maps");
  return async () => {
    await Promise.all([stopConsole(NET), stopTraffic(NET), stopAws(NET)]);
    expectNoSecrets();
  };
}

/** A console that has just started does not know each topic yet; journeys begin on one that does. */
async function untilShown(clusterId: string, topic: string): Promise<void> {
  const address = `${consoleUrl(CONSOLE_PORT)}/api/clusters/${clusterId}/topic?${new URLSearchParams({ name: topic })}`;
  const deadline = Date.now() + SHOWN_MS;
  while (!(await fetch(address)).ok) {
    if (Date.now() > deadline) throw new Error(`The console does not show ${topic} of ${clusterId}.`);
    await delay(500);
  }
}

/** Whatever the journeys did, the console's log holds none of the passwords and keys that it was given. */
function expectNoSecrets(): void {
  const log = readFileSync(consoleLog(NET), "utf8");
  const secrets = plantedSecrets();
  if (secrets.size === 0) throw new Error("No secrets were found to look for in the console's log.");
  for (const [file, secret] of secrets) if (log.includes(secret)) throw new Error(`The console's log holds what is in ${file}.`);
}
