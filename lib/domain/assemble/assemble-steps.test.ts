import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { createHoldOnce } from "@/lib/domain/same";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { AT, AT_MS, client, cluster, poolTenant, registry, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import { assembleFleet, assembleFleetSteps } from "./assemble-fleet";
import { quietTraffic } from "./quiet-traffic";
import { tenantPlaces } from "./tenant-places";

const TOPICS = ["acme.orders", "bolt.orders", "pool.clicks", "nobodys"];
const declared = [
  registry([tenant("acme"), tenant("bolt"), tenant("crow"), poolTenant("p1"), poolTenant("p2"), tenant("gone", { cluster: "c9" })]),
  registry([tenant("acme", { topics: [{ name: "nobodys" }] }), tenant("crow"), poolTenant("p1"), poolTenant("p2")]),
];

function base(at: string): ClusterSnapshot {
  const groups = { "acme.app": { behind: { "acme.orders": 3 } }, indexer: { behind: { "pool.clicks": 3 } } };
  const rates = { "acme.orders": [100, 0, 0] as [number, number, number] };
  return cluster({ at, topics: TOPICS, rates, groups, quotas: [rule({ user: "acme" }, 100)], clients: { 1: [client("acme", 90)] } });
}

const DENIED = { code: "forbidden" as const, operation: "DescribeAcls", message: "Not allowed." };

/** Each sweep brings one part anew and shares the rest with the snapshot before. */
const SWEEPS: Record<string, (before: ClusterSnapshot, at: string, n: number) => Partial<ClusterSnapshot>> = {
  offsets: (_, at, n) => {
    const { groups, progress, ends, endHistory } = cluster({
      at,
      topics: TOPICS,
      groups: {
        "acme.app": { behind: { "acme.orders": n * 90 }, state: n % 3 === 0 ? "Empty" : "Stable", movedMsAgo: n * 99_000 },
        indexer: { behind: { "pool.clicks": n } },
      },
    });
    return { groups, progress, ends, endHistory };
  },
  exporter: (_, at, n) => ({
    meters: cluster({
      at,
      topics: TOPICS,
      rates: { "acme.orders": [n * 20, 0, 5] },
      clients: { 1: [client("acme", n * 20, { produceThrottleMs: n > 4 ? 9 : 0 }), ...(n % 4 === 1 ? [client("crow", n)] : [])] },
    }).meters,
  }),
  crowsTopic: (_, at, n) => cluster({ at, topics: n % 2 === 0 ? TOPICS : [...TOPICS, "crow.new"] }),
  metadata: (_, at, n) => cluster({ at, topics: n % 2 === 0 ? TOPICS : [...TOPICS, "bolt.new"], deadBrokers: n % 3 === 0 ? [2] : [] }),
  quotas: (_, _at, n) => ({ quotas: n === 0 ? null : [rule({ user: n % 2 === 0 ? "acme" : "bolt" }, n * 30)] }),
  logs: (_, _at, n) => ({
    sizes: new Map(
      TOPICS.map((name) => [
        name,
        [0, 1, 2].map(
          () =>
            new Map([
              [1, n * 100],
              [2, n],
              [3, n],
            ]),
        ),
      ]),
    ),
  }),
  denied: ({ parts }, _at, n) => ({ parts: { ...parts, acls: { ...parts.acls, problems: n % 2 === 0 ? [] : [DENIED] } } }),
  nothing: () => ({}),
};
const PART_OF: Record<string, keyof ClusterSnapshot["parts"]> = {
  offsets: "offsets",
  exporter: "exporter",
  metadata: "metadata",
  crowsTopic: "metadata",
  quotas: "quotas",
  logs: "logs",
};

function sweep(before: ClusterSnapshot, kind: string, at: string, n: number): ClusterSnapshot {
  const part = PART_OF[kind];
  const brought = SWEEPS[kind]?.(before, at, n) ?? {};
  const parts = brought.parts ?? before.parts;
  const stamped = part === undefined ? parts : { ...before.parts, [part]: { ...before.parts[part], at } };
  return { ...before, ...brought, at, version: before.version + 1, parts: stamped };
}

/** Everything but what only the next assembly reads. A value taken over keeps the time at which it was first found missing. */
function told({ joins: _, owners: __, clusters: ___, version: ____, ...fleet }: FleetSnapshot): string {
  return JSON.stringify(fleet, (key, value: unknown) => (key === "at" ? undefined : value instanceof Map ? [...value] : value));
}

/** Compared as text first: looking for the difference takes long, and there is none. */
function expectSame(a: string, b: string): void {
  if (a !== b) expect(JSON.parse(a)).toEqual(JSON.parse(b));
}

test("assembled on top of the last version, a fleet is the same as assembled afresh", () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(...Object.keys(SWEEPS)), fc.nat(8), fc.boolean()), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(steps, (sweeps) => {
      let snapshot = base(AT);
      let last = assembleFleet({ registry: declared[0] ?? registry([]), clusters: [snapshot], memory: EMPTY_MEMORY, at: AT });
      for (const [i, [kind, n, other]] of sweeps.entries()) {
        const at = new Date(AT_MS + (i + 1) * 40_000).toISOString();
        snapshot = sweep(snapshot, kind, at, n);
        const input = { registry: declared[other ? 1 : 0] ?? registry([]), clusters: [snapshot], memory: last.memory, at };
        const onTop = assembleFleet(input, last.fleet);
        const afresh = assembleFleet(input, { ...last.fleet, tenants: new Map(), joins: withGroupsOnly(last.fleet) });
        expectSame(told(onTop.fleet), told(afresh.fleet));
        expect(onTop.memory).toEqual(afresh.memory);
        last = onTop;
      }
    }),
    { numRuns: 20 },
  );
}, 30_000);

