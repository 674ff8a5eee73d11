import { expect, test } from "./fixtures";

test("the way to a cluster's brokers can be tried, address by address", async ({ page }) => {
  await page.goto("/clusters/shared-1");
  await page.getByRole("button", { name: "Try it" }).click();
  const tried = page.getByRole("table", { name: "Addresses that were tried" });
  await expect(tried.getByText("signed in")).toHaveCount(3);
  await expect(page.getByRole("button", { name: "Try again" })).toBeEnabled();
});
