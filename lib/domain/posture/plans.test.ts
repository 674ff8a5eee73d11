import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { AT, cluster, GOLD, registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import type { Tier } from "@/lib/domain/tier";
import type { ConditionView, Evidence } from "@/lib/domain/views/common";
import { plansOf } from "./plans";

const promising: Tier = { ...GOLD, produceBytesPerSecond: 1_000_000, consumeBytesPerSecond: 2_000_000 };
const { consumeBytesPerSecond: _, ...producing } = promising;

function fleetOf(tier = promising) {
  const seen = cluster({
    topics: ["acme.orders", "acme.events"],
    groups: { "acme.one": { behind: { "acme.orders": 0 } }, "acme.two": { behind: { "acme.orders": 0, "acme.events": 0 } } },
  });
  return assembleFleet({ registry: { ...registry([tenant("acme")]), tiers: [tier] }, clusters: [seen], memory: EMPTY_MEMORY, at: AT })
    .fleet;
}

function finding(rule: string, evidence: Evidence, changes: Partial<ConditionView> = {}): ConditionView {
  const about = { tenantId: "acme", clusterId: "c1", subject: "topics" };
  return {
    id: "1",
    rule,
    severity: "warn",
    label: "",
    sentence: "",
    evidence,
    ...about,
    since: AT,
    until: null,
    acknowledged: null,
    ...changes,
  };
}

/** Address without its query, and the query. */
const told = (one: ConditionView, fleet = fleetOf()) =>
  plansOf(one, fleet).map(({ href, words }) => {
    const [path, query] = href.split("?");
    return { path, ...Object.fromEntries(new URLSearchParams(query)), words };
  });

describe("a plan", () => {
  it("of records that are kept too long is a shorter retention of each topic, the open segment taken off", () => {
    const evidence = { shorten: "acme.orders, acme.events", retentionMsAtMost: 601_200_000, forgetWithinMs: 604_800_000 };
    expect(told(finding("erasure.late", evidence))).toEqual(
      ["acme.orders", "acme.events"].map((topic) => ({
        path: `/clusters/c1/topics/${topic}/change/retention`,
        value: "167 hours",
        reason: "acme has a right to be forgotten within 7 days",
        words: `Keep ${topic} for 167 hours`,
      })),
    );
    expect(told(finding("erasure.late", { shorten: null, retentionMsAtMost: null }))).toEqual([]);
  });

  it("of a missing quota is what the tier promises, in the directions that lack one", () => {
    const path = "/tenants/acme/change/quota";
    const of = (directions: string) => finding("fairness.no-quota", { directions }, { subject: "quota" });
    expect(told(of("produce, consume"))).toMatchObject([{ path, value: "as the tier says", consume: "as the tier says" }]);
    expect(told(of("consume"))).toEqual([
      {
        path,
        consume: "as the tier says",
        reason: "No consume quota limits it on c1, which it shares",
        words: `Set quotas as ${GOLD.name} promises`,
      },
    ]);
    expect(told(of("consume"), fleetOf(producing))).toMatchObject([{ path, words: "Set quotas" }]);
    expect(told(finding("fairness.no-quota", { tenants: 2 }, { tenantId: null, subject: "pool" }))).toEqual([]);
  });

  it("of idle members is a partition for each, where it is known of which topic", () => {
    const of = (group: string) => finding("parallelism.idle-members", { members: 7, partitions: 3 }, { subject: `group ${group}` });
    expect(told(of("acme.one"))).toMatchObject([{ path: "/clusters/c1/topics/acme.orders/change/partitions", value: "7" }]);
    expect(told(of("acme.two"))).toEqual([]);
  });

  it.each([
    ["drift.retention", "retention"],
    ["drift.message-size", "message-size"],
  ])("of %s is what is declared", (rule, form) => {
    expect(told(finding(rule, { count: 1 }))).toEqual([
      {
        path: `/tenants/acme/change/${form}`,
        value: "as the tier says",
        reason: "Live differs from what is declared on c1",
        words: "Bring back what is declared",
      },
    ]);
  });

  it("is none where the console does not write what makes it good", () => {
    expect(told(finding("isolation.acl-too-wide", {}))).toEqual([]);
  });
});
