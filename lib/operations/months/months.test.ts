import { beforeEach, expect, it, vi } from "vitest";
import { Tier } from "@/lib/domain/tier";
import { MonthUse } from "@/lib/domain/usage/month";
import type { TenantMonths } from "@/lib/domain/views/months";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, tenantOf } from "@/lib/operations/testing/fleet";
import { correctMonth as keepCorrection, measureMonth, monthEntries, type Store, tenantMonths } from "@/lib/store";
import { correctMonth } from "./correct-month";
import { listMonths } from "./list-months";
import { listTenantMonths } from "./list-tenant-months";

vi.mock("@/lib/store", () => ({
  measureMonth: vi.fn(),
  monthEntries: vi.fn(),
  tenantMonths: vi.fn(),
  correctMonth: vi.fn(),
}));

const USE = MonthUse.parse({
  minutesSeen: 60,
  minutesAbovePromise: 1,
  minutesThrottledAbove: null,
  minutesThrottledBelow: null,
  minutesAtLimit: 7,
  minutesLagMissed: null,
  producedBytes: 1,
  consumedBytes: null,
  storedBytes: 1_500,
});
const TIER = Tier.parse({ id: "gold", name: "Gold", model: "bridge", storageIncludedBytes: "1 kB" });
const closed = { tenantId: "acme", month: "2026-10", use: { ...USE, storedAboveBytes: 3 }, at: AT, actor: null, reason: null };
const context = () =>
  contextOf([fleetOf({ tenants: [tenantOf("acme", { state: { tier: TIER } }), tenantOf("brook")] })], { store: {} as Store });

beforeEach(() => {
  vi.mocked(keepCorrection).mockReset();
  vi.mocked(measureMonth).mockResolvedValue(
    new Map([
      ["acme", USE],
      ["brook", USE],
    ]),
  );
  vi.mocked(monthEntries).mockResolvedValue([]);
  vi.mocked(tenantMonths).mockResolvedValue([closed]);
});

it("holds the running month's storage against what the tier includes now, and leaves a closed one as it was written", async () => {
  const { months } = (await listTenantMonths.run(context(), { tenantId: "acme" })) as TenantMonths;
  expect(months.map(({ month, closed: is, use }) => [month, is, use?.storedAboveBytes])).toEqual([
    ["2026-11", false, 500],
    ["2026-10", true, 3],
  ]);
});

it("is a CSV of everybody, with minutes at the limit and storage above what is included", async () => {
  const csv = await listMonths.csv?.(context(), {});
  const at = (name: string) => csv?.head.indexOf(name) ?? -1;
  const cells = [...(csv?.rows ?? [])].map((row) => [row[0], row[at("minutes_at_limit_at_least")], row[at("stored_bytes_above_included")]]);
  expect(cells).toEqual([
    ["acme", 7, 500],
    ["brook", 7, null],
  ]);
});

it("is corrected only where it is closed, with a reason", async () => {
  const correction = { tenantId: "acme", month: "2026-10", use: USE, reason: "agreed" };
  await correctMonth.run(context(), correction);
  expect(vi.mocked(keepCorrection).mock.calls[0]?.[1]).toMatchObject({ month: "2026-10", actor: "someone", reason: "agreed", use: USE });
  await expect(correctMonth.run(context(), { ...correction, reason: " " })).rejects.toMatchObject({ code: "invalid" });
  await expect(correctMonth.run(context(), { ...correction, month: "2026-11" })).rejects.toMatchObject({ code: "conflict" });
  expect(vi.mocked(keepCorrection)).toHaveBeenCalledTimes(1);
});