/** Nothing to take over, but how the groups stood: whether a last member left cannot be told without. */
function withGroupsOnly({ joins }: FleetSnapshot) {
  const nothing = cluster({ id: "other" });
  return new Map([...(joins ?? [])].map(([id, join]) => [id, { ...join, cluster: nothing, owners: { ...join.owners } }]));
}

test("what did not change is taken over as it is", () => {
  const snapshot = base(AT);
  const [first = registry([])] = declared;
  const before = assembleFleet({ registry: first, clusters: [snapshot], memory: EMPTY_MEMORY, at: AT });
  const at = new Date(AT_MS + 15_000).toISOString();
  const assemble = (next: ClusterSnapshot) =>
    assembleFleet({ registry: first, clusters: [next], memory: before.memory, at }, before.fleet).fleet;
  const pick = (fleet: FleetSnapshot) => ({
    topic: fleet.topics.get("c1")?.get("acme.orders"),
    group: fleet.groups.get("c1")?.get("acme.app"),
    produce: fleet.tenants.get("acme")?.produce,
  });
  const old = pick(before.fleet);
  const afterOffsets = pick(assemble(sweep(snapshot, "offsets", at, 2)));
  expect(afterOffsets.topic).toBe(old.topic);
  expect(afterOffsets.produce).toBe(old.produce);
  expect(afterOffsets.group).not.toEqual(old.group);
  const afterExporter = pick(assemble(sweep(snapshot, "exporter", at, 2)));
  expect(afterExporter.group).toBe(old.group);
  expect(afterExporter.produce).not.toEqual(old.produce);
});

test("a reading that says the same as the last is held once, but for its time", () => {
  const snapshot = base(AT);
  const first = registry([tenant("acme"), tenant("bolt")]);
  const before = assembleFleet({ registry: first, clusters: [snapshot], memory: EMPTY_MEMORY, at: AT });
  const at = new Date(AT_MS + 15_000).toISOString();
  const { meters, groups, progress } = base(at);
  const { exporter, offsets } = snapshot.parts;
  const parts = { ...snapshot.parts, exporter: { ...exporter, at }, offsets: { ...offsets, at } };
  const again = { ...snapshot, meters, groups, progress, parts, at };
  const { fleet } = assembleFleet({ registry: first, clusters: [again], memory: before.memory, at }, before.fleet);
  for (const id of ["acme", "bolt"]) {
    const [then, now] = [before.fleet.tenants.get(id), fleet.tenants.get(id)];
    expect(now).not.toBe(then);
    expect(now?.row.produce).toBe(then?.row.produce);
    expect(now?.produce.buckets).toBe(then?.produce.buckets);
    expect(now?.produce.worst).toBe(then?.produce.worst);
    expect(now?.cannotSee).toBe(then?.cannotSee);
  }
  expect(fleet.tenants.get("bolt")?.row).toBe(before.fleet.tenants.get("bolt")?.row);
  expect(fleet.tenants.get("acme")?.produce.bytesPerSecond.at).toBe(at);
  const [then, now] = [before.fleet, fleet].map((one) => one.groups.get("c1")?.get("acme.app"));
  expect(now).not.toBe(then);
  expect(now?.topics).toBe(then?.topics);
  expect(now?.recordsBehind.at).toBe(at);
});

