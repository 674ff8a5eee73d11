import { childEnv } from "./layout.mjs";

/** What Node is told for the built server, wherever it is started; docs/decisions.md says why. */
const FLAGS = ["--max-semi-space-size=16", "--heap-growing-percent=50", "--no-memory-reducer", "--no-separate-gc-phases"];

/**
 * Node's arguments for a built server.
 * @param {string} server path of its server.js
 */
export const serverArgs = (server) => [...FLAGS, server];

/**
 * The environment of a built server. It listens on loopback unless LISTEN names another address. Containers put the machine's name into
 * HOSTNAME, which Next would listen on.
 * @param {Record<string, string | undefined>} settings
 */
export function serverEnv(settings) {
  const { MALLOC_ARENA_MAX = "2", LISTEN } = process.env;
  return childEnv({
    NODE_ENV: "production",
    NEXT_MANUAL_SIG_HANDLE: "true",
    HOSTNAME: LISTEN || "127.0.0.1",
    MALLOC_ARENA_MAX,
    ...settings,
  });
}
