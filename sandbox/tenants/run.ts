/** The traffic of the sandbox, as a process: `tsx sandbox/tenants/run.ts`, net from SANDBOX_NET. Ends on SIGTERM or SIGINT. */
import { setMaxListeners } from "node:events";
import { sandboxOf } from "@/sandbox/kafka/topology";
import { ACTORS, POOL } from "./cast";
import { consume } from "./consume";
import { produce } from "./produce";
import { producePool } from "./produce-pool";
import type { Session } from "./session";

const LEAVE_WITHIN_MS = 8_000;

/** Runs the traffic of the whole cast until the session's signal. */
async function runTraffic(session: Session): Promise<void> {
  setMaxListeners(0, session.signal);
  const pool = ACTORS.find((actor) => actor.topics.some(({ name }) => name === POOL.legacyTopic));
  await Promise.all([
    ...ACTORS.map((actor) => produce(session, actor)),
    ...ACTORS.flatMap((actor) => actor.groups.map((group) => consume(session, actor, group))),
    ...(pool === undefined ? [] : [producePool(session, pool)]),
  ]);
}

if (import.meta.filename === process.argv[1]) {
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      stop.abort();
      setTimeout(() => process.exit(0), LEAVE_WITHIN_MS).unref();
    });
  }
  const sandbox = sandboxOf();
  console.log(`traffic of ${ACTORS.length} principals on ${sandbox.net}`);
  await runTraffic({ sandbox, signal: stop.signal });
}