describe("quiet tenants", () => {
  const declaredQuiet = registry([tenant("acme"), tenant("bolt"), tenant("crow")]);
  const loud = [client("acme", 90)];
  const READ_AT = new Date(AT_MS + 10_000).toISOString();
  const NOW = new Date(AT_MS + 15_000).toISOString();
  const read = (clients: ReturnType<typeof client>[], topics = ["acme.orders"], at = READ_AT) =>
    cluster({ at, topics, quotas: [rule({ user: "nobody" }, 1)], clients: { 1: clients } });
  const first = read(loud, ["acme.orders", "crow.old"], AT);
  const assemble = (snapshot: ClusterSnapshot, before?: ReturnType<typeof assembleFleet>, at = NOW) =>
    assembleFleet({ registry: declaredQuiet, clusters: [snapshot], memory: before?.memory ?? EMPTY_MEMORY, at }, before?.fleet);
  /** The exporter was read anew, and nothing else. */
  const next = (clients: ReturnType<typeof client>[], before = first) => ({ ...before, meters: read(clients).meters });
  const started = assemble(first, undefined, AT);

  test("say the same once, their rates of the time of the reading", () => {
    const bare = read(loud, ["acme.orders"], AT);
    const { tenants } = assemble(next(loud, bare), assemble(bare, undefined, AT)).fleet;
    const [bolt, crow] = [tenants.get("bolt"), tenants.get("crow")];
    expect(bolt?.produce.bytesPerSecond).toEqual({ source: "measured", value: 0, at: READ_AT });
    expect(bolt?.storageBytes).toEqual({ source: "measured", value: 0, at: NOW });
    expect(crow?.produce.bytesPerSecond).toBe(bolt?.produce.bytesPerSecond);
    expect(crow?.storageBytes).toBe(bolt?.storageBytes);
    expect(crow?.cannotSee).toBe(bolt?.cannotSee);
  });

  test("are told again as they would be told afresh", () => {
    const { fleet } = assemble(next(loud), started);
    const input = { memory: EMPTY_MEMORY, services: new Map(), holdOnce: createHoldOnce(), nowMs: Date.parse(NOW), at: NOW };
    const joins = { joins: fleet.joins ?? new Map(), previousJoins: started.fleet.joins };
    const trafficOf = (id: string) => {
      const previous = started.fleet.tenants.get(id);
      if (previous === undefined) throw new Error(`no tenant ${id}`);
      const { tenant: of, tier, topics } = previous;
      return quietTraffic(tenantPlaces(of), topics, { ...input, ...joins, tenant: of, tier, previous });
    };
    const bolt = fleet.tenants.get("bolt");
    expect(bolt).toMatchObject(trafficOf("bolt") ?? { quiet: true });
    expect([trafficOf("acme"), trafficOf("crow")]).toEqual([null, null]);
    const others = new Map([...joins.joins].map(([id, join]) => [id, { ...join, owners: { ...join.owners } }]));
    const afresh = assemble(next(loud), { ...started, fleet: { ...started.fleet, tenants: new Map(), joins: others } });
    expect(bolt).toEqual(afresh.fleet.tenants.get("bolt"));
  });

  test("are heard when they begin, and when they fall silent again", () => {
    const begun = assemble(next([...loud, client("bolt", 7)]), started);
    expect(begun.fleet.tenants.get("bolt")?.produce.bytesPerSecond).toMatchObject({ value: 7, at: READ_AT });
    expect(begun.fleet.tenants.get("crow")?.produce.bytesPerSecond).toMatchObject({ value: 0, at: READ_AT });
    const ended = assemble(next(loud), begun);
    expect(ended.fleet.tenants.get("bolt")?.produce.bytesPerSecond).toMatchObject({ value: 0, at: READ_AT });
  });

  test("had a topic until it was deleted", () => {
    expect(started.fleet.tenants.get("crow")?.storageBytes).toMatchObject({ value: 1500 });
    const gone = assemble({ ...next(loud), metadata: read(loud).metadata }, started).fleet.tenants.get("crow");
    expect(gone?.storageBytes).toMatchObject({ value: 0 });
    expect(gone?.cannotSee.map(({ what }) => what)).toContain("Topics of its own");
  });
});

test("a tenant of whom nothing has changed stands as it stood, until it has been silent for long", () => {
  const first = registry([tenant("acme"), tenant("bolt")]);
  const idle = cluster({ topics: ["acme.orders"], clients: { 1: [client("acme", 0)] } });
  const hourly = { ...idle, parts: { ...idle.parts, exporter: { ...idle.parts.exporter, intervalMs: 3_600_000 } } };
  let last = assembleFleet({ registry: first, clusters: [hourly], memory: EMPTY_MEMORY, at: AT });
  const states = [5, 10, 20].map((minutes) => {
    const before = last.fleet.tenants;
    const at = new Date(AT_MS + minutes * 60_000).toISOString();
    last = assembleFleet({ registry: first, clusters: [hourly], memory: last.memory, at }, last.fleet);
    const { tenants } = last.fleet;
    const rules = tenants.get("acme")?.conditions.map(({ rule: name }) => name);
    return { acme: tenants.get("acme") === before.get("acme"), bolt: tenants.get("bolt") === before.get("bolt"), rules };
  });
  expect(states).toEqual([
    { acme: true, bolt: true, rules: ["drift.quota"] },
    { acme: true, bolt: true, rules: ["drift.quota"] },
    { acme: false, bolt: true, rules: ["tenant.silent", "drift.quota"] },
  ]);
});

test("the work comes in many small steps, and the result in the last", () => {
  const tenants = Array.from({ length: 400 }, (_, i) => tenant(`t${i}`));
  const topics = Array.from({ length: 800 }, (_, i) => `t${i % 400}.topic-${i}`);
  const steps = assembleFleetSteps({ registry: registry(tenants), clusters: [cluster({ topics })], memory: EMPTY_MEMORY, at: AT });
  let count = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) count += 1;
  expect(count).toBeGreaterThanOrEqual(tenants.length / 25 + topics.length / 100);
  expect(step.value.fleet.tenants.size).toBe(400);
});
