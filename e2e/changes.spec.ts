import type { Page } from "@playwright/test";
import { expect, expectAccessible, refreshUntil, test } from "./fixtures";
import { alterTopic, createTopic, deleteTopic, endOffset, produceAtFullSpeed, topicConfig } from "./oracle";

const DAY_MS = 86_400_000;

// Colours that are on their way to others are no colours to judge.
test.use({ reducedMotion: "reduce" });

/** The button that says what it will do. */
const applyButton = (page: Page) => page.locator(".confirm-buttons button[type=submit]");

/** Applies what the form plans, with what it asks for, and waits for the outcome on the change's page. */
async function applyForm(page: Page, title: RegExp, { reason, typed }: { reason: string; typed: string }): Promise<void> {
  const form = page.url();
  const apply = applyButton(page);
  await expect(apply).toHaveText(title);
  await page.getByLabel(/^Reason/).fill(reason);
  // Whether data goes depends on what the brokers hold by now.
  const name = page.getByLabel(/^Data is lost/);
  if (await name.isVisible()) await name.fill(typed);
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
  await applyForm(page, /^Set retention to 4\sdays/, { reason: "Journey of retention", typed: "mosaic" });
  expect((await topicConfig("shared-1", "mosaic.seat-maps"))["retention.ms"]).toBe(String(4 * DAY_MS));
  await expectAccessible(page);

  await page.getByRole("button", { name: "Revert", exact: true }).click();
  await expect(page).toHaveURL(/revert/);
  await applyForm(page, /^Take back/, { reason: "Journey is over", typed: "mosaic" });
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
    await applyForm(page, /^Set /, { reason: "Journey of sizes", typed: "bluegill" });
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
    await applyForm(page, /partition/i, { reason: "Journey of partitions", typed: "mosaic" });
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
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await expectAccessible(page);
});
