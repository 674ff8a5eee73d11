import fc from "fast-check";
import { expect, test } from "vitest";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { AT, AT_MS, client, cluster, poolTenant, registry, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import { assembleFleet, assembleFleetSteps } from "./assemble-fleet";

const TOPICS = ["acme.orders", "bolt.orders", "pool.clicks", "nobodys"];
const declared = [
  registry([tenant("acme"), tenant("bolt"), poolTenant("p1"), poolTenant("p2"), tenant("gone", { cluster: "c9" })]),
  registry([tenant("acme", { topics: [{ name: "nobodys" }] }), poolTenant("p1"), poolTenant("p2")]),
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
      clients: { 1: [client("acme", n * 20, { produceThrottleMs: n > 4 ? 9 : 0 })] },
    }).meters,
  }),
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

test("quiet tenants say the same once, at the time of the newest reading, and are heard when they begin", () => {
  const first = registry([tenant("acme"), tenant("bolt"), tenant("crow")]);
  const read = (at: string, clients: Record<number, ReturnType<typeof client>[]>) =>
    cluster({ at, topics: ["acme.orders"], quotas: [rule({ user: "nobody" }, 1)], clients });
  const loud = [client("acme", 90)];
  const before = assembleFleet({ registry: first, clusters: [read(AT, { 1: loud })], memory: EMPTY_MEMORY, at: AT });
  const assembleAt = (at: string, clients: Record<number, ReturnType<typeof client>[]>) => {
    const { quotas, metadata } = before.fleet.clusters.get("c1") ?? cluster({});
    return assembleFleet(
      { registry: first, clusters: [{ ...read(at, clients), quotas, metadata }], memory: before.memory, at },
      before.fleet,
    ).fleet.tenants;
  };
  const at = new Date(AT_MS + 15_000).toISOString();
  const still = assembleAt(at, { 1: loud });
  const [bolt, crow] = [still.get("bolt"), still.get("crow")];
  expect(bolt?.produce.bytesPerSecond).toEqual({ source: "measured", value: 0, at });
  expect(bolt?.storageBytes).toEqual({ source: "measured", value: 0, at });
  expect(crow?.produce.bytesPerSecond).toBe(bolt?.produce.bytesPerSecond);
  expect(crow?.storageBytes).toBe(bolt?.storageBytes);
  expect(crow?.cannotSee).toBe(bolt?.cannotSee);
  expect(bolt?.produce.buckets).toBe(before.fleet.tenants.get("bolt")?.produce.buckets);
  const begun = assembleAt(at, { 1: [...loud, client("bolt", 7)] });
  expect(begun.get("bolt")?.produce.bytesPerSecond).toMatchObject({ value: 7, at });
  expect(begun.get("crow")?.produce.bytesPerSecond).toMatchObject({ value: 0, at });
  const ended = assembleFleet({ registry: first, clusters: [read(at, {})], memory: before.memory, at }, { ...before.fleet, tenants: begun })
    .fleet.tenants;
  expect(ended.get("bolt")?.produce.bytesPerSecond.source).toBe("unavailable");
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
