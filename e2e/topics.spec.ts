import { expect, test } from "./fixtures";
import { alterTopic, listTopics } from "./oracle";

test("a setting made with Kafka's own tool is on the topic's page, with where it comes from and what the tier says", async ({ page }) => {
  await alterTopic("shared-1", "acme.orders", "retention.ms=7654321");
  try {
    await page.goto("/clusters/shared-1/topics/acme.orders");
    const row = page.getByRole("row", { name: /^retention\.ms/ });
    await expect(row).toContainText("7654321");
    await expect(row).toContainText("this topic");
    await expect(row).toContainText("259200000");
    await page.getByRole("button", { name: "All", exact: true }).click();
    await expect(page.getByRole("row", { name: /^cleanup\.policy/ })).toContainText("default");
  } finally {
    await alterTopic("shared-1", "acme.orders", "retention.ms=259200000");
  }
});

test("all topics are listed, and those that nobody claims are found", async ({ page }) => {
  const names = await listTopics("shared-1");
  const listed = await (await page.request.get("/api/clusters/shared-1/topics?limit=500")).json();
  const shown = listed.rows.map(({ topic }: { topic: string }) => topic);
  expect(shown).toEqual(expect.arrayContaining(names.filter((name) => !name.startsWith("journeys"))));
  await page.goto("/clusters/shared-1/topics?owner=unowned");
  await expect(page.getByRole("link", { name: "export-2025-tmp" })).toBeVisible();
  await expect(page.getByRole("link", { name: "acme.orders" })).toHaveCount(0);
});

test("a topic that does not exist is said so, without an error of ours", async ({ page }) => {
  const answer = await page.request.get("/api/clusters/shared-1/topic?name=no.such.topic");
  expect(answer.status()).toBe(404);
  expect((await answer.json()).error.code).toBe("not_found");
});
