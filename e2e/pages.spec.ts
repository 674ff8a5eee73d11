import { expect, expectAccessible, expectAccessibleInBothThemes, expectFits, test } from "./fixtures";

const PAGES = [
  "/",
  "/tenants",
  "/tenants/kestrel",
  "/tenants/umbra",
  "/tenants/alder-books",
  "/tenants/acme/topics",
  "/tenants/mosaic/consumers",
  "/tenants/tern/access",
  "/tenants/kestrel/ticket",
  "/noisy",
  "/noisy?tenant=kestrel&range=24h",
  "/noisy?tenant=alder-books&range=7d",
  "/settings/prices",
  "/isolation",
  "/isolation?tenant=juniper",
  "/tenants/change/retention?filter=tier%3Agold",
  "/tenants/change/tier?ids=acme,kestrel",
  "/tiers",
  "/tiers/gold",
  "/tiers/gold/edit",
  "/tiers/new",
  "/drift",
  "/clusters",
  "/clusters/shared-1",
  "/clusters/shared-1/topics",
  "/clusters/shared-1/topics/pool.orders",
  "/clusters/shared-1/groups",
  "/clusters/shared-1/groups?group=pool-indexer",
  "/changes",
  "/people",
  "/audit",
  "/account",
  "/tenants/kestrel/change/retention?value=1+day",
  "/tenants/kestrel/change/message-size?value=2+MiB",
  "/tenants/kestrel/change/quota?value=60+kB/s",
  "/tenants/kestrel/change/tier?value=silver",
  "/tenants/alder-books/change/retention",
  "/clusters/shared-1/topics/pool.orders/change/partitions?value=24",
];

for (const theme of ["light", "dark"] as const) {
  for (const path of PAGES) {
    test(`${path} is accessible in the ${theme} theme`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator(".skeleton")).toHaveCount(0);
      await expect(page.locator("main [role=alert]")).toHaveCount(0);
      await expectAccessible(page);
    });
  }
}

test("every page fits 390 px", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of PAGES) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await expectFits(page);
  }
});

test.describe("where the day has just begun", () => {
  test.use({ timezoneId: zoneAtMidnight() });

  test("the day's name at the end of the heat map fits 390 px", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/noisy?range=7d");
    await expect(page.locator(".heat-axis > span").last()).toBeVisible();
    await expectFits(page);
  });
});

test("the palette finds a tenant, a topic and a group, and goes there", async ({ page }) => {
  await page.goto("/tenants");
  await expect(page.getByRole("row", { name: /Acme Retail/ })).toBeVisible();
  await page.keyboard.press("Control+k");
  const box = page.getByRole("dialog").getByRole("combobox");
  await box.fill("fulfilment");
  await expect(page.getByRole("option", { name: /acme\.fulfilment/ }).first()).toBeVisible();
  await box.fill("acme.orders");
  await expect(page.getByRole("option", { name: /^Change retention of acme\.orders/ })).toBeVisible();
  await box.fill("brake kestrel");
  await expect(page.getByRole("option", { name: "Brake Kestrel Logistics" })).toBeVisible();
  await box.fill("Kestrel");
  await page
    .getByRole("option", { name: /Kestrel Logistics/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/tenants\/kestrel/);
});

test("the page's filter has the focus after a slash", async ({ page }) => {
  await page.goto("/tenants");
  await expect(page.getByRole("row", { name: /Acme Retail/ })).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.getByRole("combobox", { name: "Filter tenants" })).toBeFocused();
});

test("a tenant that does not exist is said so", async ({ page, request }) => {
  expect((await request.get("/api/tenants/nobody")).status()).toBe(404);
  page.removeAllListeners("console");
  await page.goto("/tenants/nobody");
  await expect(page.getByRole("heading", { level: 1, name: "There is no such tenant" })).toBeVisible();
});

test("an address without a page is said so, accessibly in both themes", async ({ page }) => {
  page.removeAllListeners("console");
  await page.goto("/no-such-page");
  await expect(page.getByRole("heading", { level: 1, name: "There is no page at this address" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFits(page);
});

test("the description of the API names every address that answers", async ({ request }) => {
  const { paths } = await (await request.get("/api/openapi.json")).json();
  for (const path of ["/api/tenants", "/api/tenants/{tenantId}", "/api/clusters/{clusterId}/group", "/api/import"])
    expect(paths).toHaveProperty([path]);
  expect((await request.get("/api/health")).status()).toBe(200);
  expect(await (await request.get("/api/metrics")).text()).toContain("# TYPE");
});

/** A zone in which the hour of midnight is now; Etc/GMT+5 is five hours behind. */
function zoneAtMidnight(): string {
  const hour = new Date().getUTCHours();
  return hour <= 12 ? `Etc/GMT+${hour}` : `Etc/GMT-${24 - hour}`;
}
