import { describe, expect, it } from "vitest";
import { mixedFleet } from "@/lib/operations/testing/mixed-fleet";
import { limitFleet } from "./limit-fleet";
import { isWithin, limitsOrNull } from "./role-limits";

const fleet = mixedFleet(3, 3);
const NONE = { tenants: [], tiers: [], clusters: [] };
const BRIDGE = "bridge-tenant-0001";
const POOL = "pool-tenant-0000";

describe("limits", () => {
  const placed = (...clusters: string[]) => ({ id: "acme", tier: "gold", placements: clusters.map((cluster) => ({ cluster })) as never });
  it.each([
    ["nothing", NONE, true],
    ["the tenant", { ...NONE, tenants: ["acme"] }, true],
    ["its tier", { ...NONE, tenants: ["other"], tiers: ["gold"] }, true],
    ["another tenant", { ...NONE, tenants: ["acme2"] }, false],
    ["both its clusters", { ...NONE, clusters: ["a", "b"] }, true],
    ["one of its clusters", { ...NONE, clusters: ["a"] }, false],
    ["the tenant elsewhere", { ...NONE, tenants: ["acme"], clusters: ["c"] }, false],
  ])("that name %s", (_what, limits, within) => {
    expect(isWithin(limits, placed("a", "b"))).toBe(within);
  });

  it("that name nothing are none", () => {
    expect(limitsOrNull(NONE)).toBeNull();
    expect(limitsOrNull({ ...NONE, tenants: ["b", "a", "b"] })).toEqual({ ...NONE, tenants: ["a", "b"] });
  });
});

describe("a limited fleet", () => {
  const seen = limitFleet(fleet, { ...NONE, tenants: [BRIDGE, POOL] }, new Map());
  const text = JSON.stringify([
    [...seen.tenants.values()],
    [...seen.topics.values()].map((topics) => [...topics.values()]),
    [...seen.groups.values()].map((groups) => [...groups.values()]),
    seen.conditions,
    [...seen.tiers.values()],
    seen.services,
  ]);

  it("has the tenants, their topics and groups, and the shared ones they are on", () => {
    expect([...seen.tenants.keys()].sort()).toEqual([BRIDGE, POOL]);
    const topics = [...seen.topics.values()].flatMap((names) => [...names.keys()]).sort();
    expect(topics).toEqual([`${BRIDGE}.events`, `${BRIDGE}.orders`, "shared.clickstream", "shared.orders", "shared.telemetry"]);
  });

  it("names nobody else, and tells how many share", () => {
    for (const other of ["bridge-tenant-0000", "bridge-tenant-0002", "pool-tenant-0001", "pool-tenant-0002"])
      expect(text).not.toContain(other);
    const [shared] = [...seen.topics.values()].map((topics) => topics.get("shared.orders"));
    expect(shared?.owner).toEqual({ kind: "shared", tenantCount: 3, tenantIds: [POOL] });
  });

  it("leaves the fleet itself as it is", () => {
    expect(fleet.tenants.size).toBe(6);
    expect(JSON.stringify([...fleet.topics.values()].map((topics) => topics.get("shared.orders")))).toContain("pool-tenant-0002");
  });

  it("has no cluster that is not named, and nothing of it", () => {
    const none = limitFleet(fleet, { ...NONE, clusters: ["elsewhere"] }, new Map());
    expect([none.clusters.size, none.summaries.size, none.tenants.size, none.topics.size, none.conditions.length]).toEqual([0, 0, 0, 0, 0]);
  });

  it("of a version that was replaced is its lists", () => {
    const lists = new Map([["a", 1]]);
    expect(limitFleet({ ...fleet, replaced: true, tenants: new Map() }, { ...NONE, tenants: [BRIDGE] }, lists).lists).toBe(lists);
  });
});
