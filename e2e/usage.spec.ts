import { readFileSync } from "node:fs";
import { expect, test } from "./fixtures";

test("who is noisy is ranked, and the heat map is read by keyboard", async ({ page }) => {
  await page.goto("/noisy");
  await expect(page.getByRole("heading", { level: 1, name: "Noisy tenants" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Tenants by share against entitlement" })).toBeVisible();
  const map = page.getByRole("application", { name: /Share against entitlement/ });
  await map.focus();
  await page.keyboard.press("End");
  await expect(page.locator(".heat-says")).toContainText(/entitlement|no data/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/from=.*to=/);
  await expect(page.getByRole("heading", { level: 1, name: "Noisy tenants" })).toBeVisible();
  await page.goto("/noisy?from=2026-01-01T00:00:00.000Z&to=2026-01-01T01:00:00.000Z");
  await expect(page.getByText("nothing is kept of this time", { exact: true })).toBeVisible();
});

test("beside a tenant the page names whom it may be forwarded to", async ({ page }) => {
  await page.goto("/noisy?tenant=kestrel");
  await expect(page.getByRole("link", { name: "Markdown, internal" })).toBeVisible();
  const [forward] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Markdown, safe to forward" }).click(),
  ]);
  expect(forward.suggestedFilename()).toBe("kestrel-noise.md");
  const text = readFileSync(await forward.path(), "utf8");
  expect(text).toContain("# Kestrel");
  for (const other of ["Acme", "Bluegill", "shared-1", "127.0."]) expect(text).not.toContain(other);
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export CSV" }).click()]);
  expect(csv.suggestedFilename()).toBe("noisy.csv");
});

test("a line of a log leads to the ticket of whom it names", async ({ page }) => {
  await page.goto("/tiers");
  await page.getByRole("heading", { level: 1, name: "Tiers" }).waitFor();
  await page.keyboard.press("Control+k");
  await page
    .getByRole("dialog")
    .getByRole("combobox")
    .fill("2026-11-23 11:58:02,123 WARN Offset commit failed on partition acme.orders-0: the group is rebalancing");
  await page.getByRole("option", { name: /Ticket of Acme Retail/ }).click();
  await expect(page).toHaveURL(/\/tenants\/acme\/ticket\?from=2026-11-23/);
  const checklist = page.getByRole("table", { name: "Checklist" });
  await expect(checklist.getByText("Is it lag?")).toBeVisible();
  await expect(checklist.getByText("Is it a neighbour?")).toBeVisible();
});

test("an operator sets a price, and the cost follows it", async ({ page, request }) => {
  await page.goto("/settings/prices");
  const box = page.getByRole("textbox", { name: /Your price: kafka\./ }).first();
  await expect(box).toBeVisible();
  const costOf = async () => (await (await request.get("/api/cost")).json()).perMonth.value as number;
  const before = await costOf();
  await box.fill("99");
  await page.getByRole("textbox", { name: "Reason" }).fill("a journey");
  await page.getByRole("button", { name: /^Set prices of/ }).click();
  await expect(page.getByText("a journey")).toBeVisible();
  await expect.poll(costOf).toBeGreaterThan(before);
  await page
    .getByRole("textbox", { name: /Your price: kafka\./ })
    .first()
    .fill("");
  await page.getByRole("textbox", { name: "Reason" }).fill("as it was");
  await page.getByRole("button", { name: /^Set prices of/ }).click();
  await expect.poll(costOf).toBeCloseTo(before, 0);
});
