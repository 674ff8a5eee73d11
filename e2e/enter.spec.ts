import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { type IdentityProvider, startProvider } from "@/sandbox/identity/start-provider";
import { consoleLog, consoleUrl, startConsole, stopConsole } from "@/scripts/lib/console.mjs";
import { sandboxDir } from "@/scripts/lib/layout.mjs";
import { firstLink } from "@/scripts/lib/people.mjs";
import { ageStore } from "./age-store";
import { expect, expectAccessible, expectAccessibleInBothThemes, expectFits, test } from "./fixtures";
import { NET } from "./oracle";

const NAME = "entered";
const PORT = 3220;
const URL_ = consoleUrl(PORT);
const PASSWORD = "correct horse battery";
const GROUPS: Record<string, string[]> = { olivia: ["platform"], sam: ["helpdesk"], paula: ["sales"] };

let provider: IdentityProvider;

test.describe.configure({ mode: "serial" });
test.use({ baseURL: URL_ });
// A refusal is an answer here, which the browser calls a failure.
test.beforeEach(({ page }) => {
  page.removeAllListeners("console");
});

test.beforeAll(async () => {
  provider = await startProvider({ redirectUris: [`${URL_}/api/sign-in/sso/callback`], groupsOf: (account) => GROUPS[account] ?? [] });
  await stopConsole(NET, NAME);
  for (const left of [join(sandboxDir(NET), NAME), consoleLog(NET, NAME)]) rmSync(left, { recursive: true, force: true });
  await start();
});
test.afterAll(async () => {
  await stopConsole(NET, NAME);
  await provider.stop();
});

async function start(): Promise<void> {
  const settings = {
    SIGN_IN: "both",
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_GROUP_ROLES: "platform=operator,helpdesk=support,sales=product",
    OIDC_LABEL: "Sandbox ID",
  };
  await startConsole({ net: NET, port: PORT, name: NAME, clusters: false, settings });
}

