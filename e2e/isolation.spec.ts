import { expect, expectAccessible, expectFits, test } from "./fixtures";

interface Posture {
  findings: { rule: string; subject: string; clusterId: string | null; sentence: string }[];
}

test.describe("the comparison", () => {
  test("shows the models with what stands under each, and leads to the tenants it counts", async ({ page }) => {
    await page.goto("/isolation");
    await expect(page.getByRole("heading", { level: 1, name: "Isolation models" })).toBeVisible();
    const tenants = page.getByRole("row", { name: /^Tenants/ });
    await expect(tenants.getByRole("cell").nth(0)).toContainText("39");
    await expect(tenants.getByRole("cell").nth(3)).toContainText("1 mixed");
    await tenants.getByRole("cell").nth(0).getByRole("link").click();
    await expect(page).toHaveURL(/q=model%3Aonly-pool/);
    await expect(page.getByRole("row", { name: /Juniper Foods/ })).toHaveCount(0);
    await expect(page.getByText("All 39")).toBeVisible();
  });

  test("says what is in force for a tenant that is chosen by name, under an address of its own", async ({ page }) => {
    await page.goto("/isolation");
    await page.getByRole("combobox", { name: "In force for" }).fill("juniper");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/tenant=juniper/);
    const forgotten = page.getByRole("row", { name: /Right to be forgotten/ });
    await expect(forgotten).toContainText("differs by place");
    await expect(forgotten).toContainText(/Deleting it would remove 2\stopics/);
    await page.reload();
    await expect(page.getByRole("row", { name: /Right to be forgotten/ })).toContainText("differs by place");
    await page.getByRole("button", { name: /Remove filter Tenant: Juniper/ }).click();
    await expect(page).not.toHaveURL(/tenant=/);
  });

  test("tells of a silo's key by KMS whether it is the tenant's own", async ({ page }) => {
    await page.goto("/isolation?tenant=umbra");
    const key = page.getByRole("row", { name: /Encryption at rest per tenant/ });
    await expect(key).toContainText("has it");
    await expect(key).toContainText("is managed by you, and encrypts no other cluster here");
  });

  test("agrees with the post, says why, and what differs by kind of cluster", async ({ page }) => {
    await page.goto("/isolation");
    const row = page.getByRole("row", { name: /Encryption at rest per tenant/ });
    await expect(row.getByRole("cell").nth(0)).toHaveText(/^no/);
    await expect(row.getByRole("cell").nth(1)).toHaveText(/^no/);
    await expect(row.getByRole("cell").nth(2)).toHaveText(/^yes/);
    await expect(row.getByText("Serverless encrypts with a key of AWS")).toBeHidden();
    await row.getByRole("button").click();
    await expect(row.getByText("Serverless encrypts with a key of AWS")).toBeVisible();
  });
});

