import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { ClusterNoise } from "@/lib/domain/noise/noise";
import { AT, AT_MS, type ClusterSpec, client, cluster, registry, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import type { ChecklistItem } from "@/lib/domain/views/ticket";
import { caughtUp } from "./caught-up";
import { checklist } from "./checklist";
import { ticketMarkdown } from "./ticket-markdown";

function fleetOf(spec: ClusterSpec, noise?: ClusterNoise): FleetSnapshot {
  const clusters = [cluster({ topics: ["acme.orders"], ...spec })];
  const tenants = [tenant("acme"), tenant("kestrel")];
  return assembleFleet({
    registry: registry(tenants),
    clusters,
    memory: EMPTY_MEMORY,
    at: AT,
    ...(noise === undefined ? {} : { noise: new Map([["c1", noise]]) }),
  }).fleet;
}

function stateOf(fleet: FleetSnapshot) {
  const state = fleet.tenants.get("acme");
  if (state === undefined) throw new Error("no tenant");
  return state;
}

function answerOf(id: ChecklistItem["id"], spec: ClusterSpec, noise?: ClusterNoise): ChecklistItem {
  const fleet = fleetOf(spec, noise);
  const item = checklist(fleet, stateOf(fleet), AT_MS - 3_600_000, AT_MS).find((one) => one.id === id);
  if (item === undefined) throw new Error("no such question");
  return item;
}

const QUIET: ClusterNoise = { clusterId: "c1", at: AT, levels: [], brokers: [], episodes: [], findings: [], unseen: null };
const HURT: ClusterNoise = {
  ...QUIET,
  episodes: [
    {
      level: {
        tenantId: "kestrel",
        brokerId: 2,
        resource: "in",
        rate: 1,
        brokerRate: 2,
        share: 0.5,
        entitlement: 0.1,
        times: 5,
        verdict: "noisy",
        sinceMs: AT_MS,
        source: "measured",
      },
      pressure: { brokerId: 2, signs: [], sinceMs: AT_MS, unseen: [] },
      peak: 0.5,
      victims: [
        {
          groupId: "acme.reader",
          tenantId: "acme",
          tenantCount: 1,
          beforeMs: 0,
          nowMs: 60_000,
          beforeRecords: 0,
          nowRecords: 9,
          objectiveMs: null,
        },
      ],
      mechanism: { what: "fetch", beforeMs: 8, nowMs: 95 },
      causes: [],
    },
  ],
};
const group = (behind: number, more: object = {}) => ({ groups: { "acme.reader": { behind: { "acme.orders": behind }, ...more } } });

describe("the questions of a ticket", () => {
  it.each<[ChecklistItem["id"], string, ClusterSpec, ClusterNoise | undefined, ChecklistItem["answer"]]>([
    ["lag", "a group past its objective", group(400), undefined, "yes"],
    ["lag", "a group in time", group(0), undefined, "no"],
    ["lag", "no group", {}, undefined, "unseen"],
    ["throttling", "no quota", {}, undefined, "no"],
    ["throttling", "quotas that cannot be read", { quotas: null }, undefined, "unseen"],
    [
      "throttling",
      "a throttled client",
      { quotas: [rule({ user: "acme" }, 1000)], clients: { 1: [client("acme", 999, { produceThrottleMs: 420 })] } },
      undefined,
      "yes",
    ],
    [
      "throttling",
      "clients that are not",
      { quotas: [rule({ user: "acme" }, 1000)], clients: { 1: [client("acme", 10)] } },
      undefined,
      "no",
    ],
    ["stuck", "commits that do not move", group(400, { movedMsAgo: 600_000 }), undefined, "yes"],
    ["stuck", "commits that do", group(0), undefined, "no"],
    ["stuck", "a group without members", group(50, { state: "Empty" }), undefined, "yes"],
    ["commits", "records lost unread", group(950), undefined, "yes"],
    ["commits", "commits above the start", group(0), undefined, "no"],
    ["neighbour", "nothing judged", {}, undefined, "unseen"],
    ["neighbour", "nobody noisy", {}, QUIET, "no"],
    ["neighbour", "somebody noisy while its group fell behind", group(400), HURT, "yes"],
    ["broker", "a dead broker", { deadBrokers: [3] }, undefined, "yes"],
    ["broker", "all alive", {}, undefined, "no"],
    ["operation", "no word from AWS", {}, undefined, "unseen"],
    ["access", "rules that say nothing against it", {}, undefined, "unseen"],
  ])("%s with %s", (id, _, spec, noise, answer) => {
    const item = answerOf(id, spec, noise);
    expect([item.answer, item.evidence.length > 10]).toEqual([answer, true]);
  });

  it("name the neighbour to us, and not to the customer", () => {
    const item = answerOf("neighbour", group(400), HURT);
    expect(item.evidence).toContain("kestrel");
    expect(item.forward).not.toContain("kestrel");
    expect(item.forward).toContain("Another workload takes");
  });

  it("are one text for us and one for the customer", () => {
    const fleet = fleetOf(group(400), HURT);
    const state = stateOf(fleet);
    const ticket = {
      tenantId: "acme",
      tenantName: "Acme",
      from: AT,
      to: AT,
      checklist: checklist(fleet, state, AT_MS, AT_MS),
      caughtUp: caughtUp(state),
      episodes: [
        {
          id: "1",
          rule: "x",
          severity: "warn" as const,
          label: "Noisy",
          sentence: "kestrel on b2",
          evidence: {},
          tenantId: null,
          clusterId: null,
          subject: "",
          since: AT,
          until: null,
          acknowledged: null,
        },
      ],
      at: AT,
    };
    expect(ticketMarkdown(ticket, "internal", "https://console.internal")).toContain("kestrel on b2");
    const forward = ticketMarkdown(ticket, "forward", "https://console.internal");
    for (const name of ["kestrel", "console.internal", "b2"]) expect(forward).not.toContain(name);
    expect(forward).toContain("acme.reader");
  });
});

describe("caught up in", () => {
  const rates = (written: [number, number, number]) => ({ rates: { "acme.orders": written } });

  it("is never at a pace that does not drain", () => {
    const [one] = caughtUp(stateOf(fleetOf({ ...group(400), ...rates([100, 100, 100]) })));
    expect([one?.inMs, one?.arithmetic.startsWith("Never at this pace")]).toEqual([null, true]);
  });

  it("is never without members, and says so", () => {
    const [one] = caughtUp(stateOf(fleetOf(group(400, { state: "Empty" }))));
    expect(one).toMatchObject({ inMs: null, arithmetic: "Never: the group has no members." });
  });
});
