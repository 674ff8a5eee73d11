import { expect, test } from "./fixtures";
import { killBrokerOf, startBrokerOf } from "./oracle";

test.setTimeout(600_000);

test("with a broker dead the rest of the screen works and says what is missing, and it heals", async ({ page }) => {
  await killBrokerOf("shared-1", 3);
  try {
    await page.goto("/clusters/shared-1");
    await expect(page.getByText(/Broker 3 .* is not in the cluster/).first()).toBeVisible({ timeout: 240_000 });
    await page.goto("/tenants");
    await expect(
      page
        .getByRole("row", { name: /Acme Retail/ })
        .getByRole("meter")
        .first(),
    ).toBeVisible();
  } finally {
    await startBrokerOf("shared-1", 3);
  }
  await page.goto("/clusters/shared-1");
  await expect(page.getByText(/Broker 3 .* is not in the cluster/)).toHaveCount(0, { timeout: 240_000 });
});
