/** `npm run start`: the built console with the environment's own settings, on loopback. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { childEnv, NODE, STANDALONE } from "./lib/layout.mjs";
import { Problem, run, runToTheEnd } from "./lib/steps.mjs";

await runToTheEnd({
  main: async () => {
    const server = join(STANDALONE, "server.js");
    if (!existsSync(server)) throw new Problem("There is no build yet: npm run build");
    // Loopback only: there is no sign-in. Containers put the machine's name into HOSTNAME, which Next would listen on.
    // The server changes into the build's folder, which the next build replaces: paths are of where the command was given.
    const { DATA_DIR, CONNECTIONS_FILE } = process.env;
    const connections = CONNECTIONS_FILE ? { CONNECTIONS_FILE: resolve(CONNECTIONS_FILE) } : {};
    const data = { DATA_DIR: resolve(DATA_DIR || ".data") };
    const env = childEnv({ NODE_ENV: "production", NEXT_MANUAL_SIG_HANDLE: "true", HOSTNAME: "127.0.0.1", ...connections, ...data });
    return run(NODE, [server], { env });
  },
  endedBySignal: 0,
});
