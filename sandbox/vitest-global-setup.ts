import { startPostgres } from "@/scripts/lib/postgres.mjs";
import { isRunning, resetSandbox, startSandbox, stopSandbox } from "./kafka/cluster";
import { sandboxOf } from "./kafka/topology";

/**
 * Gives the integration tests real brokers (SANDBOX_NET) and a real PostgreSQL (TEST_DATABASE_URL). What runs already is used and left
 * running; what is started here is fresh, and ended afterwards.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const sandbox = sandboxOf();
  const ends: (() => Promise<void>)[] = [];
  if (!isRunning(sandbox)) {
    await resetSandbox(sandbox);
    ends.push(() => stopSandbox(sandbox));
  }
  await startSandbox(sandbox);
  if (!process.env.TEST_DATABASE_URL) {
    const postgres = await startPostgres(sandbox.net);
    process.env.TEST_DATABASE_URL = postgres.url;
    ends.push(postgres.stop);
  }
  return async () => {
    for (const end of ends) await end();
  };
}
