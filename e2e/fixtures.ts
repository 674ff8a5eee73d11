import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { plantedSecrets } from "./secrets";

/** Looked for once: the sandbox stands before the first journey. */
const SECRETS = [...plantedSecrets().values()];

/** Every journey fails on an error in the browser's console, whatever it was about, and on an answer that holds a planted secret. */
export const test = base.extend<{ quietConsole: undefined }>({
  quietConsole: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on("console", (message) => {
        // That something has moved meanwhile is an answer, which the browser calls a failure by its number.
        if (message.type() === "error" && !message.text().includes("status of 412")) errors.push(message.text());
      });
      page.on("pageerror", (error) => errors.push(String(error)));
      const answers: Promise<void>[] = [];
      page.on("response", (response) => {
        if (!response.url().includes("/api/")) return;
        const look = response.text().then((text) => {
          if (SECRETS.some((secret) => text.includes(secret))) errors.push(`${response.url()} answers with a secret`);
        });
        // A page that is left takes its answers with it.
        answers.push(look.catch(() => undefined));
      });
      await use(undefined);
      await Promise.all(answers);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/**
 * Asks a cluster to be read until the API shows what was arranged in Kafka: readings asked for within ten seconds share one, which may
 * have begun before the arrangement.
 */
export async function refreshUntil<T>(page: Page, clusterId: string, path: string, isSeen: (answer: T) => boolean): Promise<void> {
  const look = async () => {
    await page.request.post(`/api/clusters/${clusterId}/refresh`);
    const answer = await page.request.get(path);
    return answer.ok() && isSeen((await answer.json()) as T);
  };
  await expect.poll(look, { intervals: [1_000, 2_000, 5_000], timeout: 180_000 }).toBe(true);
}

/** WCAG 2.2 A and AA, as axe can tell. */
export async function expectAccessible(page: Page): Promise<void> {
  // What lies under the bar while the page is scrolled cannot be hit there, and is not meant to be.
  await page.evaluate(() => window.scrollTo(0, 0));
  const { violations } = await new AxeBuilder({ page })
    // Not of WCAG, but how a screen reader finds what a page is about, also where the page is an error.
    .options({ rules: { "page-has-heading-one": { enabled: true } } })
    .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`)).toEqual([]);
}

/** The same in both themes. Colours that are on their way to others are no colours to judge. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveCSS("color-scheme", colorScheme);
    await expectAccessible(page);
  }
}

/** Nothing runs over the page's edge; a wide table scrolls in a frame of its own. */
export async function expectFits(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, page.url()).toBeLessThanOrEqual(0);
}
