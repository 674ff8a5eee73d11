import { expect, refreshUntil, test } from "./fixtures";
import { arrangeGroup, describeGroup } from "./oracle";

const TOPIC = "journeys.static";

test("the page's lag of a group is what Kafka's own tool says, partition by partition", async ({ page }) => {
  await arrangeGroup({ clusterId: "shared-1", topic: TOPIC, group: "journeys-lag", records: 50, read: 17 });
  const lines = await describeGroup("shared-1", "journeys-lag");
  expect(lines.length).toBeGreaterThan(0);
  const total = lines.reduce((sum, { lag }) => sum + lag, 0);
  const isSeen = ({ recordsBehind }: { recordsBehind: { value?: number } }) => recordsBehind.value === total;
  await refreshUntil(page, "shared-1", "/api/clusters/shared-1/group?id=journeys-lag", isSeen);
  await page.goto("/clusters/shared-1/groups?group=journeys-lag");
  await expect(page.getByRole("heading", { level: 1, name: "journeys-lag" })).toBeVisible();
  for (const { partition, committed, end, lag } of lines) {
    const row = page.getByRole("row", { name: new RegExp(`${TOPIC}\\s?-${partition}\\b`) });
    await expect(row).toContainText(committed.toLocaleString("en-US"));
    await expect(row).toContainText(end.toLocaleString("en-US"));
    await expect(row.getByRole("cell").nth(5)).toHaveText(lag.toLocaleString("en-US"));
  }
  const group = await (await page.request.get("/api/clusters/shared-1/group?id=journeys-lag")).json();
  expect(group.recordsBehind).toMatchObject({ source: "measured", value: total });
  expect(group.hasMembers).toBe(false);
  expect(group.owner).toEqual({ kind: "unowned" });
});

test("a hostile group name is shown as text and linked right", async ({ page }) => {
  const group = `journeys <img src=x onerror="alert(1)"> ' & % ü`;
  await arrangeGroup({ clusterId: "shared-1", topic: TOPIC, group, records: 0, read: 1 });
  const path = `/api/clusters/shared-1/group?id=${encodeURIComponent(group)}`;
  await refreshUntil(page, "shared-1", path, () => true);
  await page.goto("/clusters/shared-1/groups?q=onerror");
  const link = page.getByRole("link", { name: group });
  await expect(link).toBeVisible();
  await link.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(group);
  await expect(page.locator("main img")).toHaveCount(0);
});
