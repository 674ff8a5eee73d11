import { applyByApi } from "./change";
import { expect, expectAccessible, refreshUntil, test } from "./fixtures";
import { leaderOf, NET } from "./oracle";
import { whileStory } from "./while-story";

// Colours that are on their way to others are no colours to judge.
test.use({ reducedMotion: "reduce" });

test("a noisy neighbour is named with broker, resource and cause, and the brake ends it", async ({ page, request }) => {
  test.setTimeout(900_000);
  const broker = await leaderOf("shared-1", "lumen.alarms", 1);
  await whileStory(NET, "noisy-neighbour", async () => {
    await page.goto("/noisy?cluster=shared-1");
    const noisy = page.getByRole("region", { name: "Lumen Sensors, noisy" });
    // Its reader, which works the backlog off, may be noisy too.
    const episode = noisy.filter({ hasText: `of what broker ${broker} of shared-1 receives` });
    // Found after two readings of the exporters; a busy machine is late with them.
    await expect(episode).toContainText(/The broker is under pressure/, { timeout: 120_000 });
    await expect(episode).toContainText(new RegExp(`Lumen Sensors takes \\d+\\s% of what broker ${broker} of shared-1 receives`));
    // Behind what came first with the rise: the job's client, where this console had not seen it before, or a change of another journey.
    await expect(episode).toContainText(/\d+\s% of its bytes there are of one topic, lumen\.alarms\./);
    await expect(episode.getByRole("link", { name: "Plan a quota" })).toBeVisible();
    await expectAccessible(page);
    await applyByApi(request, { kind: "brake", tenantId: "lumen", produceBytesPerSecond: 5_000, minutes: 10 }, "Journey of noise");
    await expect(noisy).toHaveCount(0, { timeout: 240_000 });
  });
  await applyByApi(request, { kind: "brake-release", tenantId: "lumen" }, "Journey is over");
  await refreshUntil<{ conditions: { rule: string }[] }>(page, "shared-1", "/api/tenants/lumen", ({ conditions }) =>
    conditions.every(({ rule }) => rule !== "brake.active" && rule !== "noise.noisy"),
  );
});
