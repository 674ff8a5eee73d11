import type { Locator, Page } from "@playwright/test";
import { expect, expectFits, refreshUntil, test } from "./fixtures";
import { arrangeGroup } from "./oracle";

/** As long as Kafka lets a topic's name be. */
const NAME_MAX = 249;
const TOPIC = `journeys.longest_${"telemetry-of-all-regions.".repeat(10)}`.slice(0, NAME_MAX - 4).concat(".end");
const GROUP = `journeys <b onclick="alert(2)">' & % ? # / ü </b> `.padEnd(NAME_MAX - 3, "W").concat("end");

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/** It stands inside the page, and is no taller than the window. A page that has just been loaded puts another in its place. */
async function expectInside(page: Page, element: Locator): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  await expect(async () => {
    const box = (await element.boundingBox()) ?? { x: -1, width: 0, height: 0 };
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.height).toBeLessThan(height);
  }).toPass({ timeout: 60_000 });
}

/** The whole name is in the document, and where it is cut a pointer on it tells all of it. */
async function expectWhole(page: Page, element: Locator, name: string): Promise<void> {
  await expect(element).toHaveText(name);
  await expectInside(page, element);
  const isCut = await element.evaluate((it) => it.scrollWidth > it.clientWidth || it.scrollHeight > it.clientHeight);
  if (isCut) await expect(element).toHaveAttribute("title", name);
}

test("a topic and a group with the longest names are listed, linked and shown whole, and push nothing over the edge", async ({ page }) => {
  expect([TOPIC.length, GROUP.length]).toEqual([NAME_MAX, NAME_MAX]);
  await arrangeGroup({ clusterId: "shared-1", topic: TOPIC, group: GROUP, records: 5, read: 1 });
  await refreshUntil(page, "shared-1", `/api/clusters/shared-1/topic?${new URLSearchParams({ name: TOPIC })}`, () => true);
  await refreshUntil(page, "shared-1", `/api/clusters/shared-1/group?${new URLSearchParams({ id: GROUP })}`, () => true);
  const heading = page.getByRole("heading", { level: 1 });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const { list, name } of [
      { list: `/clusters/shared-1/topics?q=${TOPIC}`, name: TOPIC },
      { list: "/clusters/shared-1/groups?q=onclick", name: GROUP },
    ]) {
      await page.goto(list);
      const link = page.getByRole("link", { name });
      await expectWhole(page, link.locator("bdi"), name);
      await expectFits(page);
      await link.click();
      await expectWhole(page, heading, name);
      await expect(page.locator(".skeleton")).toHaveCount(0);
      await expectFits(page);
    }
    // The group's page names the topic with the number of each partition, the topic's the group.
    const partition = page.getByTitle(new RegExp(`^${TOPIC}-\\d$`)).first();
    await expect(partition).toHaveText(new RegExp(`^${TOPIC}-\\d$`));
    await expectInside(page, partition);
    await page.goto(`/clusters/shared-1/topics/${TOPIC}`);
    await expectWhole(page, page.locator("tbody bdi", { hasText: GROUP }), GROUP);
    await page.goto(`/clusters/shared-1/topics/${TOPIC}/change/retention`);
    await expect(page.getByLabel("After", { exact: true })).toBeVisible();
    await expectFits(page);
  }
  await expect(page.locator("main b[onclick]")).toHaveCount(0);
});
