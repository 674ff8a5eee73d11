import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";

/** The list of tenants, with rows in it: what is pressed from then on is heard. */
async function openTenants(page: Page): Promise<void> {
  await page.goto("/tenants");
  await expect(page.getByRole("row", { name: /Umbra Capital/ })).toBeVisible();
}

test("the theme that is chosen is the page's, after a reload too, and the system's where that is chosen", async ({ page }) => {
  const html = page.locator("html");
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  await page.emulateMedia({ colorScheme: "light" });
  await openTenants(page);
  await expect(html).toHaveCSS("color-scheme", "light");
  await press("System theme; change to light theme");
  await press("Light theme; change to dark theme");
  await expect(html).toHaveCSS("color-scheme", "dark");
  await page.reload();
  await expect(html).toHaveCSS("color-scheme", "dark");
  await press("Dark theme; change to system theme");
  await expect(html).toHaveCSS("color-scheme", "light");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(html).toHaveCSS("color-scheme", "dark");
});

test("the scope that is chosen narrows the page, stands in the address and is followed to the next page", async ({ page }) => {
  await openTenants(page);
  await page.getByRole("button", { name: /^Scope: All clusters/ }).click();
  await page.getByRole("menuitemradio", { name: /umbra/i }).click();
  await expect(page).toHaveURL(/[?&]cluster=silo-umbra/);
  await expect(page.getByRole("row", { name: /Umbra Capital/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Acme Retail/ })).toHaveCount(0);
  await page.getByRole("link", { name: "Umbra Capital" }).click();
  await expect(page).toHaveURL(/\/tenants\/umbra\?.*cluster=silo-umbra/);
  await page.goBack();
  await page.getByRole("button", { name: /^Scope: .*umbra/i }).click();
  await page.getByRole("menuitemradio", { name: "All clusters" }).click();
  await expect(page).not.toHaveURL(/cluster=/);
  await expect(page.getByRole("row", { name: /Acme Retail/ })).toBeVisible();
});

test("the time range is chosen up to now or between two times, and one that ends before it starts cannot be", async ({ page }) => {
  await page.goto("/tenants/acme");
  await expect(page.getByRole("heading", { level: 1, name: "Acme Retail" })).toBeVisible();
  await page.getByRole("button", { name: /^Time range: 6\sh/ }).click();
  const popover = page.getByRole("dialog", { name: "Time range" });
  const asked = page.waitForRequest(/\/api\/tenants\/acme\/history\?.*range=1h/);
  await popover.getByRole("button", { name: "1 h", exact: true }).click();
  await expect(page).toHaveURL(/[?&]range=1h/);
  await asked;
  await popover.getByLabel("From", { exact: true }).fill("2026-01-01T02:00");
  await popover.getByLabel("To", { exact: true }).fill("2026-01-01T01:00");
  await expect(popover.getByText("The end must come after the start.")).toBeVisible();
  await expect(popover.getByRole("button", { name: "Show this range" })).toBeDisabled();
  await popover.getByLabel("To", { exact: true }).fill("2026-01-01T03:00");
  await popover.getByRole("button", { name: "Show this range" }).click();
  await expect(page).toHaveURL(/from=.*to=/);
  await expect(page).not.toHaveURL(/range=1h/);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Time range: .* to / })).toBeVisible();
});
