import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isKnown, measured } from "@/lib/domain/observed";
import { mskFacts } from "@/lib/domain/testing/msk-fixture";
import type { FleetCostView, PriceList, TenantCostView } from "@/lib/domain/views/cost";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, snapshotOf, tenantOf, topicOf } from "@/lib/operations/testing/fleet";
import { openStore, readRegistry, type Store } from "@/lib/store";
import { getFleetCost } from "./get-fleet-cost";
import { getTenantCost } from "./get-tenant-cost";
import { listPrices } from "./list-prices";
import { setPrices } from "./set-prices";

let store: Store;
beforeAll(async () => {
  store = await openStore({ memory: true });
}, 60_000);
afterAll(() => store.close());

const rate = (bytes: number) => ({ bytesInPerSecond: measured(bytes, AT), bytesOutPerSecond: measured(bytes, AT) });
const own = (id: string, bytes: number) => topicOf(`${id}.a`, { owner: { kind: "tenant", tenantId: id, by: "prefix" }, ...rate(bytes) });
const fleetIn = (region: string) =>
  fleetOf({
    tenants: ["acme", "brook"].map((id) => tenantOf(id)),
    clusters: [snapshotOf("c1", { msk: mskFacts({}, { region, monitoringLevel: "DEFAULT" }) })],
    topics: [own("acme", 3_000), own("brook", 1_000), topicOf("stray", rate(1_000))],
  });

describe("costs", () => {
  const context = () => contextOf([fleetIn("us-east-1")], { store });

  it("of tiers and of nobody add up to the whole", async () => {
    const view = (await getFleetCost.run(context(), {})) as FleetCostView;
    if (!isKnown(view.perMonth)) throw new Error("not known");
    const tiers = view.tiers.reduce((sum, { perMonth }) => sum + (isKnown(perMonth) ? perMonth.value : 0), 0);
    const unshared = view.unshared.reduce((sum, { dollars }) => sum + dollars, 0);
    expect(tiers + unshared).toBeCloseTo(view.perMonth.value, 6);
    for (const { perMonth, lines } of view.tiers.filter(({ known }) => known > 0)) {
      expect(lines.reduce((sum, { dollars }) => sum + dollars, 0)).toBeCloseTo(isKnown(perMonth) ? perMonth.value : -1, 6);
      expect(lines[0]?.arithmetic).toMatch(/^The parts of 2 tenants; the largest is \$\d+.* of acme: /);
    }
    expect(view.perMonth.value).toBeCloseTo(3 * 0.204 * 730 + 30, 6);
    expect(view.unpriced.map(({ what }) => what)).toEqual(["Transfer between zones"]);
  });

  it("of a tenant are its lines, each with its arithmetic", async () => {
    const view = (await getTenantCost.run(context(), { tenantId: "acme" })) as TenantCostView;
    if (!isKnown(view.perMonth)) throw new Error("not known");
    expect(view.lines.reduce((sum, { dollars }) => sum + dollars, 0)).toBeCloseTo(view.perMonth.value, 6);
    expect(view.lines[0]).toMatchObject({ kind: "brokers", of: "used", clusterName: "C1" });
    expect(view.lines[0]?.dollars).toBeCloseTo(0.6 * 3 * 0.204 * 730, 6);
    expect(view.lines[0]?.arithmetic).toContain("3 × kafka.m7g.large at $0.204 an hour (AWS, 2026-08)");
  });

  it("are not known where a region has no prices, and nothing is made up", async () => {
    const elsewhere = contextOf([fleetIn("eu-central-1")], { store });
    const view = (await getTenantCost.run(elsewhere, { tenantId: "acme" })) as TenantCostView;
    expect(view.perMonth).toMatchObject({ source: "unavailable", reason: "No prices are set for eu-central-1." });
    expect(view.lines).toEqual([]);
  });
});

describe("prices", () => {
  it("are AWS's until an operator sets others, which are kept with who and why", async () => {
    const fleet = fleetIn("eu-central-1");
    const counted: string[] = [];
    const base = contextOf([fleet], { store });
    const context = { ...base, collector: { ...base.collector, reassemble: async () => void counted.push("again") } };
    await setPrices.run(context, { region: "eu-central-1", prices: { "broker:kafka.m7g.large": 0.25 }, reason: "our contract" });
    expect(counted).toEqual(["again"]);
    const { prices = [] } = await readRegistry(store);
    const priced = contextOf([{ ...fleet, prices: new Map(prices.map((set) => [set.region, set])) }], { store });
    const list = (await listPrices.run(priced, {})) as PriceList;
    const region = list.regions.find((one) => one.region === "eu-central-1");
    expect(region?.items.find(({ key }) => key === "broker:kafka.m7g.large")).toMatchObject({
      dollars: 0.25,
      from: "set",
      listed: null,
      used: true,
    });
    expect(region?.items.find(({ key }) => key === "standard-storage")).toMatchObject({ dollars: null, from: null, used: true });
    expect(region?.set).toEqual([{ by: "someone", at: AT, reason: "our contract" }]);
    const view = (await getTenantCost.run(priced, { tenantId: "brook" })) as TenantCostView;
    expect(view.perMonth).toMatchObject({ source: "derived", atLeast: true });
  });

  it.each([
    { region: "nowhere", prices: {}, reason: "x" },
    { region: "us-east-1", prices: { gold: 1 }, reason: "x" },
    { region: "us-east-1", prices: { metric: -1 }, reason: "x" },
    { region: "us-east-1", prices: {}, reason: " " },
  ])("refuse %j", async (input) => {
    await expect(setPrices.run(contextOf([], { store }), input)).rejects.toMatchObject({ code: "invalid" });
  });
});
