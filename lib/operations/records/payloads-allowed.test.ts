import { describe, expect, it } from "vitest";
import { limitFleet } from "@/lib/domain/people/limit-fleet";
import type { Owner } from "@/lib/domain/views/common";
import type { Context } from "@/lib/operations/context";
import { contextOf } from "@/lib/operations/testing/context";
import { fleetOf, snapshotOf, tenantOf, topicOf } from "@/lib/operations/testing/fleet";
import { whyRecordsClosed } from "./payloads-allowed";

const BRIDGE = [{ cluster: "c1", model: "bridge" }];
const fleet = fleetOf({
  clusters: [snapshotOf("c1"), snapshotOf("c2")],
  tenants: [
    tenantOf("acme", { placements: BRIDGE }),
    tenantOf("wide", { placements: [...BRIDGE, { cluster: "c2", model: "bridge" }] }),
    tenantOf("alone", { placements: BRIDGE }),
  ],
});
const own = (tenantId: string): Owner => ({ kind: "tenant", tenantId, by: "prefix" });
const shared: Owner = { kind: "shared", tenantCount: 2, tenantIds: ["acme", "alone"] };
const LIMITS = {
  tenant: { tenants: ["acme"], tiers: [], clusters: [] },
  cluster: { tenants: [], tiers: [], clusters: ["c1"] },
};

function why(owner: Owner, limits: keyof typeof LIMITS | null, changes: Partial<Context> = {}): string | null {
  const actor = { name: "someone", role: "operator" as const, limits: limits === null ? null : LIMITS[limits] };
  const seen = limits === null ? fleet : limitFleet(fleet, LIMITS[limits], new Map());
  return whyRecordsClosed(contextOf([seen], { actor, ...changes }), topicOf("orders", { owner }));
}

describe("the records of a topic", () => {
  it.each([own("acme"), shared, { kind: "unowned" }, { kind: "service", role: "service" }] satisfies Owner[])(
    "of %j are open to whom is not limited",
    (owner) => expect(why(owner, null)).toBeNull(),
  );

  it.each([
    ["tenant", own("acme"), null],
    ["tenant", own("alone"), "is not the topic of a tenant within"],
    ["tenant", shared, "holds records of several tenants"],
    ["tenant", { kind: "unowned" }, "is not the topic of a tenant within"],
    ["cluster", own("acme"), null],
    // Who stands on another cluster too is not within.
    ["cluster", own("wide"), "is not the topic of a tenant within"],
    ["cluster", shared, "holds records of several tenants"],
    ["cluster", { kind: "service", role: "ours" }, "is not the topic of a tenant within"],
  ] satisfies [keyof typeof LIMITS, Owner, string | null][])("to whom is limited by %s, of %j", (limits, owner, reason) => {
    const said = why(owner, limits);
    if (reason === null) expect(said).toBeNull();
    else expect(said).toContain(reason);
  });

  it("are closed to everybody in a topic of Kafka's own, and where no record can or may be read", () => {
    expect(why({ kind: "internal" }, null)).toContain("Kafka's own");
    const connection = contextOf().connection("c1");
    expect(why(own("acme"), null, { connection: () => ({ ...connection, samples: "off" }) })).toContain("samples: off");
    expect(why(own("acme"), null, { connection: () => ({ ...connection, bootstrap: [] }) })).toContain("AWS only");
  });
});
