import { defineConfig } from "@playwright/test";

/** Not that of the journeys, which may run at the same time. */
export const SOAK_PORT = Number(process.env.SOAK_PORT ?? 3230);

export default defineConfig({
  testDir: "./e2e/soak",
  testMatch: /\.soak\.ts$/,
  outputDir: `test-results/soak-${process.env.SANDBOX_NET}`,
  globalSetup: "./e2e/soak/global-setup.ts",
  expect: { timeout: 60_000 },
  // All of it plays on one cluster, one thing after the other.
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: "list",
  use: { baseURL: `http://127.0.0.1:${SOAK_PORT}` },
});
