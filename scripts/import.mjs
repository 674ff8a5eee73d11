/** `npm run import -- FILE`: sends a tenants file to the running console. */
import { resolve } from "node:path";
import { importTenants } from "./lib/import-tenants.mjs";
import { Problem, runToTheEnd } from "./lib/steps.mjs";

await runToTheEnd({
  main: async () => {
    const [file, ...more] = process.argv.slice(2);
    if (file === undefined || more.length > 0) throw new Problem("Usage: npm run import -- FILE");
    // npm runs scripts in the repository; the file is where the person is.
    const path = resolve(process.env.INIT_CWD ?? process.cwd(), file);
    await importTenants(
      path,
      process.env.CONSOLE_URL ?? `http://127.0.0.1:${process.env.PORT ?? 3000}`,
      process.env.CONSOLE_TOKEN || undefined,
    );
  },
});
