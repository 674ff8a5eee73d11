import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectAccessibleInBothThemes, expectFits, refreshUntil, test } from "./fixtures";
import {
  alterTopic,
  createTopic,
  deleteTopic,
  endOffset,
  measuredBytesPerSecond,
  produceAtFullSpeed,
  topicConfig,
  userQuotas,
} from "./oracle";

const DAY_MS = 86_400_000;

// Colours that are on their way to others are no colours to judge.
test.use({ reducedMotion: "reduce" });

/** The button that says what it will do. */
const applyButton = (page: Page) => page.locator(".confirm-buttons button[type=submit]");

/** Applies what the form plans, with what it asks for, and waits for the outcome on the change's page. */
async function applyForm(page: Page, title: RegExp, { reason }: { reason: string }): Promise<void> {
  const form = page.url();
  const apply = applyButton(page);
  await expect(apply).toHaveText(title);
  await page.getByLabel(/^Reason/).fill(reason);
  // Whether data goes depends on what the brokers hold by now.
  const name = page.getByLabel(/^Data is lost/);
  if (await name.isVisible()) await name.fill((await page.locator("label:has-text('Data is lost') code").textContent()) ?? "");
  await expect(apply).toBeEnabled();
  await apply.click();
  await expect.poll(() => page.url()).not.toBe(form);
  await expect(page).toHaveURL(/\/changes\/\d+/);
  await expect(page.getByText("Every value was written, read back and seen.")).toBeVisible();
}

test("retention is changed on the page, read back with Kafka's own tool, and taken back", async ({ page }) => {
  await page.goto("/clusters/shared-1/topics/mosaic.seat-maps/change/retention");
  await page.getByLabel("After", { exact: true }).fill("4 dayz");
  await expect(page.getByText(/is not a duration|cannot be read/)).toBeVisible();
  await page.getByLabel("After", { exact: true }).fill("30 days");
  await expect(page.getByText(/bound/).first()).toBeVisible();
  await page.getByLabel("After", { exact: true }).fill("4 days");
  await expect(applyButton(page)).toHaveText(/^Set retention to 4\sdays/);
  await expectAccessible(page);
  await applyForm(page, /^Set retention to 4\sdays/, { reason: "Journey of retention" });
  expect((await topicConfig("shared-1", "mosaic.seat-maps"))["retention.ms"]).toBe(String(4 * DAY_MS));
  await expectAccessibleInBothThemes(page);

  await page.getByRole("button", { name: "Revert", exact: true }).click();
  await expect(page).toHaveURL(/revert/);
  await applyForm(page, /^Take back/, { reason: "Journey is over" });
  expect((await topicConfig("shared-1", "mosaic.seat-maps"))["retention.ms"]).toBe(String(2 * DAY_MS));
  await page.goto("/changes?tenant=mosaic");
  await expect(page.getByRole("row", { name: /Journey of retention/ }).first()).toContainText(/applied/i);
});

test("what somebody else changed meanwhile is shown, and nothing is written", async ({ page }) => {
  await page.goto("/clusters/shared-1/topics/fernway.trips/change/retention");
  await page.getByLabel("After", { exact: true }).fill("5 days");
  const apply = applyButton(page);
  await expect(apply).toHaveText(/^Set retention to 5\sdays/);
  await page.getByLabel(/^Reason/).fill("Journey of a conflict");
  await expect(apply).toBeEnabled();
  await alterTopic("shared-1", "fernway.trips", `retention.ms=${6 * DAY_MS}`);
  try {
    await apply.click();
    await expect(page.getByText("Nothing was written: this has changed meanwhile.")).toBeVisible();
    await expect(page.getByText(new RegExp(`was ${2 * DAY_MS} and is ${6 * DAY_MS} now`))).toBeVisible();
    expect((await topicConfig("shared-1", "fernway.trips"))["retention.ms"]).toBe(String(6 * DAY_MS));
    await expect(page.getByLabel("After", { exact: true })).toHaveValue("5 days");
  } finally {
    await alterTopic("shared-1", "fernway.trips", `retention.ms=${2 * DAY_MS}`);
  }
});