test.describe("posture", () => {
  test.describe.configure({ timeout: 420_000 });

  test("finds what is wrong in the sandbox, with evidence, whom it falls on and what to do", async ({ page }) => {
    const planted = ["isolation.acl-too-wide", "partitioning.partition-per-tenant", "partitioning.missing-tenant-header"];
    const found = async (): Promise<string[]> => {
      const { findings } = (await (await page.request.get("/api/posture")).json()) as Posture;
      return planted.filter((rule) => findings.some((finding) => finding.rule === rule));
    };
    await expect.poll(found, { timeout: 360_000, intervals: [2_000] }).toEqual(planted);
    await page.goto("/isolation");
    const wide = page.getByRole("row", { name: /Rule too wide/ });
    await expect(wide).toContainText("tern can read and write 2 topics of ternary");
    await wide.getByRole("button", { name: /Rule too wide/ }).click();
    await expect(wide).toContainText("Replace the rule by one on the tenant's own prefix");
    await expect(wide).toContainText("User:tern");
    await expect(wide.getByText(/--remove --allow-principal User:tern/)).toBeVisible();
    await expect(wide.getByRole("link", { name: "Ternary Analytics" })).toBeVisible();
    await wide.getByRole("link", { name: /^Access/ }).click();
    await expect(page).toHaveURL(/\/tenants\/tern\/access/);
  });

  test("leads from a finding to the form that makes it good, with value and reason filled in", async ({ page }) => {
    await page.goto("/isolation");
    const drift = page.getByRole("row", { name: /Retention drift/ }).first();
    await drift.getByRole("button", { name: "Retention drift" }).first().click();
    await drift.getByRole("link", { name: "Bring back what is declared" }).click();
    await expect(page).toHaveURL(/\/change\/retention\?value=as/);
    await expect(page.getByRole("textbox", { name: "After" })).toHaveValue("as the tier says");
    await expect(page.getByRole("textbox", { name: /^Reason/ })).toHaveValue(/Live differs from what is declared/);
  });

  test("is acknowledged with a reason and an end, and told to be so", async ({ page }) => {
    await page.goto("/isolation");
    const row = page.getByRole("row", { name: /Partition per tenant/ });
    await row.getByRole("button", { name: /^Acknowledge partition per tenant/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Reason" }).fill("replaced in spring");
    await dialog.getByRole("button", { name: /^Acknowledge/ }).click();
    await expect(row).toContainText("replaced in spring");
    await expect(page.getByText(/, 1\sacknowledged/)).toBeVisible();
    await row.getByRole("button", { name: /^Withdraw the acknowledgement/ }).click();
    await expect(row).not.toContainText("replaced in spring");
    await page.getByRole("button", { name: "Opened and closed" }).click();
    await expect(page.getByRole("table", { name: /opened and closed/ }).getByRole("row", { name: /Partition per tenant/ })).toContainText(
      "still so",
    );
  });

  test("says of every check whether its silence means anything", async ({ page }) => {
    await page.goto("/isolation");
    await page.getByRole("button", { name: /^All checks/ }).click();
    const checks = page.getByRole("table", { name: "All checks" });
    await expect(checks.getByRole("row", { name: /Promised too much/ })).toContainText("not known");
    await expect(checks.getByRole("row", { name: /No authorizer/ })).toContainText("none");
  });

  test("is counted on the first page and told on the tenant's, without standing among what is wrong now", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("link", { name: /^Posture: 1 serious/ }).click();
    await expect(page).toHaveURL(/\/isolation/);
    await page.goto("/tenants/ternary");
    await expect(page.getByRole("heading", { name: "Posture" })).toBeVisible();
    await expect(page.getByText("tern can read and write 2 topics of ternary")).toBeVisible();
    await page.goto("/");
    await expect(page.getByRole("list", { name: "Needs attention now" })).not.toContainText("rule too wide");
  });

  test("exports every finding", async ({ request }) => {
    const answer = await request.get("/api/posture?format=csv");
    expect(answer.headers()["content-type"]).toContain("text/csv");
    expect(await answer.text()).toContain("isolation.acl-too-wide");
  });
});

test.describe("the advisor", () => {
  test("answers while needs are chosen, and the address carries them", async ({ page }) => {
    await page.goto("/isolation");
    const answer = page.getByRole("region", { name: "Answer" });
    await page.getByRole("checkbox", { name: "Retention of its own" }).check();
    await expect(page).toHaveURL(/needs=retention/);
    await expect(page.getByText("Bridge meets what is needed.")).toBeVisible();
    await page.getByRole("checkbox", { name: "An encryption key of its own" }).check();
    await expect(answer.getByRole("listitem").first()).toContainText(/silo.*Fits/i);
    await expect(page).toHaveURL(/needs=[^&]*key/);
    await page.goto(page.url());
    await expect(page.getByRole("checkbox", { name: "An encryption key of its own" })).toBeChecked();
    await page.getByRole("textbox", { name: "Written" }).fill("fast");
    await expect(page.getByText("Write for example 5 MB/s")).toBeVisible();
  });

  test("advises streams apart, and a tenant by what it is declared to need", async ({ page }) => {
    await page.goto("/isolation?needs=payments:key;clicks:replay");
    await expect(page.getByText("payments silo, clicks bridge")).toBeVisible();
    await page.goto("/isolation?tenant=bluegill");
    await expect(page.getByText("what Bluegill Payments is declared to need, at its rates of now")).toBeVisible();
    await expect(page.getByRole("checkbox", { name: "Regulated data" })).toBeChecked();
  });
});

for (const theme of ["light", "dark"] as const) {
  test(`with a tenant, needs, reasons and checks open it is accessible in the ${theme} theme, and fits 390 px`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await page.goto("/isolation?tenant=juniper&needs=payments:key,forget=7d;clicks:replay");
    await expect(page.getByText("payments silo, clicks bridge")).toBeVisible();
    await page.getByRole("button", { name: "All reasons" }).click();
    await page.getByRole("button", { name: /^All checks/ }).click();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectFits(page);
    await expectAccessible(page);
  });
}
