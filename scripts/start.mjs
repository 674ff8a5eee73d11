/** `npm run start`: the built console with the environment's own settings. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { NODE, STANDALONE } from "./lib/layout.mjs";
import { serverArgs, serverEnv } from "./lib/server.mjs";
import { Problem, run, runToTheEnd } from "./lib/steps.mjs";

await runToTheEnd({
  main: async () => {
    const server = join(STANDALONE, "server.js");
    if (!existsSync(server)) throw new Problem("There is no build yet: npm run build");
    // The server changes into the build's folder, which the next build replaces: paths are of where the command was given.
    const { DATA_DIR, CONNECTIONS_FILE } = process.env;
    const connections = CONNECTIONS_FILE ? { CONNECTIONS_FILE: resolve(CONNECTIONS_FILE) } : {};
    const data = { DATA_DIR: resolve(DATA_DIR || ".data") };
    // It is in use: that its command is gone is no reason for another command to end it.
    return run(NODE, serverArgs(server), { env: serverEnv({ ...connections, ...data }), isNoted: false });
  },
  endedBySignal: 0,
});
