import type { Page } from "@playwright/test";
import { expect, refreshUntil, test } from "./fixtures";
import { alterUserQuota, topicConfig, userQuotas } from "./oracle";

const DAY_MS = 86_400_000;

/** Applies a request through the API, to leave things as they were. What changes nothing is nothing to apply. */
async function apply(page: Page, request: object): Promise<void> {
  const plan = await (await page.request.post("/api/changes/plan", { data: { request } })).json();
  if (plan.operations.length === 0) return;
  const { fingerprint, confirm } = plan;
  const typed = confirm.typeName === null ? {} : { typed: confirm.typeName };
  const idempotencyKey = `journey-${Date.now()}-${Math.random()}`;
  const data = { request, fingerprint, idempotencyKey, reason: "The journey is over.", ...typed };
  expect((await page.request.post("/api/changes", { data })).status()).toBe(200);
}

/** Gives what the panel asks for and presses its button. */
async function confirm(page: Page, name: RegExp): Promise<void> {
  const reason = page.getByRole("textbox", { name: /^Reason/ });
  await expect(reason).toBeVisible();
  await reason.fill("A journey");
  const button = page.getByRole("button", { name });
  await expect(button).toBeEnabled();
  await button.click();
}

/** The number of the change whose page is shown, once everything of it was applied and seen. */
async function appliedChange(page: Page): Promise<number> {
  await expect(page).toHaveURL(/\/changes\/\d+/);
  await expect(page.getByText("applied, verified").first()).toBeVisible();
  return Number(/\/changes\/(\d+)/.exec(page.url())?.[1]);
}

test("a tier is made with its units, and a value that cannot be read is said at its field", async ({ page }) => {
  const id = `copper-${Date.now().toString(36)}`;
  await page.goto("/tiers/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Copper");
  await page.getByRole("textbox", { name: /^Id/ }).fill(id);
  await page.getByRole("textbox", { name: "Produce" }).fill("30 kB/s");
  await page.getByRole("textbox", { name: "Retention", exact: true }).fill("1 dayz");
  await expect(page.getByText("“1 dayz” cannot be read.")).toBeVisible();
  await page.getByRole("textbox", { name: "Retention", exact: true }).fill("1 day");
  await confirm(page, /^Make the tier Copper/);
  await appliedChange(page);
  const { tier } = await (await page.request.get(`/api/tiers/${id}`)).json();
  expect(tier).toMatchObject({ name: "Copper", model: "bridge", produceBytesPerSecond: 30_000, retentionMs: { default: DAY_MS } });
  await page.goto(`/tiers/${id}`);
  await expect(page.getByText("No tenant is on it yet.")).toBeVisible();
  await page.getByRole("button", { name: "Archive" }).click();
  await confirm(page, /^Archive/);
  await expect(page.getByRole("dialog").getByText("applied, verified")).toBeVisible();
});

test("another promise of a tier reaches the rules of its tenants", async ({ page }) => {
  const { tier } = await (await page.request.get("/api/tiers/gold")).json();
  await page.goto("/tiers/gold/edit");
  await page.getByRole("textbox", { name: "Produce" }).fill("150 kB/s");
  await expect(page.getByRole("checkbox", { name: /^Roll it out/ })).toBeChecked();
  await expect(page.getByRole("heading", { name: "Rollout" })).toBeVisible();
  try {
    await confirm(page, /roll it out$/);
    const change = await appliedChange(page);
    const { operationList } = await (await page.request.get(`/api/changes/${change}`)).json();
    const rule = operationList.find(
      ({ target }: { target: { kind: string; entity?: { user?: string }; key?: string } }) =>
        target.kind === "quota" && target.entity?.user === "acme" && target.key === "producer_byte_rate",
    );
    expect((await userQuotas("shared-1", "acme")).producer_byte_rate).toBe(Number(rule.after));
  } finally {
    await apply(page, { kind: "tier-definition", tier, rollOut: true });
  }
});

