import type { APIRequestContext } from "@playwright/test";
import { CONSOLE_PORT } from "@/playwright.config";
import { killConsoleNow, startConsole } from "@/scripts/lib/console.mjs";
import { type AppliedChange, applyByApi } from "./change";
import { expect, test } from "./fixtures";
import { killBrokerOf, NET, startBrokerOf, topicConfig } from "./oracle";

test.setTimeout(900_000);

test("with a broker dead the rest of the screen works and says what is missing, and it heals", async ({ page }) => {
  await killBrokerOf("shared-1", 3);
  try {
    await page.goto("/clusters/shared-1");
    await expect(page.getByText(/Broker 3 .* is not in the cluster/).first()).toBeVisible({ timeout: 240_000 });
    await page.goto("/tenants");
    await expect(
      page
        .getByRole("row", { name: /Acme Retail/ })
        .getByRole("meter")
        .first(),
    ).toBeVisible();
  } finally {
    await startBrokerOf("shared-1", 3);
  }
  await page.goto("/clusters/shared-1");
  await expect(page.getByText(/Broker 3 .* is not in the cluster/)).toHaveCount(0, { timeout: 240_000 });
});

const DAY_MS = 86_400_000;
const TENANTS = ["acme", "bluegill", "fernway", "kestrel", "mosaic", "tern"];
const TOPICS = ["acme.orders", "bluegill.disputes", "fernway.positions", "kestrel.scans", "mosaic.seat-maps", "tern.bookings"];
const OPEN = ["waiting", "running", "paused", "cancelling"];

const change = (request: APIRequestContext, wanted: object, rollout?: object) => applyByApi(request, wanted, "Journey of faults", rollout);

async function finished(request: APIRequestContext, id: number): Promise<AppliedChange> {
  const look = async () => (await (await request.get(`/api/changes/${id}`)).json()) as AppliedChange;
  await expect.poll(async () => (await look()).state, { timeout: 240_000 }).not.toMatch(new RegExp(OPEN.join("|")));
  return look();
}

async function retentions(): Promise<(string | undefined)[]> {
  const configs = await Promise.all(TOPICS.map((topic) => topicConfig("shared-1", topic)));
  return configs.map((config) => config["retention.ms"]);
}

test("a console killed in the middle of a rollout finishes it after its start, nothing twice and nothing lost", async ({ request }) => {
  const before = await retentions();
  const wanted = { kind: "retention", scope: { tenantIds: TENANTS }, retentionMs: 2 * DAY_MS + 60_000 };
  // The answer comes after five seconds at the latest, with most of it still to come.
  const { id } = await change(request, wanted, { tenantsPerMinute: 12 });
  const progress = async () => ((await (await request.get(`/api/changes/${id}`)).json()) as AppliedChange).operations;
  await expect.poll(async () => (await progress()).applied ?? 0, { intervals: [200] }).toBeGreaterThan(0);
  expect((await progress()).pending ?? 0).toBeGreaterThan(0);
  killConsoleNow(NET);
  // What was killed holds its port for a moment longer.
  await expect(() => startConsole({ net: NET, port: CONSOLE_PORT })).toPass({ timeout: 180_000 });
  const done = await finished(request, id);
  expect(done.state).toBe("applied");
  expect(Object.keys(done.operations)).toEqual(["applied"]);
  expect(await retentions()).toEqual(TOPICS.map(() => String(2 * DAY_MS + 60_000)));

  const back = await change(request, { kind: "revert", changeId: id });
  expect((await finished(request, back.id)).state).toBe("applied");
  expect(await retentions()).toEqual(before);
});

test("a broker killed while a change is carried out does not fail it", async ({ request }) => {
  const before = await retentions();
  const wanted = { kind: "retention", scope: { tenantIds: TENANTS }, retentionMs: 2 * DAY_MS + 120_000 };
  const { id } = await change(request, wanted, { tenantsPerMinute: 12 });
  await killBrokerOf("shared-1", 2);
  expect(OPEN).toContain((await (await request.get(`/api/changes/${id}`)).json()).state);
  try {
    expect((await finished(request, id)).state).toBe("applied");
    expect(await retentions()).toEqual(TOPICS.map(() => String(2 * DAY_MS + 120_000)));
  } finally {
    await startBrokerOf("shared-1", 2);
  }
  const back = await change(request, { kind: "revert", changeId: id });
  expect((await finished(request, back.id)).state).toBe("applied");
  expect(await retentions()).toEqual(before);
});
