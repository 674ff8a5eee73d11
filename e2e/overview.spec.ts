import { expect, expectAccessible, refreshUntil, test } from "./fixtures";
import { arrangeGroup } from "./oracle";

interface Condition {
  id: string;
  rule: string;
  subject: string;
  acknowledged: { by: string } | null;
}
interface ConditionAnswer {
  conditions: Condition[];
}

test("the first page says how the fleet is, and each figure and name leads to its place", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Fleet" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Overview" }).first()).toHaveAttribute("aria-current", "page");
  const clusters = page.getByRole("table", { name: /Clusters with promises/ });
  await expect(clusters.getByRole("row", { name: /silo-umbra|Umbra/i }).first()).toBeVisible();
  const tiers = page.getByRole("table", { name: /Tenants by tier/ });
  const gold = tiers.getByRole("row", { name: /Gold/ });
  await expect(gold).toBeVisible();
  await gold.getByRole("link").click();
  await expect(page).toHaveURL(/\/tenants\?q=tier/);
  await page.goBack();
  await clusters.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/clusters\/[^/]+$/);
  await expect(page.getByRole("heading", { name: "How it is set up" })).toBeVisible();
});

test("g and o go to the first page", async ({ page }) => {
  await page.goto("/clusters");
  // With rows in its table the page is alive: what is pressed from then on is heard.
  await expect(page.getByRole("table", { name: "Clusters", exact: true }).getByRole("row", { name: /shared-1/ })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page).toHaveURL(/:\d+\/(\?.*)?$/);
});

test("the counts of tenants are those of the list, and its promises those of the tiers", async ({ request }) => {
  const overview = await (await request.get("/api/overview")).json();
  const { tiers } = await (await request.get("/api/tiers")).json();
  const { counts } = await (await request.get("/api/tenants?limit=1")).json();
  expect(overview.tenants.total).toBe(counts.all);
  const models = Object.values(overview.tenants.models as Record<string, number>).reduce((sum, count) => sum + count, 0);
  expect(models).toBe(counts.all);
  const promised = tiers.reduce(
    (sum: number, tier: { produceBytesPerSecond?: number; tenantCount: number }) =>
      sum + (tier.produceBytesPerSecond ?? 0) * tier.tenantCount,
    0,
  );
  expect(overview.promisedProduceBytesPerSecond).toBe(promised);
  expect(overview.clusters.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(["shared-1", "silo-umbra"]));
});

test("a condition is acknowledged with a reason, asks nobody for attention until it is withdrawn, and survives a reload", async ({
  page,
}) => {
  // Left behind by its only reader: a group that nobody claims, on a cluster that lists it among its unowned ones for as long as it is there.
  await arrangeGroup({ clusterId: "shared-1", topic: "journeys.static", group: "journeys-unowned", records: 5, read: 1 });
  const list = "/api/conditions?cluster=shared-1";
  const unowned = ({ conditions }: ConditionAnswer) => conditions.find(({ rule }) => rule === "group.unowned");
  await refreshUntil<ConditionAnswer>(page, "shared-1", list, (answer) => unowned(answer) !== undefined);
  const condition = unowned(await (await page.request.get(list)).json());
  const remove = `/api/conditions/acknowledge?${new URLSearchParams({ id: condition?.id ?? "" })}`;
  await page.request.delete(remove);
  try {
    await page.goto("/clusters/shared-1");
    const row = page.getByRole("listitem").filter({ hasText: "Unowned groups" });
    await expect(row).toBeVisible();
    // It may not be written down yet: the answer says so, and pressing again is what a person does.
    await row.getByRole("button", { name: /^Acknowledge/ }).click();
    const dialog = page.getByRole("dialog", { name: /^Acknowledge/ });
    await dialog.getByRole("textbox", { name: "Reason" }).fill("journey 1 < 2");
    await dialog.getByRole("button", { name: "1 day" }).click();
    await expectAccessible(page);
    page.removeAllListeners("console");
    await expect(async () => {
      // It closes as soon as it is acknowledged, which may be just before it is pressed.
      if (await dialog.isVisible()) await dialog.getByRole("button", { name: "Acknowledge" }).click({ timeout: 5_000 });
      await expect(row).toContainText("journey 1 < 2", { timeout: 5_000 });
    }).toPass();
    await page.reload();
    await expect(row).toContainText(/Acknowledged by local operator until/);
    await page.goto("/");
    const now = page.getByRole("list", { name: "Needs attention now" }).getByRole("listitem");
    await expect(now.first()).toBeVisible();
    await expect(now.filter({ hasText: "shared-1: unowned groups" })).toHaveCount(0);
    await page.getByRole("button", { name: /^Acknowledged \d/ }).click();
    const seen = page.getByRole("list", { name: "Acknowledged" }).getByRole("listitem").filter({ hasText: "shared-1: unowned groups" });
    await expect(seen).toContainText("journey 1 < 2");
    await expectAccessible(page);
    await seen.getByRole("button", { name: /^Withdraw/ }).click();
    await expect(seen).toHaveCount(0);
    await expect.poll(async () => unowned(await (await page.request.get(list)).json())?.acknowledged).toBeNull();
  } finally {
    await page.request.delete(remove);
  }
});

test("a row of the attention list leads to what it is about", async ({ page }) => {
  await page.goto("/");
  const rows = page.getByRole("list", { name: "Needs attention now" }).getByRole("listitem");
  await expect(rows.first()).toBeVisible();
  const href = (await rows.first().getByRole("link").last().getAttribute("href")) ?? "";
  // Another row may be the first by now.
  await rows
    .locator(`a[href=${JSON.stringify(href)}]`)
    .last()
    .click();
  await expect(page).toHaveURL((url) => `${url.pathname}${url.search}`.startsWith(href.split("?")[0] ?? ""));
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("main [role=alert]")).toHaveCount(0);
});

test("a wrong acknowledgement is refused and changes nothing", async ({ request }) => {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const post = (data: object) => request.post("/api/conditions/acknowledge", { data });
  expect((await post({ id: "nothing", until, reason: "x" })).status()).toBe(404);
  expect((await post({ id: "nothing", until, reason: "" })).status()).toBe(400);
  expect((await post({ id: "nothing", until: "tomorrow", reason: "x" })).status()).toBe(400);
  const elsewhere = await request.delete("/api/conditions/acknowledge?id=nothing", { headers: { origin: "https://elsewhere.example" } });
  expect(elsewhere.status()).toBe(403);
});

test("lists come as files with raw numbers", async ({ request }) => {
  for (const path of [
    "/api/clusters",
    "/api/conditions",
    "/api/clusters/shared-1/topics",
    "/api/clusters/shared-1/groups",
    "/api/tenants",
  ]) {
    const answer = await request.get(`${path}?format=csv`);
    expect([path, answer.status(), answer.headers()["content-type"]]).toEqual([path, 200, "text/csv; charset=utf-8"]);
    expect((await answer.text()).split("\r\n").length, path).toBeGreaterThan(2);
  }
});