test("retention of the tenants that were chosen is set on the topics of each", async ({ page }) => {
  const topics = await (await page.request.get("/api/tenants/bluegill/topics")).json();
  const [{ topic }] = topics.rows;
  await page.goto("/tenants?q=tier:silver");
  await page.getByRole("checkbox", { name: "Choose Bluegill Payments" }).check();
  await page.getByRole("checkbox", { name: "Choose Fernway Mobility" }).check();
  await expect(page.getByText("2 tenants chosen")).toBeVisible();
  await page.getByRole("button", { name: "Change retention" }).click();
  await expect(page).toHaveURL(/\/tenants\/change\/retention\?ids=/);
  await page.getByRole("textbox", { name: "After" }).fill("4 days");
  try {
    await confirm(page, /^Set retention to 4/);
    await appliedChange(page);
    expect((await topicConfig("shared-1", topic))["retention.ms"]).toBe(String(4 * DAY_MS));
  } finally {
    await apply(page, { kind: "retention", scope: { tenantIds: ["bluegill", "fernway"] }, retentionMs: "tier" });
  }
});

test("a brake is on in two clicks, is said on the tenant's page, and is released", async ({ page }) => {
  const before = (await userQuotas("shared-1", "lumen")).producer_byte_rate ?? 0;
  await page.goto("/tenants/lumen");
  try {
    await page.getByRole("button", { name: "Brake", exact: true }).click();
    await page.getByRole("button", { name: /^Brake Lumen/ }).click();
    await expect(page.getByRole("dialog").getByText("applied, verified")).toBeVisible();
    expect((await userQuotas("shared-1", "lumen")).producer_byte_rate).toBe(Math.round(before / 2));
    await page.getByRole("button", { name: "Close" }).click();
    await expect(page.getByText(/Ends in/)).toBeVisible();
    await page.getByRole("button", { name: "Release" }).click();
    await confirm(page, /^Release the brake/);
    await expect(page.getByRole("dialog").getByText("applied, verified")).toBeVisible();
    expect((await userQuotas("shared-1", "lumen")).producer_byte_rate).toBe(before);
  } finally {
    await apply(page, { kind: "brake-release", tenantId: "lumen" });
  }
});

test("a quota set past the console is drift, and is adopted as an override", async ({ page }) => {
  const before = (await userQuotas("shared-1", "tern")).producer_byte_rate;
  await alterUserQuota("shared-1", "tern", { set: "producer_byte_rate=7777" });
  try {
    await refreshUntil<object>(page, "shared-1", "/api/drift?tenant=tern", (drift) => JSON.stringify(drift).includes("7777"));
    await page.goto("/tenants/tern");
    await page.getByRole("button", { name: "Adopt producer_byte_rate of user tern" }).click();
    await confirm(page, /^Declare what the clusters have/);
    await expect(page.getByRole("dialog").getByText("applied, verified")).toBeVisible();
    const { overrides } = await (await page.request.get("/api/tenants/tern")).json();
    expect(overrides).toContainEqual(expect.objectContaining({ setting: "produceQuotaBytesPerSecond", value: 7777 }));
    expect((await userQuotas("shared-1", "tern")).producer_byte_rate).toBe(7777);
  } finally {
    const { overrides } = await (await page.request.get("/api/tenants/tern")).json();
    const adopted = overrides.filter(({ setting }: { setting: string }) => setting === "produceQuotaBytesPerSecond");
    const ended = adopted.map(({ setting, on }: { setting: string; on?: object }) => ({ setting, ...(on === undefined ? {} : { on }) }));
    if (ended.length > 0) await apply(page, { kind: "override-end", tenantId: "tern", overrides: ended });
    await alterUserQuota(
      "shared-1",
      "tern",
      before === undefined ? { remove: "producer_byte_rate" } : { set: `producer_byte_rate=${before}` },
    );
  }
});
