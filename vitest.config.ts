import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The setup of the integration tests reads it too, before any test runs.
process.env.SANDBOX_NET ??= "127.0.2";

const root = fileURLToPath(new URL(".", import.meta.url));
const resolve = { alias: { "@": root.replace(/\/$/, "") } };
const excluded = ["**/node_modules/**", ".next/**", ".sandbox/**", "e2e/**"];

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: "unit",
          environment: "node",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...excluded, "**/*.integration.test.ts"],
          // A busy machine is slow, and no test is about speed.
          testTimeout: 30_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        resolve,
        test: {
          name: "integration",
          environment: "node",
          include: ["**/*.integration.test.ts"],
          exclude: excluded,
          fileParallelism: false,
          globalSetup: ["sandbox/vitest-global-setup.ts"],
          setupFiles: ["sandbox/vitest-setup.ts"],
          // Brokers of their own, so that tests do not disturb a demo that is running.
          env: { SANDBOX_NET: process.env.SANDBOX_NET },
          // Waits have their own ends, which say what was waited for; brokers of a busy machine take minutes.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect: { poll: { timeout: 240_000 } },
        },
      },
    ],
  },
});
