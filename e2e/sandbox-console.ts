import { setTimeout as delay } from "node:timers/promises";
import { startAws, stopAws } from "@/scripts/lib/aws.mjs";
import { consoleUrl, importSandboxTenants, startConsole, stopConsole } from "@/scripts/lib/console.mjs";
import { sandboxDir } from "@/scripts/lib/layout.mjs";
import { startBrokers, startTenants, stopTraffic } from "@/scripts/lib/sandbox.mjs";

const SHOWN_MS = 180_000;

interface Wanted {
  net: string;
  port: number;
  /** How long the minutes of the AWS side are, and how old what it says of topics; AWS's by default. */
  awsPace?: { stepSeconds: number; refreshMs: number };
}

/** Brokers, their AWS side, tenants with traffic and a console of their own; answers what ends all of them but the brokers. */
export async function startSandboxConsole({ net, port, awsPace }: Wanted): Promise<() => Promise<void>> {
  const end = async () => {
    await Promise.all([stopConsole(net), stopTraffic(net), stopAws(net)]);
  };
  await end();
  await startBrokers(net);
  await startAws(net, awsPace);
  await startTenants(net);
  await startConsole({ net, port });
  await importSandboxTenants({ url: consoleUrl(port), stateDir: sandboxDir(net) });
  await untilShown(port, "shared-1", "mosaic.seat-maps");
  return end;
}

/** A console that has just started does not know each topic yet; what is tested begins on one that does. */
async function untilShown(port: number, clusterId: string, topic: string): Promise<void> {
  const address = `${consoleUrl(port)}/api/clusters/${clusterId}/topic?${new URLSearchParams({ name: topic })}`;
  const deadline = Date.now() + SHOWN_MS;
  while (!(await fetch(address)).ok) {
    if (Date.now() > deadline) throw new Error(`The console does not show ${topic} of ${clusterId}.`);
    await delay(500);
  }
}
