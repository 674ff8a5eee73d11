import { expect, refreshUntil, test } from "./fixtures";
import { alterUserQuota } from "./oracle";

test("a quota set with Kafka's own tool appears on the tenant's page, with its rule", async ({ page }) => {
  await alterUserQuota("shared-1", "larkspur", { set: "producer_byte_rate=123456" });
  try {
    await refreshUntil(page, "shared-1", "/api/tenants/larkspur/access", (access) => JSON.stringify(access).includes("123456"));
    await page.goto("/tenants/larkspur/access");
    const row = page.getByRole("row", { name: /producer_byte_rate/ });
    await expect(row).toContainText("123 kB/s per broker");
    await expect(row).toContainText("3 of 8: user larkspur");
    const access = await (await page.request.get("/api/tenants/larkspur/access")).json();
    const rule = access.principals[0].quotas.find(({ key }: { key: string }) => key === "producer_byte_rate");
    expect(rule.value).toBe(123456);
  } finally {
    await alterUserQuota("shared-1", "larkspur", { set: "producer_byte_rate=15000" });
  }
});

test("a client-id rule that a user rule hides is named as hidden", async ({ page }) => {
  await page.goto("/tenants/cobalt/access");
  await expect(page.getByRole("row", { name: /producer_byte_rate/ })).toContainText("client-id");
});
