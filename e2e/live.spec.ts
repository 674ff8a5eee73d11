import { expect, test } from "./fixtures";

// Low, so that the list is longer than the window.
test.use({ viewport: { width: 1440, height: 500 } });

test("the list renews itself where it is read: nothing scrolls, and no row is put in again", async ({ page }) => {
  await page.goto("/tenants?sort=name&order=asc");
  const table = page.locator("table.tenants");
  const row = table.getByRole("row", { name: /Mosaic Tickets/ });
  await row.scrollIntoViewIfNeeded();
  // All rows are there, and with them the page's whole height.
  await expect(table.getByRole("rowheader").last()).toBeAttached();
  await expect(table.locator(".spacer")).toHaveCount(0);
  const place = () => row.evaluate((element) => ({ scrolled: window.scrollY, top: element.getBoundingClientRect().top }));
  const before = await place();
  expect(before.scrolled).toBeGreaterThan(0);
  const text = await table.textContent();
  const node = await row.elementHandle();
  const replaced = await page.evaluateHandle(() => {
    const seen = { rows: 0 };
    const count = (nodes: NodeList) =>
      [...nodes].filter((one) => one instanceof Element && (one.matches("tr, .skeleton") || one.querySelector("tr, .skeleton") !== null))
        .length;
    new MutationObserver((records) => {
      for (const { addedNodes, removedNodes } of records) seen.rows += count(addedNodes) + count(removedNodes);
    }).observe(document.body, { childList: true, subtree: true });
    return seen;
  });
  // What is shown has changed twice: rates of fifty tenants are never the same.
  await expect.poll(() => table.textContent()).not.toBe(text);
  const next = await table.textContent();
  await expect.poll(() => table.textContent()).not.toBe(next);
  expect(await place()).toEqual(before);
  expect(await row.evaluate((element, earlier) => element === earlier, node)).toBe(true);
  expect(await replaced.jsonValue()).toEqual({ rows: 0 });
});
