import { defineConfig } from "@playwright/test";

export const CONSOLE_PORT = 3210;

export default defineConfig({
  testDir: "./e2e",
  testMatch: /\.spec\.ts$/,
  outputDir: "test-results/journeys",
  globalSetup: "./e2e/global-setup.ts",
  // Generous: a busy machine is slow, and no journey is about speed.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  // Journeys share one cluster, and some burden its brokers or kill them: those run alone, after the others.
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: "list",
  use: {
    baseURL: `http://127.0.0.1:${CONSOLE_PORT}`,
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "journeys", testIgnore: /(faults|noisy)\.spec\.ts/ },
    // Partitions are led as they were set up until a broker has been away.
    { name: "noisy", testMatch: /noisy\.spec\.ts/, dependencies: ["journeys"] },
    { name: "faults", testMatch: /faults\.spec\.ts/, dependencies: ["journeys"] },
  ],
});
