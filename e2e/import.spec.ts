import { expect, test } from "./fixtures";

const HOSTILE = `Mallory <img src=x onerror=alert(1)> "quotes" 'and' ${"x".repeat(60)}`;
const yaml = { "content-type": "application/yaml" };

test("a tenant is imported over the API, its name is text whatever it holds, and importing again changes nothing", async ({ page }) => {
  const file = `tenants:\n  - id: hostile\n    name: ${JSON.stringify(HOSTILE)}\n    tier: bronze\n`;
  const first = await page.request.post("/api/import", { headers: yaml, data: file });
  expect(first.status()).toBe(200);
  const again = await (await page.request.post("/api/import", { headers: yaml, data: file })).json();
  expect(again.tenants).toEqual({ created: 0, updated: 0, unchanged: 1 });
  await page.goto("/tenants?q=hostile");
  await expect(page.getByRole("link", { name: HOSTILE })).toBeVisible();
  await expect(page.locator("main img")).toHaveCount(0);
  await page.goto("/tenants/hostile");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(HOSTILE);
});

test("a wrong file is refused as a whole, with line and path", async ({ request }) => {
  const file = "tenants:\n  - id: fine\n    name: Fine\n    tier: bronze\n  - id: Bad Id\n    name: Bad\n    tier: nope\n";
  const answer = await request.post("/api/import", { headers: yaml, data: file });
  expect(answer.status()).toBe(400);
  const { error } = await answer.json();
  expect(error.details).toEqual(expect.arrayContaining([expect.objectContaining({ path: "tenants[1].id", line: 5 })]));
  expect((await request.get("/api/tenants/fine")).status()).toBe(404);
});

test("a write from another site is refused", async ({ request }) => {
  const answer = await request.post("/api/import", { headers: { ...yaml, origin: "https://elsewhere.example" }, data: "tenants: []" });
  expect(answer.status()).toBe(403);
});
