import { readFileSync } from "node:fs";
import { expect, expectAccessible, expectFits, test } from "./fixtures";

test("who is noisy is ranked, and the heat map is read by keyboard", async ({ page }) => {
  await page.goto("/noisy");
  await expect(page.getByRole("heading", { level: 1, name: "Noisy tenants" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Tenants by share against entitlement" })).toBeVisible();
  const map = page.getByRole("application", { name: /Share against entitlement/ });
  await map.focus();
  await page.keyboard.press("End");
  await expect(page.locator(".heat-says")).toContainText(/entitlement|no data/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/from=.*to=/);
  await expect(page.getByRole("heading", { level: 1, name: "Noisy tenants" })).toBeVisible();
  await page.goto("/noisy?from=2026-01-01T00:00:00.000Z&to=2026-01-01T01:00:00.000Z");
  await expect(page.getByText("nothing is kept of this time", { exact: true })).toBeVisible();
});

test("beside a tenant the page names whom it may be forwarded to", async ({ page }) => {
  await page.goto("/noisy?tenant=kestrel");
  await expect(page.getByRole("link", { name: "Markdown, internal" })).toBeVisible();
  const [forward] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Markdown, safe to forward" }).click(),
  ]);
  expect(forward.suggestedFilename()).toBe("kestrel-noise.md");
  const text = readFileSync(await forward.path(), "utf8");
  expect(text).toContain("# Kestrel");
  for (const other of ["Acme", "Bluegill", "shared-1", "127.0."]) expect(text).not.toContain(other);
  const [csv] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export CSV" }).click()]);
  expect(csv.suggestedFilename()).toBe("noisy.csv");
});

/** An hour of the pool as it is told once one has passed, which no journey waits for. */
const HOUR = {
  from: "2026-11-23T09:00:00.000Z",
  until: "2026-11-23T10:00:00.000Z",
  share: { low: 0.31, value: 0.38, high: 0.45 },
  rateBytesPerSecond: { low: 7e6, value: 8e6, high: 9e6 },
  times: { low: 2.1, value: 2.5, high: 3 },
  promiseBytesPerSecond: 4e6,
  promise: "above",
  because: null,
  sentence: "In the hour 2026-11-23 09:00 to 10:00 UTC it took much.",
};
const UNSURE = { ...HOUR, promise: "unknown", because: "The interval of its estimate holds the promise." };

test("a pool's tenant shows its part of each shared topic, and what it took by the hour", async ({ page, request }) => {
  await page.goto("/tenants/alder-books");
  const parts = page.getByRole("table", { name: "Its part of the pool" });
  for (const topic of ["pool.orders", "pool.clicks", "pool.audit"]) await expect(parts.getByRole("link", { name: topic })).toBeVisible();
  await expect(page.getByRole("heading", { name: "By the hour" })).toBeVisible();
  const told = await (await request.get("/api/tenants/alder-books/pool")).json();
  expect([...told.hours, ...told.hoursUnseen]).not.toHaveLength(0);
  if (told.hours.length === 0) await expect(page.getByText(/Of the last hour on shared-1 nothing can be told/)).toBeVisible();
  await expectAccessible(page);

  const of = { clusterId: "shared-1", direction: "produce", verdict: "loud", source: "estimated" };
  const hours = [
    { ...HOUR, ...of },
    { ...UNSURE, ...of, direction: "consume", verdict: "unknown" },
  ];
  await page.route("**/api/tenants/alder-books/pool", (route) => route.fulfill({ json: { ...told, hours, hoursUnseen: [] } }));
  await page.reload();
  const table = page.getByRole("table", { name: "What it took of the pool by the hour" });
  await expect(table.getByRole("row", { name: /produce on shared-1/ })).toContainText(/38\s%\s31\s%–45\s%/);
  await expect(table.getByRole("row", { name: /produce on shared-1/ })).toContainText(/above its promise of 4\.0\sMB\/s/);
  await expect(table.getByRole("row", { name: /consume on shared-1/ })).toContainText(
    "cannot tell: The interval of its estimate holds the promise.",
  );
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFits(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await table
    .getByRole("row", { name: /produce on shared-1/ })
    .getByRole("link")
    .click();
  await expect(page).toHaveURL(/\/noisy\?tenant=alder-books&from=.*to=/);
});

test("tenants of a pool are ranked by the hour with their intervals, and have no cells of minutes", async ({ page, request }) => {
  const told = await (await request.get("/api/noisy?range=1h")).json();
  expect(told.heat.withoutPools).toBe(true);
  const row = {
    tenantId: "alder-books",
    tenantName: "Alder Books",
    clusterId: "shared-1",
    clusterName: "shared-1",
    brokerId: null,
    resource: "in",
    verdict: "noisy",
    share: 0.38,
    entitlement: 0.15,
    times: 2.5,
    rate: 8e6,
    brokerRate: 2e7,
    signs: ["broker 2: request handlers idle 12 %"],
    since: HOUR.from,
    source: "estimated",
    pool: HOUR,
  };
  const unsure = { ...row, tenantId: "birch", tenantName: "Birch", verdict: "unknown", signs: [], since: null, pool: UNSURE };
  const episode = {
    row,
    sentence: HOUR.sentence,
    peakShare: 0.31,
    victims: [],
    mechanism: null,
    causes: [],
    next: [{ label: "Move it to topics of its own", href: "/isolation?tenant=alder-books" }],
  };
  const view = { ...told, ranking: [row, unsure, ...told.ranking], episodes: [episode, ...told.episodes] };
  await page.route("**/api/noisy?*", (route) => route.fulfill({ json: view }));
  await page.goto("/noisy?range=1h");
  const ranking = page.getByRole("table", { name: "Tenants by share against entitlement" });
  await expect(ranking.getByRole("row", { name: /Alder Books/ })).toContainText(/by the hour.*38\s%\s31\s%–45\s%.*2\.5\s2\.1–3\.0/);
  await expect(ranking.getByRole("row", { name: /Birch/ })).toContainText("Cannot tell");
  await expect(page.getByText(/Tenants of pools are known by the hour only/)).toBeVisible();
  const box = page.getByRole("region", { name: "Alder Books, noisy" });
  await expect(box.getByRole("link", { name: "Move it to topics of its own" })).toBeVisible();
  await expect(box.getByRole("link", { name: /quota/i })).toHaveCount(0);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expectAccessible(page);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFits(page);
});

test("a line of a log leads to the ticket of whom it names", async ({ page }) => {
  await page.goto("/tiers");
  // With rows in its table the page is alive: what is pressed from then on is heard.
  await expect(page.getByRole("table", { name: "Tiers", exact: true }).getByRole("row", { name: /Gold/ })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page
    .getByRole("dialog")
    .getByRole("combobox")
    .fill("2026-11-23 11:58:02,123 WARN Offset commit failed on partition acme.orders-0: the group is rebalancing");
  await page.getByRole("option", { name: /Ticket of Acme Retail/ }).click();
  await expect(page).toHaveURL(/\/tenants\/acme\/ticket\?from=2026-11-23/);
  const checklist = page.getByRole("table", { name: "Checklist" });
  await expect(checklist.getByText("Is it lag?")).toBeVisible();
  await expect(checklist.getByText("Is it a neighbour?")).toBeVisible();
});

test("an operator sets a price, and the cost follows it", async ({ page, request }) => {
  await page.goto("/settings/prices");
  const box = page.getByRole("textbox", { name: /Your price: kafka\./ }).first();
  await expect(box).toBeVisible();
  const costOf = async () => (await (await request.get("/api/cost")).json()).perMonth.value as number;
  const before = await costOf();
  await box.fill("99");
  await page.getByRole("textbox", { name: "Reason" }).fill("a journey");
  await page.getByRole("button", { name: /^Set prices of/ }).click();
  await expect(page.getByText("a journey")).toBeVisible();
  await expect.poll(costOf).toBeGreaterThan(before);
  await page
    .getByRole("textbox", { name: /Your price: kafka\./ })
    .first()
    .fill("");
  await page.getByRole("textbox", { name: "Reason" }).fill("as it was");
  await page.getByRole("button", { name: /^Set prices of/ }).click();
  await expect.poll(costOf).toBeCloseTo(before, 0);
});

test("one broker more or less is worked out from a cluster's page, and nothing is written", async ({ page, request }) => {
  const changes = async () => (await (await request.get("/api/changes")).json()).page.total as number;
  const before = await changes();
  await page.goto("/clusters/shared-1");
  await page.getByRole("link", { name: "What if" }).click();
  await expect(page).toHaveURL(/\/tiers\?.*whatIf=shared-1/);
  const sizes = page.getByRole("table", { name: "The cluster by number of brokers" });
  await expect(sizes.getByRole("row", { name: /3 as it is now/ })).toBeVisible();
  await expect(sizes.getByRole("row", { name: /^2/ })).toBeVisible();
  await expect(page.getByText(/Quotas are per broker and stay as they are/)).toBeVisible();
  await page.getByRole("combobox", { name: "On", exact: true }).selectOption("silo-umbra");
  await expect(sizes.getByRole("row", { name: /1 as it is now/ })).toBeVisible();
  await expectAccessible(page);
  expect(await changes()).toBe(before);
});

test("a tier's tenants are held against another tier, with the minutes above it", async ({ page }) => {
  await page.goto("/tiers/gold?range=1h");
  await page.getByRole("combobox", { name: /What if they were on/ }).selectOption({ label: "Silver" });
  const table = page.getByRole("table", { name: "Use of the promise" });
  await expect(table.getByRole("columnheader", { name: "Above Silver in 90 days" })).toBeVisible();
  await expect(table.getByRole("row").nth(1)).toContainText(/of [\d,]+.min|not known/);
});

test("a ticket is answered of its time, and says what is not kept of it", async ({ page }) => {
  await page.goto("/tenants/acme/ticket?range=1h");
  await expect(page.getByText(/to now; (kept by|nothing is kept)/)).toBeVisible();
  await page.goto("/tenants/acme/ticket?from=2026-01-01T00:00:00.000Z&to=2026-01-01T01:00:00.000Z");
  const checklist = page.getByRole("table", { name: "Checklist" });
  await expect(checklist.getByRole("row", { name: /Is it throttling/ })).toContainText("Nothing is kept of it in this time.");
  await expect(page.getByText("2026-01-01 00:00 UTC to 2026-01-01 01:00 UTC; nothing is kept of this time")).toBeVisible();
});
