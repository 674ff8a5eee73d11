import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { AT, cluster, registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import { limitFleet } from "./limit-fleet";
import { withoutOthers } from "./without-others";

const snapshot = cluster({ topics: ["acme.orders", "kestrel.orders", "acme.kestrel-feed", "brindle.a"] });
const named = (id: string, name: string) => ({ ...tenant(id), name });
const tenants = [named("acme", "Acme"), named("acme-eu", "Acme Europe"), named("kestrel", "Kestrel Air & Sons"), named("data", "Data")];
const fleet = assembleFleet({ registry: registry(tenants), clusters: [snapshot], memory: EMPTY_MEMORY, at: AT }).fleet;
const without = withoutOthers(fleet, limitFleet(fleet, { tenants: ["acme"], tiers: [], clusters: [] }, new Map()));

describe("a sentence for whom is limited to acme", () => {
  it.each([
    ["Kestrel Air & Sons takes 29 %.", "another tenant takes 29 %."],
    ["Beside kestrel, User:kestrel reads (kestrel.orders).", "Beside another tenant, User:another tenant reads (another tenant)."],
    ["acme.orders and acme.kestrel-feed are Acme's.", "acme.orders and acme.kestrel-feed are Acme's."],
    [
      "acme-eu is Acme Europe, and kestrel.gone-since was kestrel's.",
      "another tenant is another tenant, and another tenant was another tenant's.",
    ],
    ["arn:aws:iam::1:role/kestrel-app may write.", "arn:aws:iam::1:role/another tenant may write."],
    ["Broker 2 is under pressure since 2026-11-23T10:00:00.000Z.", "Broker 2 is under pressure since 2026-11-23T10:00:00.000Z."],
  ])("%s", (text, expected) => {
    expect(without(text, "prose")).toBe(expected);
  });

  it.each([
    ["data", "data"],
    ["at-limit", "at-limit"],
    ["kestrel.orders", "another tenant"],
    ["/tenants/kestrel/change/quota", "/tenants"],
    ["/tenants/acme?brake=true", "/tenants/acme?brake=true"],
    ["2026-11-23T10:00:00.000Z", "2026-11-23T10:00:00.000Z"],
  ])("of a value, %s stays or goes", (text, expected) => {
    expect(without(text, "value")).toBe(expected);
  });
});
