import { beforeEach, expect, it, vi } from "vitest";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import type { TierUsageView, UsageView } from "@/lib/domain/views/usage";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, tenantOf } from "@/lib/operations/testing/fleet";
import { readMinutesOver, readSparklines, type Store } from "@/lib/store";
import { getTierUsage } from "./get-tier-usage";
import { getUsage } from "./get-usage";

vi.mock("@/lib/store", () => ({
  readSparklines: vi.fn(),
  readMinutesOver: vi.fn(
    async (_: Store, questions: { tenantId: string }[]) =>
      new Map(questions.map(({ tenantId }) => [tenantId, { atLeast: 3, atMost: 9, minutesSeen: 500 }])),
  ),
  tierMoves: async () => [{ from: "silver", to: "gold", tenants: 3 }],
}));
const reading = vi.mocked(readSparklines);

const tier = (id: string, promise: number, pricePerMonth: number) =>
  Tier.parse({ id, name: id, model: "bridge", produceBytesPerSecond: promise, consumeBytesPerSecond: promise, pricePerMonth });
const SILVER = tier("silver", 1_000, 100);
const GOLD = tier("gold", 10_000, 1_000);
const on = (id: string, of: Tier) => tenantOf(id, { state: { tier: of, tenant: Tenant.parse({ id, name: id, tier: of.id }) } });
const fleet = {
  ...fleetOf({ tenants: [on("near", SILVER), on("little", GOLD), on("unseen", SILVER)] }),
  tiers: new Map([SILVER, GOLD].map((one) => [one.id, one])),
};
const context = () => contextOf([fleet], { store: {} as Store });

beforeEach(() => {
  reading.mockReset();
  reading.mockImplementation(async (_, { direction, points }) => {
    const line = (rate: number) => Array.from({ length: points }, () => rate);
    return new Map(
      direction === "produce"
        ? [
            ["near", line(900)],
            ["little", line(100)],
          ]
        : [["near", line(10)]],
    );
  });
});

it("is told by tier, with who is near and who uses little, and the unseen are not zero", async () => {
  const view = (await getUsage.run(context(), { range: "30d" })) as UsageView;
  expect(view.tiers.map(({ tierId, tenants, known, near, underUsed }) => [tierId, tenants, known, near, underUsed])).toEqual([
    ["silver", 2, 1, 1, 0],
    ["gold", 1, 1, 0, 1],
  ]);
  expect(view.tiers[0]?.bins[18]).toBe(1);
  expect(view.moves).toEqual([{ from: "silver", to: "gold", tenants: 3 }]);
  expect(view.near.map(({ tenantId, share, suggestion }) => [tenantId, share, suggestion.tierId, suggestion.perMonth])).toEqual([
    ["near", 0.9, "gold", 900],
  ]);
  expect(view.underUsed.map(({ tenantId, suggestion }) => [tenantId, suggestion.tierId])).toEqual([["little", "silver"]]);
  expect([view.stepMs, view.times.length, view.tiers[0]?.produce[0]]).toEqual([3_600_000, 720, 900]);
});

it("holds who could be on a lower tier against that one's promise, over 90 days, and nobody else", async () => {
  vi.mocked(readMinutesOver).mockClear();
  const view = (await getUsage.run(context(), { range: "30d" })) as UsageView;
  expect(view.underUsed[0]?.suggestion).toMatchObject({ tierId: "silver", moves: null, over: { atLeast: 3, atMost: 9, minutesSeen: 500 } });
  expect(view.near[0]?.suggestion).toMatchObject({ tierId: "gold", over: null });
  const to = Date.parse(AT);
  expect(vi.mocked(readMinutesOver).mock.calls.map(([, ...asked]) => asked)).toEqual([
    [[{ tenantId: "little", produce: 1_000, consume: 1_000 }], { fromMs: to - 90 * 86_400_000, toMs: to }],
  ]);
});

it("of a tier has growth, and what each tenant would use of another", async () => {
  const view = (await getTierUsage.run(context(), { tierId: "silver", range: "30d" })) as TierUsageView;
  expect(view.rows.map(({ tenantId, share }) => [tenantId, share])).toEqual([
    ["near", 0.9],
    ["unseen", null],
  ]);
  expect(view.rows[0]?.growth?.perMonth).toBeCloseTo(0);
  expect(view.rows[0]?.reach.kind).toBe("none");
  expect(view.rows[0]?.options).toEqual([
    { tierId: "silver", share: 0.9, pricePerMonth: 100 },
    { tierId: "gold", share: 0.09, pricePerMonth: 1_000 },
  ]);
});

it("of a tier holds its tenants against another one that is asked for", async () => {
  const plain = (await getTierUsage.run(context(), { tierId: "silver", range: "30d" })) as TierUsageView;
  const asked = (await getTierUsage.run(context(), { tierId: "silver", range: "30d", other: "gold" })) as TierUsageView;
  expect(plain.over).toBeNull();
  expect(asked.over).toEqual(Object.fromEntries(["near", "unseen"].map((id) => [id, { atLeast: 3, atMost: 9, minutesSeen: 500 }])));
});

it("is read once for all who ask within five minutes", async () => {
  const shared = context();
  await Promise.all([getUsage.run(shared, { range: "7d" }), getTierUsage.run(shared, { tierId: "gold", range: "7d" })]);
  expect(reading).toHaveBeenCalledTimes(2);
});

it("is a CSV with the minutes above the suggested lower tier, and above one that is asked about, with their unit in the head", async () => {
  const read = async (asked: ReturnType<NonNullable<typeof getUsage.csv>> | undefined) => {
    const csv = await asked;
    const rows = [...(csv?.rows ?? [])];
    expect(rows.every(({ length }) => length === csv?.head.length)).toBe(true);
    return rows.map((row) => new Map((csv?.head ?? []).map((head, at) => [head, row[at]])));
  };
  const suggested = [
    "above_suggested_lower_tier_in_90_days_at_least_minutes",
    "above_suggested_lower_tier_in_90_days_at_most_minutes",
    "seen_in_90_days_minutes",
  ];
  const all = await read(getUsage.csv?.(context(), { range: "7d" }));
  const of = (id: string, heads: string[]) => heads.map((head) => all.find((row) => row.get("tenant") === id)?.get(head));
  expect([of("little", suggested), of("near", suggested)]).toEqual([
    [3, 9, 500],
    [null, null, null],
  ]);
  const silver = await read(getTierUsage.csv?.(context(), { tierId: "silver", range: "7d", other: "gold" }));
  expect(silver.map((row) => [row.get("other_tier"), row.get("above_other_tier_in_90_days_at_least_minutes")])).toEqual([
    ["gold", 3],
    ["gold", 3],
  ]);
});

it("is a CSV of everybody", async () => {
  const csv = await getUsage.csv?.(context(), { range: "7d" });
  expect([...(csv?.rows ?? [])].map(([id]) => id)).toEqual(["near", "little", "unseen"]);
});

it.each([{ tierId: "nothing" }, { tierId: "gold", other: "nothing" }, { tierId: "gold", from: AT }])("refuses %j", async (query) => {
  await expect(getTierUsage.run(context(), query)).rejects.toMatchObject({ code: expect.stringMatching(/invalid|not_found/) });
});
