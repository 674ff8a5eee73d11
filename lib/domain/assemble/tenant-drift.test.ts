import { describe, expect, it } from "vitest";
import type { ActiveBrake } from "@/lib/domain/change/facts";
import { EMPTY_MEMORY, type FleetMemory } from "@/lib/domain/fleet-memory";
import { Override } from "@/lib/domain/override";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Tenant } from "@/lib/domain/tenant";
import { AT, AT_MS, client, cluster, registry, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import { type AssembledFleet, assembleFleet } from "./assemble-fleet";

const plain = (text: string | undefined) => text?.replace(/[\u00a0\u202f]/g, " ");
const later = (minutes: number): string => new Date(AT_MS + minutes * 60_000).toISOString();
const RIGHT = rule({ user: "acme" }, 1250, 2500);

const seen = (quotas = [RIGHT]): ClusterSnapshot => cluster({ topics: ["acme.orders"], quotas, clients: { 1: [client("acme", 1)] } });

function assemble(tenants: Tenant[], snapshot: ClusterSnapshot, more: { memory?: FleetMemory; at?: string; on?: AssembledFleet } = {}) {
  const { memory = EMPTY_MEMORY, at = AT, on } = more;
  // The same declarations each time, as long as nobody changes them.
  const declared = DECLARED.get(tenants) ?? registry(tenants);
  DECLARED.set(tenants, declared);
  return assembleFleet({ registry: declared, clusters: [snapshot], memory, at }, on?.fleet);
}
const DECLARED = new Map<Tenant[], ReturnType<typeof registry>>();

const stateOf = ({ fleet }: AssembledFleet) => {
  const state = fleet.tenants.get("acme");
  if (state === undefined) throw new Error("no acme");
  return state;
};

describe("drift of a tenant", () => {
  it("is one thing to know for each cluster and kind, with what shows it", () => {
    const { conditions, drift } = stateOf(assemble([tenant("acme")], seen([rule({ user: "acme" }, 9, 9)])));
    expect(drift).toHaveLength(2);
    expect(conditions).toMatchObject([
      {
        id: "drift.quota|c1|acme|quotas",
        severity: "info",
        label: "Quota drift",
        evidence: { count: 2, items: "user acme producer_byte_rate: 9 instead of 1250; user acme consumer_byte_rate: 9 instead of 2500" },
      },
    ]);
    expect(plain(conditions[0]?.sentence)).toBe(
      "user acme has a produce quota of 9 B/s a broker; declared is 1.25 kB/s a broker (Gold: 3 kB/s × 1.25 / 3 brokers = 1.25 kB/s a broker). And 1 more value.",
    );
    expect(stateOf(assemble([tenant("acme")], seen())).conditions).toEqual([]);
  });

  it("is looked at again only when something changed that it follows from", () => {
    const tenants = [tenant("acme")];
    const snapshot = seen([rule({ user: "acme" }, 9, 9)]);
    const first = assemble(tenants, snapshot);
    const metered = { ...snapshot, meters: new Map(snapshot.meters) };
    const second = assemble(tenants, metered, { on: first, memory: first.memory, at: later(1) });
    expect(stateOf(second).drift).toBe(stateOf(first).drift);
    const mended = assemble(tenants, { ...metered, quotas: [RIGHT] }, { on: second, memory: second.memory, at: later(2) });
    expect(stateOf(mended)).toMatchObject({ drift: [], conditions: [] });
    const moved = assemble(
      tenants,
      { ...metered, quotas: [RIGHT], metadata: cluster({ topics: ["acme.orders"], deadBrokers: [3] }).metadata },
      { on: mended },
    );
    expect(stateOf(moved).drift.map(({ declared }) => declared)).toEqual(["1875", "3750"]);
  });

  it("begins at the moment an override ends, with nothing else changed", () => {
    const until = later(5);
    const override = Override.parse({ setting: "produceQuotaBytesPerSecond", value: 9, reason: "r", author: "ada", at: AT, until });
    const tenants = [{ ...tenant("acme"), overrides: [override] }];
    const snapshot = seen([rule({ user: "acme" }, 9, 2500)]);
    const before = assemble(tenants, snapshot);
    expect(stateOf(before).drift).toEqual([]);
    const rules = (at: string) =>
      stateOf(assemble(tenants, snapshot, { on: before, memory: before.memory, at })).conditions.map(({ rule: name }) => name);
    expect(rules(later(4))).toEqual([]);
    expect(rules(until)).toEqual(["drift.quota", "drift.override-over"]);
  });

  it("that somebody acknowledges asks for attention no more, at once", () => {
    const tenants = [tenant("acme")];
    const snapshot = seen([rule({ user: "acme" }, 9, 9)]);
    const first = assemble(tenants, snapshot);
    const acknowledgements = new Map([["drift.quota|c1|acme|quotas", { by: "ada", until: later(60), reason: "known" }]]);
    const second = assemble(tenants, snapshot, { on: first, memory: { ...first.memory, acknowledgements }, at: later(1) });
    expect(stateOf(second).row.attention).toBeNull();
  });
});

describe("a brake", () => {
  const quota = (key: "producer_byte_rate" | "consumer_byte_rate", after: string) => ({
    target: { kind: "quota" as const, clusterId: "c1", entity: { user: "acme" }, key },
    before: null,
    after,
    phase: "tighten" as const,
    unit: "tenant:acme",
    note: null,
  });
  const brake: ActiveBrake = {
    changeId: 7,
    tenantId: "acme",
    until: later(30),
    by: "ada",
    reason: null,
    operations: [quota("producer_byte_rate", "1250"), quota("consumer_byte_rate", "2500")],
  };
  const brakes = new Map([["acme", brake]]);

  it.each<[number, string, string, RegExp]>([
    [
      0,
      "brake.active",
      "warn",
      /^It is held to 1\.25 kB\/s a broker to produce and 2\.5 kB\/s a broker to consume by a brake of ada until 10:30 UTC\.$/,
    ],
    [32, "brake.active", "warn", /until 10:30/],
    [33, "brake.not-lifted", "danger", /^It is still held to .* that should have ended at 10:30 UTC/],
  ])("after %d minutes is said as %s", (minutes, name, severity, sentence) => {
    const tenants = [tenant("acme")];
    const without = assemble(tenants, seen());
    const { conditions, row } = stateOf(
      assemble(tenants, without.fleet.clusters.get("c1") ?? seen(), {
        on: without,
        memory: { ...without.memory, brakes },
        at: later(minutes),
      }),
    );
    const condition = conditions.find(({ subject }) => subject === "brake");
    expect(condition).toMatchObject({ rule: name, severity, clusterId: null, evidence: { until: brake.until, changeId: 7 } });
    expect(plain(condition?.sentence)).toMatch(sentence);
    expect(row.attention).not.toBeNull();
  });

  it("that could not be taken back says why", () => {
    const tenants = [tenant("acme")];
    const failed = { ...brake, failedEnd: { changeId: 12, message: "user acme on c1: There is no cluster." } };
    const memory = { ...EMPTY_MEMORY, brakes: new Map([["acme", failed]]) };
    const { conditions } = stateOf(assemble(tenants, seen(), { memory, at: later(33) }));
    const { sentence } = conditions.find(({ rule: name }) => name === "brake.not-lifted") ?? {};
    expect(sentence).toMatch(/release it by hand\. Change 12 could not take it back: user acme on c1: There is no cluster\.$/);
  });

  it("is gone when it is taken back, and stays known from one assembly to the next until then", () => {
    const tenants = [tenant("acme")];
    const on = assemble(tenants, seen(), { memory: { ...EMPTY_MEMORY, brakes } });
    expect(on.memory.brakes).toBe(brakes);
    const off = assemble(tenants, on.fleet.clusters.get("c1") ?? seen(), { on, memory: { ...on.memory, brakes: new Map() } });
    expect(stateOf(off).conditions).toEqual([]);
  });
});