test("a lower quota throttles a real producer, the page shows it, and a higher one lets it go", async ({ page }) => {
  test.slow();
  const load = { clusterId: "shared-1", topic: "larkspur.load", user: "larkspur", recordBytes: 500 };
  await createTopic("shared-1", "larkspur.load");
  const before = await userQuotas("shared-1", "larkspur");
  try {
    await refreshUntil<{ rows: { topic: string }[] }>(page, "shared-1", "/api/tenants/larkspur/topics", ({ rows }) =>
      rows.some(({ topic }) => topic === "larkspur.load"),
    );
    await setProduceQuota(page, "16 kB/s");
    const quota = (await userQuotas("shared-1", "larkspur")).producer_byte_rate ?? 0;
    expect(quota).toBeGreaterThan(0);
    // About a minute at the quota, whatever that has become.
    const records = Math.ceil((quota * 60) / load.recordBytes);
    const running = produceAtFullSpeed({ ...load, records });
    await page.goto("/tenants/larkspur");
    await expect(page.getByText(/throttled/i).first()).toBeVisible({ timeout: 120_000 });
    const slow = measuredBytesPerSecond(await running, load.recordBytes);
    expect(slow / quota).toBeGreaterThan(0.85);
    expect(slow / quota).toBeLessThan(1.25);

    await setProduceQuota(page, "20 MB/s");
    const fast = measuredBytesPerSecond(await produceAtFullSpeed({ ...load, records: records * 2 }), load.recordBytes);
    expect(fast).toBeGreaterThan(3 * slow);
  } finally {
    await page.request.post("/api/import", {
      headers: { "content-type": "application/yaml" },
      data: "tenants:\n  - id: larkspur\n    name: Larkspur Health\n    tier: bronze\n    overrides: []\n    placements:\n      - cluster: shared-1\n        model: bridge\n        topics: [{ prefix: larkspur. }]\n        groups: [{ prefix: larkspur. }]\n        principals: [{ kind: scram, name: larkspur }]\n",
    });
    await deleteTopic("shared-1", "larkspur.load");
    await restoreQuota(page, before);
  }
});

async function setProduceQuota(page: Page, value: string): Promise<void> {
  await page.goto("/tenants/larkspur/change/quota");
  await page.getByRole("textbox", { name: "Produce after, as a whole" }).fill(value);
  await applyForm(page, /quota|kB|MB/i, { reason: "Journey of quotas" });
}

async function restoreQuota(page: Page, values: Record<string, number>): Promise<void> {
  const request = { kind: "quota-rule", clusterId: "shared-1", entity: { user: "larkspur" }, values };
  const plan = await (await page.request.post("/api/changes/plan", { data: { request } })).json();
  if (plan.operations.length === 0) return;
  const { fingerprint, confirm } = plan;
  const typed = confirm.typeName === null ? {} : { typed: confirm.typeName };
  const data = { request, fingerprint, reason: "Journey is over", idempotencyKey: crypto.randomUUID(), ...typed };
  expect((await page.request.post("/api/changes", { data })).ok()).toBe(true);
}

test("a message larger than the new limit is refused by the broker", async ({ page }) => {
  const load = { clusterId: "shared-1", topic: "bluegill.journey-sizes", user: "bluegill", records: 1, recordBytes: 200_000 };
  await createTopic("shared-1", load.topic, ["max.message.bytes=524288"]);
  try {
    await refreshUntil<{ rows: { topic: string }[] }>(page, "shared-1", "/api/tenants/bluegill/topics", ({ rows }) =>
      rows.some(({ topic }) => topic === load.topic),
    );
    await produceAtFullSpeed(load);
    expect(await endOffset("shared-1", load.topic)).toBe(1);
    await page.goto(`/clusters/shared-1/topics/${load.topic}/change/message-size`);
    await page.getByLabel("After", { exact: true }).fill("100 kB");
    await applyForm(page, /^Set /, { reason: "Journey of sizes" });
    expect((await topicConfig("shared-1", load.topic))["max.message.bytes"]).toBe("100000");
    expect(await produceAtFullSpeed(load)).toContain("RecordTooLarge");
    expect(await endOffset("shared-1", load.topic)).toBe(1);
  } finally {
    await deleteTopic("shared-1", load.topic);
  }
});

test("partitions only grow: the page says what breaks, and the broker has them", async ({ page }) => {
  await createTopic("shared-1", "mosaic.journey-parts");
  try {
    await refreshUntil<{ rows: { topic: string }[] }>(page, "shared-1", "/api/tenants/mosaic/topics", ({ rows }) =>
      rows.some(({ topic }) => topic === "mosaic.journey-parts"),
    );
    await page.goto("/clusters/shared-1/topics/mosaic.journey-parts/change/partitions");
    await page.getByRole("textbox").first().fill("3");
    await expect(page.getByText(/key/i).first()).toBeVisible();
    await applyForm(page, /partition/i, { reason: "Journey of partitions" });
    await expect(page.getByText(/Partitions (added|cannot)/).first()).toBeVisible();
    const topic = await (await page.request.get("/api/clusters/shared-1/topic?name=mosaic.journey-parts")).json();
    await expect
      .poll(async () => (await (await page.request.get("/api/clusters/shared-1/topic?name=mosaic.journey-parts")).json()).partitions)
      .toBe(3);
    expect(topic.topic).toBe("mosaic.journey-parts");
  } finally {
    await deleteTopic("shared-1", "mosaic.journey-parts");
  }
});

test("forms stay readable on a telephone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/tenants/acme/change/retention");
  await page.getByLabel("After", { exact: true }).fill("2 days");
  await expect(page.getByRole("button", { name: /^Set retention/ })).toBeVisible();
  await expectFits(page);
  await expectAccessible(page);
});
