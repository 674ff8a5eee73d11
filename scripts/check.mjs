/** `npm run check`: what can be checked without servers. */
import { check } from "./lib/checks.mjs";
import { installPackages } from "./lib/install.mjs";
import { runToTheEnd } from "./lib/steps.mjs";
import { add, summary } from "./lib/summary.mjs";

await runToTheEnd({
  main: async () => {
    await installPackages();
    const counts = add(await check());
    console.log(summary(counts));
    return counts.failed === 0 ? 0 : 1;
  },
});
