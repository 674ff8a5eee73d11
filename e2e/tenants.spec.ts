import { readFileSync } from "node:fs";
import { expect, expectFits, test } from "./fixtures";

const row = (name: string) => ({ name: new RegExp(name) });

/** The names in the file that was imported, in the order of a reader of English. */
const declaredNames = readFileSync("sandbox/tenants.yaml", "utf8")
  .split("\ntenants:")[1]
  ?.split("\nservices:")[0]
  ?.matchAll(/^ {4}name: (.+)$/gm)
  .map(([, name = ""]) => name)
  .toArray()
  .toSorted((a, b) => a.localeCompare(b, "en")) as string[];

test("every tenant that was imported is listed, with its plan, model and rate against quota", async ({ page }) => {
  await page.goto("/tenants");
  await expect(page.getByRole("heading", { level: 1, name: "Tenants" })).toBeVisible();
  const acme = page.getByRole("row", row("Acme Retail"));
  await expect(acme).toContainText("Gold");
  await expect(acme).toContainText("bridge");
  await expect(acme.getByRole("meter", { name: "Produce against quota" })).toBeVisible();
  const umbra = page.getByRole("row", row("Umbra"));
  await expect(umbra).toContainText("silo");
  await expect(umbra).toContainText("no limit");
});

test("a pool's tenant shows its sampled rate with its error, and no quota that it has not", async ({ page }) => {
  await page.goto("/tenants?q=model:pool");
  const first = page.getByRole("row", row("Alder Books"));
  // Drawn once the console has run for a while; early in an hour all of its few batches are drawn, and little is left to chance.
  await expect(first).toContainText(/±(?:<1|\d+)\s%/, { timeout: 180_000 });
  await expect(first.getByRole("meter")).toHaveCount(0);
});

test("filter, view and order live in the address", async ({ page }) => {
  await page.goto("/tenants");
  await page.getByRole("combobox", { name: "Filter tenants" }).fill("tern");
  await expect(page).toHaveURL(/q=tern/);
  await expect(page.getByRole("row", row("Acme Retail"))).toHaveCount(0);
  await expect(page.getByRole("row", row("Tern Airways"))).toBeVisible();
  await page.goto("/tenants?sort=name&order=asc");
  const names = page.getByRole("rowheader");
  await expect(names.first()).toHaveText(declaredNames[0] ?? "");
  await page.getByRole("button", { name: "Tenant", exact: true }).click();
  await expect(page).not.toHaveURL(/order=asc/);
  await expect(names.first()).toHaveText(declaredNames.at(-1) ?? "");
  await page.reload();
  await expect(names.first()).toHaveText(declaredNames.at(-1) ?? "");
});

test("a filter that means nothing is said so, and the page stays", async ({ page }) => {
  await page.goto("/tenants");
  await expect(page.getByRole("row", row("Acme Retail"))).toBeVisible();
  const answer = await page.request.get("/api/tenants?q=lag:%3Esoon");
  expect(answer.status()).toBe(400);
  expect((await answer.json()).error.message).toContain("lag:>10m");
});

test("a row opens its tenant, and going back keeps the list", async ({ page }) => {
  await page.goto("/tenants?q=acme");
  await page.getByRole("link", { name: "Acme Retail" }).click();
  await expect(page).toHaveURL(/\/tenants\/acme/);
  await expect(page.getByRole("heading", { level: 1, name: "Acme Retail" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/q=acme/);
});

test("the CSV has the whole filter with raw numbers and units in its head", async ({ page }) => {
  await page.goto("/tenants");
  const href = await page.getByRole("link", { name: "Export CSV" }).getAttribute("href");
  const answer = await page.request.get(href ?? "");
  expect(answer.headers()["content-type"]).toContain("text/csv");
  const lines = (await answer.text()).trim().split(/\r?\n/);
  expect(lines[0]).toContain("bytes/s");
  expect(lines.length).toBeGreaterThan(51);
});

test("a list that has not changed costs no body", async ({ page }) => {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 5 && !statuses.includes(304); attempt += 1) {
    const first = await page.request.get("/api/tenants");
    const second = await page.request.get("/api/tenants", { headers: { "if-none-match": first.headers().etag ?? "" } });
    statuses.push(second.status());
  }
  expect(statuses).toContain(304);
});

test("at 390 px a tenant is a block and nothing runs over the edge", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/tenants");
  await expect(page.getByText("Acme Retail")).toBeVisible();
  await expectFits(page);
});
