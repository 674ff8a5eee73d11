import { expect, test } from "./fixtures";

/** Until a part shows: of its quarter of an hour a reader that hangs works its backlog off for minutes, and is stuck after five of standing. */
const PART_MS = 600_000;

/** Whoever plays a part in the sandbox, what its page says of it in a word, and the sentence with the cause. */
const PARTS: readonly (readonly [tenantId: string, label: string, sentence: RegExp])[] = [
  [
    "kestrel",
    "Throttled below promise",
    /^Produce: Throttled on broker \d at .*, while the total is .*120\.0\skB\/s promised: the split of the promise does not fit this traffic/,
  ],
  ["fernway", "Near quota", /^Produce uses [89]\d\s% of its quota on broker \d: /],
  [
    "mosaic",
    "Consumer stuck",
    /^mosaic\.settlement has members, but its commits have not moved since \d\d:\d\d UTC; (at least )?[\d,]+\srecords?/,
  ],
  ["bluegill", "No members", /^bluegill\.reconciliation has no members; (at least )?[\d,]+\srecords?/],
];

for (const [tenantId, label, sentence] of PARTS) {
  test(`${tenantId} is told on its page and in the list: ${label.toLowerCase()}`, async ({ page }) => {
    test.setTimeout(2 * PART_MS + 120_000);
    await page.goto(`/tenants/${tenantId}`);
    // Its other direction may come under the same word for a moment.
    const condition = page.locator(".conditions").getByRole("listitem").filter({ hasText: label });
    await expect(condition.locator(".condition-sentence bdi").filter({ hasText: sentence })).toHaveCount(1, { timeout: PART_MS });
    // A part has breaks, and one may begin between two looks: API and list are held against each other while it is played.
    await expect(async () => {
      const { conditions } = await (await page.request.get(`/api/tenants/${tenantId}`)).json();
      expect(conditions.map((one: { label: string }) => one.label)).toContain(label);
      // The list has room for the worst, and says that there is more.
      const worst = conditions.find(({ acknowledged }: { acknowledged: unknown }) => acknowledged === null);
      await page.goto(`/tenants?q=${tenantId}`);
      await expect(page.locator("tr.row").filter({ hasText: worst.label })).toHaveCount(1, { timeout: 20_000 });
    }).toPass({ timeout: PART_MS });
  });
}

test("a cluster's page names the tenant of each condition", async ({ page }) => {
  await page.goto("/clusters/shared-1");
  const line = page.locator(".conditions").getByRole("listitem").filter({ hasText: "bluegill.reconciliation" });
  await expect(line).toContainText(/Bluegill Payments: bluegill\.reconciliation has no members/);
  await line.getByRole("link", { name: "Bluegill Payments" }).click();
  await expect(page).toHaveURL(/\/tenants\/bluegill/);
});

test("a group's page says when it has caught up, or why never", async ({ page }) => {
  await page.goto("/clusters/shared-1/groups?group=bluegill.reconciliation");
  const section = page.locator("section").filter({ has: page.getByRole("heading", { name: "Caught up in" }) });
  await expect(section).toContainText("Never: the group has no members.");
  await page.goto("/clusters/shared-1/groups?group=lumen.dashboard");
  await expect(page.getByRole("heading", { name: "Partitions" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Caught up in" })).toHaveCount(0);
});

test("larkspur is silent: nothing produced is a measured nothing, neither unknown nor without a limit", async ({ page }) => {
  const produce = async () => (await (await page.request.get("/api/tenants/larkspur")).json()).produce;
  await expect.poll(produce).toMatchObject({ state: "idle", bytesPerSecond: { source: "measured", value: 0 } });
  await page.goto("/tenants?q=larkspur");
  const row = page.getByRole("row", { name: /Larkspur Health/ });
  await expect(row.getByRole("meter", { name: "Produce against quota" })).toHaveAttribute("aria-valuenow", "0");
  await expect(row).toContainText("0 B/s");
});

test("lumen's group is one of the new protocol, and keeps up", async ({ page }) => {
  await page.goto("/tenants/lumen/consumers");
  const row = page.getByRole("row", { name: /lumen\.dashboard/ });
  await expect(row).toContainText("Stable, KIP-848");
  await expect(row).toContainText("keeps up");
});
