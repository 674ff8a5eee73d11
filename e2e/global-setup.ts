import { CONSOLE_PORT } from "@/playwright.config";
import { startAws, stopAws } from "@/scripts/lib/aws.mjs";
import { consoleUrl, importSandboxTenants, startConsole, stopConsole } from "@/scripts/lib/console.mjs";
import { sandboxDir } from "@/scripts/lib/layout.mjs";
import { startBrokers, startTenants, stopTraffic } from "@/scripts/lib/sandbox.mjs";
import { NET } from "./oracle";

/** Brokers, their AWS side, tenants with traffic and a console of their own for the journeys; what was started here ends here. */
export default async function setUp(): Promise<() => Promise<void>> {
  await Promise.all([stopConsole(NET), stopTraffic(NET), stopAws(NET)]);
  await startBrokers(NET);
  // Journeys cannot wait for whole minutes.
  await startAws(NET, { stepSeconds: 5, refreshMs: 5_000 });
  await startTenants(NET);
  await startConsole({ net: NET, port: CONSOLE_PORT });
  await importSandboxTenants({ url: consoleUrl(CONSOLE_PORT), stateDir: sandboxDir(NET) });
  return async () => {
    await Promise.all([stopConsole(NET), stopTraffic(NET), stopAws(NET)]);
  };
}
