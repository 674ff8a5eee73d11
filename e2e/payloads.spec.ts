import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { consoleLog, consoleUrl, startConsole, stopConsole } from "@/scripts/lib/console.mjs";
import { sandboxDir } from "@/scripts/lib/layout.mjs";
import { enterPeople } from "@/scripts/lib/people.mjs";
import { expect, expectAccessible, expectFits, test } from "./fixtures";
import { createTopic, deleteTopic, NET, produceLines } from "./oracle";

const NAME = "payloads";
const PORT = 3221;
const URL_ = consoleUrl(PORT);
const TOPIC = "journeys.payloads";
const PAGE = `/clusters/shared-1/topics/${TOPIC}`;
/** What only who looks may ever find. */
const SECRET = "sk-live-4242424242424242";
const HOSTILE = `<img src=x onerror="window.hacked=true"><script>window.hacked=true</script>`;

const passwords = new Map<string, string>();

test.describe.configure({ mode: "serial" });
test.use({ baseURL: URL_ });
// A refusal is an answer here, which the browser calls a failure.
test.beforeEach(({ page }) => {
  page.removeAllListeners("console");
});

test.beforeAll(async () => {
  test.setTimeout(600_000);
  await stopConsole(NET, NAME);
  const stateDir = join(sandboxDir(NET), `${NAME}-people`);
  for (const left of [join(sandboxDir(NET), NAME), stateDir, consoleLog(NET, NAME)]) rmSync(left, { recursive: true, force: true });
  mkdirSync(stateDir);
  await createTopic("shared-1", TOPIC);
  const lines = [
    `kind:${HOSTILE}\thostile\t${HOSTILE}`,
    `kind:turned\tturned\tpay \u202e001 to acme`,
    `kind:deleted\tdeleted\tNOTHING`,
    `kind:long\tlong\t${JSON.stringify({ card: SECRET, lines: "word ".repeat(2_000) })}`,
  ];
  await produceLines("shared-1", TOPIC, lines, ["parse.headers=true", "parse.key=true", "null.marker=NOTHING"]);
  await startConsole({ net: NET, port: PORT, name: NAME, settings: { SIGN_IN: "local" } });
  const { people, token } = await enterPeople({ url: URL_, stateDir, logFile: consoleLog(NET, NAME) });
  for (const { name, password } of people) passwords.set(name, password);
  const headers = { authorization: `Bearer ${token}` };
  const isShown = async () => (await fetch(`${URL_}/api/clusters/shared-1/topic?name=${TOPIC}`, { headers })).ok;
  await expect.poll(isShown, { intervals: [1_000], timeout: 180_000 }).toBe(true);
});
test.afterAll(async () => {
  await stopConsole(NET, NAME);
  await deleteTopic("shared-1", TOPIC);
});

async function signIn(page: Page, name: string): Promise<void> {
  const data = { name, password: passwords.get(name) };
  expect((await page.request.post("/api/sign-in", { data })).status()).toBe(200);
}

const records = (page: Page) => page.getByRole("region", { name: "Records", exact: true });
const ask = (page: Page) => page.request.post("/api/clusters/shared-1/records", { data: { topic: TOPIC }, headers: { origin: URL_ } });

test("records are shown to nobody, operators neither, until an operator allows it with a reason", async ({ page }) => {
  await signIn(page, "olivia");
  await page.goto(PAGE);
  await expect(records(page)).toContainText("shown to nobody");
  expect((await ask(page)).status()).toBe(403);
  await records(page).getByRole("link", { name: "Allow it on the cluster’s page" }).click();
  const section = page.getByRole("region", { name: "Record payloads" });
  await expect(section).toContainText("Records of this cluster are shown to nobody");
  await expect(section).toBeInViewport();
  await expectAccessible(page);
  await section.getByLabel("Reason").fill("agreed with acme, ticket 4711");
  await section.getByRole("button", { name: "Allow looking at records" }).click();
  await expect(section).toContainText("Records of this cluster may be looked at");
  await expect(section.getByRole("listitem")).toContainText("by olivia: agreed with acme, ticket 4711");
});

test("support looks: an act of its own, at text that runs nothing, in both themes and on a narrow page", async ({ page }) => {
  await signIn(page, "sam");
  const looks: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/records")) looks.push(request.method());
  });
  await page.goto(PAGE);
  const newest = records(page).getByRole("button", { name: "Show newest records" });
  await expect(newest).toBeVisible();
  await expect(records(page)).toContainText("Each look is kept in the audit");
  expect(looks).toEqual([]);
  await newest.click();
  const shown = records(page).getByRole("article");
  await expect(shown).toHaveCount(4);
  expect(looks).toEqual(["POST"]);
  await expect(shown.nth(3).getByText(HOSTILE)).toHaveCount(2);
  await expect(shown.nth(2)).toContainText("pay \\u{202e}001 to acme");
  await expect(shown.nth(1)).toContainText("tombstone");
  await expect(shown.nth(0)).toContainText(SECRET);
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
  expect(await records(page).locator("img, script").count()).toBe(0);
  await shown
    .nth(0)
    .getByRole("button", { name: /^Open: Value/ })
    .click();
  await expect(shown.nth(0).getByRole("button", { name: /^Close: Value/ })).toBeVisible();
  await shown
    .nth(0)
    .getByRole("button", { name: /^Close: Value/ })
    .click();
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await expectAccessible(page);
      await expectFits(page);
    }
  }
  await records(page).getByRole("textbox", { name: "Partition" }).fill("0");
  await records(page).getByRole("textbox", { name: "From offset" }).fill("99");
  await records(page).getByRole("button", { name: "Show from there" }).click();
  await expect(records(page)).toContainText("The offset is not there: the partition holds 0 to 3 now.");
  await records(page).getByRole("textbox", { name: "From offset" }).fill("2");
  await records(page).getByRole("button", { name: "Show from there" }).click();
  await expect(shown).toHaveCount(2);
});

test("each look is in the audit, and nothing of what it showed is there or in the log", async ({ page }) => {
  await signIn(page, "olivia");
  await page.goto("/audit?kind=payload");
  await expect(page.getByRole("row", { name: /look at records .*journeys\.payloads, newest 20 done sam/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /partition 0, 20 from offset 2 done sam/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /newest 20 refused olivia/ })).toBeVisible();
  const csv = await (await page.request.get("/api/audit?format=csv")).text();
  const log = readFileSync(consoleLog(NET, NAME), "utf8");
  for (const text of [csv, log]) {
    expect(text).toContain("lookAtRecords");
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain("onerror");
  }
  expect(await (await page.request.get("/api/metrics")).text()).not.toContain(SECRET);
});

test("taking it back ends it, on a page that is open too", async ({ page, browser }) => {
  await signIn(page, "sam");
  await page.goto(PAGE);
  await records(page).getByRole("button", { name: "Show newest records" }).click();
  await expect(records(page).getByRole("article")).toHaveCount(4);
  const other = await (await browser.newContext({ baseURL: URL_ })).newPage();
  await signIn(other, "olivia");
  await other.goto("/clusters/shared-1");
  const section = other.getByRole("region", { name: "Record payloads" });
  await section.getByLabel("Reason").fill("solved");
  await section.getByRole("button", { name: "Take it back" }).click();
  await expect(section).toContainText("Records of this cluster are shown to nobody");
  await expect(section.getByRole("listitem")).toHaveCount(2);
  await other.context().close();
  expect((await ask(page)).status()).toBe(403);
  await expect(records(page)).toContainText("shown to nobody");
  await expect(records(page).getByRole("article")).toHaveCount(0);
});