async function signIn(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Lets time pass for what the console keeps, while it is down for a moment. */
async function aged(statement: string): Promise<void> {
  await stopConsole(NET, NAME);
  await ageStore(NAME, statement);
  await start();
}

/** Somebody else's browser, signed in by the API. */
async function elsewhere(browser: Browser, name: string) {
  const context = await browser.newContext({ baseURL: URL_, extraHTTPHeaders: { origin: URL_ } });
  expect((await context.request.post("/api/sign-in", { data: { name, password: PASSWORD } })).status()).toBe(200);
  return context;
}

/** The page of people with rows in it: what is pressed from then on is heard. */
async function openPeople(page: Page): Promise<void> {
  await page.goto("/people");
  await expect(
    page
      .getByRole("table", { name: "People, by name" })
      .getByRole("row", { name: /\bada\b/ })
      .first(),
  ).toBeVisible();
}

async function invite(page: Page, role: string): Promise<string> {
  await openPeople(page);
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("dialog").getByLabel("Role").selectOption(role);
  await page.getByRole("button", { name: "Make an invitation" }).click();
  return (await page.locator("code.secret").textContent()) ?? "";
}

async function accept(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create the account" }).click();
  await expect(page.getByRole("button", { name: new RegExp(`Account of ${name}`) })).toBeVisible();
}

test("the first start lets the first operator in, who chooses a password", async ({ page }) => {
  await page.goto("/tenants");
  await expect(page).toHaveURL(/\/sign-in\?returnTo=%2Ftenants/);
  await expect(page.getByText("Nobody can sign in yet")).toBeVisible();
  await expectAccessible(page);
  const link = `/welcome#${firstLink(consoleLog(NET, NAME))}`;
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Welcome" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await accept(page, link, "ada");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await expectAccessibleInBothThemes(page);
});

test("an invitation lets one person in, with its role, and nobody a second time", async ({ page, browser }) => {
  await signIn(page, "ada");
  await expect(page.getByRole("button", { name: /Account of ada, operator/ })).toBeVisible();
  const link = await invite(page, "support");
  const other = await (await browser.newContext({ baseURL: URL_ })).newPage();
  await other.goto(link);
  await expect(other.getByRole("heading", { name: "You are invited" })).toBeVisible();
  await expectAccessibleInBothThemes(other);
  await accept(other, link, "bob");
  await expect(other.getByRole("button", { name: /Account of bob, support/ })).toBeVisible();
  await other.goto(link);
  await expect(other.getByText("This link was used")).toBeVisible();
  await other.goto("/people");
  await expect(other.getByRole("heading", { name: "This page is not for your role" })).toBeVisible();
  await other.context().close();
});

/** Signs in at the provider, where nobody is known yet. */
async function atProvider(page: Page, account: string): Promise<void> {
  await page.getByRole("link", { name: "Continue with Sandbox ID" }).click();
  await page.locator("input[name=login]").fill(account);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  // The page that asks for the name has such a button too.
  await expect(page.locator("input[name=login]")).toHaveCount(0);
  await page.locator("button[type=submit]").click();
}

for (const [account, role] of [
  ["olivia", "operator"],
  ["sam", "support"],
  ["paula", "product"],
] as const) {
  test(`single sign-on lets ${account} in as ${role}, and back to the page that was asked for`, async ({ page }) => {
    await page.goto("/tiers");
    await atProvider(page, account);
    await expect(page).toHaveURL(/\/tiers$/);
    await expect(page.getByRole("button", { name: new RegExp(`Account of ${account}@example.com, ${role}`) })).toBeVisible();
    const main = page.getByRole("navigation", { name: "Main" });
    const links = { operator: ["Tenants", "Tiers", "People"], support: ["Tenants", "Tiers"], product: ["Tiers"] }[role];
    for (const name of ["Tenants", "Tiers", "People"]) {
      await expect(main.getByRole("link", { name, exact: true })).toHaveCount(links.includes(name) ? 1 : 0);
    }
  });
}

test("the product role begins on the tiers, and no page it reaches asks for what is refused", async ({ page }) => {
  await page.goto("/sign-in");
  await atProvider(page, "paula");
  await expect(page).toHaveURL(/\/tiers$/);
  const refused: string[] = [];
  page.on("response", (answer) => {
    if (answer.status() === 403) refused.push(answer.url());
  });
  const main = page.getByRole("navigation", { name: "Main" });
  const isThere = async () => {
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
  };
  // Whole loads, and links followed.
  await page.goto("/");
  await expect(page).toHaveURL(/\/tiers$/);
  await isThere();
  await main.getByRole("link", { name: "Tenant Console" }).click();
  await expect(page).toHaveURL(/\/tiers$/);
  for (const link of await main.getByRole("link").all()) {
    await link.click();
    await isThere();
  }
  for (const path of ["/tiers/none", "/settings/prices", "/account", "/no-such-page", "/tiers/new", "/drift", "/clusters"]) {
    await page.goto(path);
    await expect(page.locator("main").getByRole("heading").first()).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
  }
  // What this page loads it loads alive: what is pressed from then on is heard.
  await page.goto("/tiers");
  await isThere();
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("ti");
  await expect(page.getByRole("option")).toHaveText([/Tiers/]);
  expect(refused).toEqual([]);
});

test("who has no role at the provider is told so and stays outside", async ({ page }) => {
  await page.goto("/sign-in");
  await atProvider(page, "stranger");
  await expect(page.getByText("Your account may not enter")).toBeVisible();
  expect((await page.request.get("/api/account")).status()).toBe(401);
});

test("what is typed outlives a session that was ended elsewhere", async ({ page, browser }) => {
  await signIn(page, "ada");
  await expect(page.getByRole("button", { name: /Account of ada/ })).toBeVisible();
  await page.goto("/tiers/new");
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("Platinum");
  const other = await elsewhere(browser, "ada");
  const { sessions } = (await (await other.request.get("/api/account")).json()) as { sessions: { id: string; own: boolean }[] };
  for (const { id } of sessions.filter(({ own }) => !own)) {
    expect((await other.request.delete(`/api/sessions/${id}`)).status()).toBe(200);
  }
  // Whatever the page asks for next is refused.
  const dialog = page.getByRole("dialog", { name: "Sign in to go on" });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Name").fill("ada");
  await dialog.getByLabel("Password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(name).toHaveValue("Platinum");
  await other.close();
});

test("a role that is lowered counts at once, on the page that is open", async ({ page, browser }) => {
  await signIn(page, "bob");
  await expect(page.getByRole("button", { name: /Account of bob, support/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Tenants", exact: true })).toBeVisible();
  const other = await elsewhere(browser, "ada");
  const { people } = (await (await other.request.get("/api/people")).json()) as { people: { id: string; name: string }[] };
  const bob = people.find((person) => person.name === "bob");
  expect((await other.request.put(`/api/people/${bob?.id}`, { data: { role: "product" } })).status()).toBe(200);
  expect((await page.request.get("/api/tenants")).status()).toBe(403);
  await expect(page.getByRole("heading", { name: "This page is not for your role" })).toBeVisible();
  await other.request.put(`/api/people/${bob?.id}`, { data: { role: "support", disabled: true } });
  expect((await page.request.get("/api/status")).status()).toBe(401);
  await other.close();
});

test("a token works until it is revoked", async ({ page, playwright }) => {
  await signIn(page, "ada");
  await expect(page.getByRole("button", { name: /Account of ada/ })).toBeVisible();
  await openPeople(page);
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("nightly export");
  await dialog.getByRole("button", { name: "Make a token" }).click();
  const token = (await page.locator("code.secret").textContent()) ?? "";
  await page.keyboard.press("Escape");
  const script = await playwright.request.newContext({ baseURL: URL_, extraHTTPHeaders: { authorization: `Bearer ${token}` } });
  expect((await script.get("/api/tiers")).status()).toBe(200);
  expect((await script.get("/api/people")).status()).toBe(403);
  await page.getByRole("button", { name: "Revoke nightly export" }).click();
  await expect(page.getByRole("row", { name: /nightly export/ })).toHaveCount(0);
  expect((await script.get("/api/tiers")).status()).toBe(401);
  await script.dispose();
});

test("a token that has expired is refused with words that say so, and listed as expired", async ({ page, playwright }) => {
  await signIn(page, "ada");
  await expect(page.getByRole("button", { name: /Account of ada/ })).toBeVisible();
  await openPeople(page);
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("for a day");
  await dialog.getByLabel("Works for, days").fill("1");
  await dialog.getByRole("button", { name: "Make a token" }).click();
  const token = (await page.locator("code.secret").textContent()) ?? "";
  await page.keyboard.press("Escape");
  const script = await playwright.request.newContext({ baseURL: URL_, extraHTTPHeaders: { authorization: `Bearer ${token}` } });
  expect((await script.get("/api/tiers")).status()).toBe(200);
  await aged("update api_tokens set expires_at = now() - interval '1 minute' where name = 'for a day'");
  const refused = await script.get("/api/tiers");
  expect([refused.status(), ((await refused.json()) as { error: { message: string } }).error.message]).toEqual([
    401,
    expect.stringMatching(/^The token "for a day" has expired: it worked until 20\d\d-\d\d-\d\d \d\d:\d\d UTC\./),
  ]);
  await page.goto("/people");
  const row = page.getByRole("row", { name: /for a day/ });
  await expect(row.getByText("expired")).toBeVisible();
  await expectAccessible(page);
  await row.getByRole("button", { name: "Remove for a day" }).click();
  await expect(row).toHaveCount(0);
  await script.dispose();
});

test("a session that was not used for too long leads to the sign-in, and from there back to the same address", async ({ page }) => {
  await signIn(page, "ada");
  await expect(page.getByRole("button", { name: /Account of ada/ })).toBeVisible();
  const address = "/audit?kind=people";
  await page.goto(address);
  await expect(page.getByRole("row", { name: /invite person/ }).first()).toBeVisible();
  await aged("update login_sessions set last_seen_at = now() - interval '9 hours'");
  // The page that is open asks for something, and is refused.
  const dialog = page.getByRole("dialog", { name: "Sign in to go on" });
  await expect(dialog).toBeVisible({ timeout: 60_000 });
  await expect(dialog.getByText(/nothing was done in this session for 8.hours/)).toBeVisible();
  await dialog.getByLabel("Password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(`${URL_}${address}`);
  await expect(page.getByRole("row", { name: /invite person/ }).first()).toBeVisible();
  // A page that is opened only now shows nothing before somebody has signed in, and then itself.
  await aged("update login_sessions set last_seen_at = now() - interval '9 hours'");
  await page.goto(address);
  await expect(dialog).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("row", { name: /invite person/ })).toHaveCount(0);
  await dialog.getByLabel("Name").fill("ada");
  await dialog.getByLabel("Password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("row", { name: /invite person/ }).first()).toBeVisible();
  await expect(page).toHaveURL(`${URL_}${address}`);
});

test("ten wrong passwords are slowed down, with the same words for whoever is unknown", async ({ page }) => {
  await signIn(page, "nobody-here", "wrong password");
  await expect(page.getByText("Name or password is wrong.")).toBeVisible();
  await page.getByLabel("Name").fill("bob");
  const button = page.getByRole("button", { name: "Sign in" });
  const tryAgain = async () => {
    await page.getByLabel("Password").fill("wrong password");
    await button.click();
    await expect(button).toBeEnabled();
  };
  for (let attempt = 0; attempt < 9; attempt += 1) await tryAgain();
  // An attempt may come just when a wait is over, and makes the next one twice as long.
  await expect(async () => {
    await tryAgain();
    await expect(page.getByText(/Too many attempts/)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
});

test("signing out ends the session, also where its cookie was copied to", async ({ page, browser }) => {
  const context = await elsewhere(browser, "ada");
  const [cookie] = await context.cookies();
  await page.context().addCookies(cookie === undefined ? [] : [cookie]);
  await page.goto("/account");
  await expect(page.getByRole("heading", { level: 1, name: "ada" })).toBeVisible();
  await page.getByRole("button", { name: /Account of ada/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  expect((await context.request.get("/api/account")).status()).toBe(401);
  await context.close();
});

test("the audit tells of all this, and its CSV too", async ({ page, browser }) => {
  const context = await elsewhere(browser, "ada");
  await page.context().addCookies(await context.cookies());
  await page.goto("/audit?kind=people");
  await expect(page.getByRole("row", { name: /invite person/ }).first()).toBeVisible();
  await page.goto("/audit?outcome=failed");
  await expect(page.getByRole("row", { name: /sign in/ }).first()).toBeVisible();
  const csv = await (await page.request.get("/api/audit?format=csv")).text();
  expect(csv).toContain("sign-in");
  expect(csv).not.toContain(PASSWORD);
  const log = readFileSync(consoleLog(NET, NAME), "utf8");
  expect(log).toContain('"audit"');
  expect(log).not.toContain(PASSWORD);
  expect(log).not.toContain(provider.clientSecret);
  await context.close();
});

for (const theme of ["light", "dark"] as const) {
  test(`people, audit and account are accessible and fit in the ${theme} theme`, async ({ page, browser }) => {
    const context = await elsewhere(browser, "ada");
    await page.context().addCookies(await context.cookies());
    await page.emulateMedia({ colorScheme: theme });
    for (const path of ["/people", "/audit", "/account", "/sign-in"]) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator(".skeleton")).toHaveCount(0);
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await expectFits(page);
    }
    await context.close();
  });
}
