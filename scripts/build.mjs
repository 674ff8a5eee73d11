/** `npm run build`: the server that runs by itself, in `.next/standalone`. */
import { build } from "./lib/build.mjs";
import { installPackages } from "./lib/install.mjs";
import { runToTheEnd } from "./lib/steps.mjs";

await runToTheEnd({
  main: async () => {
    await installPackages();
    await build({ force: true });
  },
});
