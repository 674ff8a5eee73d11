import { describe, expect, it } from "vitest";
import type { ClusterHost } from "@/lib/collector/cluster/cluster-host";
import { CONNECTION } from "@/lib/collector/testing/fake-cluster";
import { manualClock } from "@/lib/collector/testing/manual-clock";
import { memoryStore } from "@/lib/collector/testing/memory-store";
import { condition } from "@/lib/collector/testing/world";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { AT, cluster, registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import { createPostureKeeper } from "./posture-keeper";

const DECLARED = registry([tenant("a"), tenant("ab")]);
const EVERY_MS = 300_000;
const STORED = {
  ...condition("stored"),
  episode: 1,
  rule: "erasure.late",
  subject: "topics",
  clusterId: "c1",
  evidence: { tenants: 1, affects: "a" },
};

function setUp(held: boolean, open = [STORED]) {
  const clock = manualClock(AT);
  const store = memoryStore(clock);
  store.open = open;
  let isHeld = held;
  let changes = 0;
  const errors: unknown[] = [];
  const host = { clusterId: "c1", isHeld: () => isHeld } as ClusterHost;
  const keeper = createPostureKeeper({
    hosts: () => [host],
    connections: () => new Map([["c1", CONNECTION]]),
    openProbe: undefined,
    store,
    clock,
    log: { info: () => undefined, warn: () => undefined, error: (fields) => void errors.push(fields) },
    everyMs: EVERY_MS,
    open,
    onChange: () => {
      changes += 1;
    },
  });
  const sweep = async (snapshot: ClusterSnapshot, declared = DECLARED) => {
    const { fleet } = assembleFleet({ registry: declared, clusters: [snapshot], memory: EMPTY_MEMORY, posture: keeper.posture(), at: AT });
    await keeper.sweep(fleet);
  };
  const rules = (clusterId: string | null) =>
    keeper
      .posture()
      .get(clusterId)
      ?.findings.map(({ rule }) => rule) ?? null;
  return { clock, store, sweep, rules, errors, changes: () => changes, hold: (next: boolean) => (isHeld = next) };
}

const snapshot = cluster({ topics: ["a.x"] });

describe("the keeper of posture", () => {
  it("shows what was written down, until it has looked itself", async () => {
    const { rules, sweep } = setUp(true);
    expect(rules("c1")).toEqual(["erasure.late"]);
    await sweep(snapshot);
    expect(rules("c1")).toContain("fairness.no-quota");
    expect(rules("c1")).not.toContain("erasure.late");
    expect(rules(null)).toEqual(["naming.nested-ids"]);
  });

  it("looks again when what its checks follow from has changed, and now and then", async () => {
    const { clock, sweep, changes } = setUp(true);
    await sweep(snapshot);
    await sweep({ ...snapshot, meters: new Map() });
    expect(changes()).toBe(1);
    await sweep({ ...snapshot, acls: [] });
    expect(changes()).toBe(2);
    await clock.advance(EVERY_MS);
    await sweep({ ...snapshot, acls: snapshot.acls });
    expect(changes()).toBe(3);
  });

  it("tells of ids that begin alike, and ends it when they do not any more", async () => {
    const { rules, sweep } = setUp(true);
    await sweep(snapshot);
    expect(rules(null)).toEqual(["naming.nested-ids"]);
    await sweep(snapshot, registry([tenant("a"), tenant("b")]));
    expect(rules(null)).toEqual([]);
  });

  it("takes over what the process that reads the cluster wrote down", async () => {
    const { rules, sweep, store, hold } = setUp(true, []);
    await sweep(snapshot);
    hold(false);
    store.open = [STORED, { ...STORED, id: "other", rule: "broker.missing" }];
    await sweep(snapshot);
    expect(rules("c1")).toEqual(["erasure.late"]);
  });

  it("goes on where a store or a cluster fails", async () => {
    const { sweep, store, errors, hold } = setUp(true);
    hold(false);
    store.outage = new Error("no store");
    await sweep(snapshot);
    expect(errors).toHaveLength(1);
  });
});
