import { describe, expect, it } from "vitest";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { limitFleet } from "@/lib/domain/people/limit-fleet";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { ClusterDetail } from "@/lib/domain/views/clusters";
import type { ConditionView } from "@/lib/domain/views/common";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, snapshotOf, tenantOf } from "@/lib/operations/testing/fleet";
import { getCluster } from "./get-cluster";

const connection: ResolvedConnection = {
  id: "c1",
  name: "C1",
  mode: "observe",
  bootstrap: ["a:9096"],
  authentication: { kind: "scram-sha-512", username: "console", password: "hunter2" },
  tls: {},
  exporter: { port: 11001, intervalMs: 60_000, prometheus: null },
  msk: null,
};
const metadata = {
  kafkaClusterId: "k",
  controllerId: 1,
  brokers: [{ id: 1, host: "one", port: 9096, rack: "a" }],
  topics: new Map([["t", { name: "t", internal: false, partitions: [{ partition: 0, leader: 1, replicas: [1, 2], isr: [1] }] }]]),
};
const seen: Partial<ClusterSnapshot> = {
  metadata,
  knownBrokers: new Map([
    [1, { id: 1, host: "one", lastSeenAt: AT }],
    [2, { id: 2, host: "two", lastSeenAt: "2026-11-23T09:00:00.000Z" }],
  ]),
  meters: new Map(
    [1, 2].map((id) => [id, { at: AT, clients: [], topics: new Map(), broker: { bytesInPerSecond: 0, requestHandlerIdle: 0.9 } }]),
  ),
  sizes: new Map([["t", [new Map([[1, 30]])]]]),
  dirs: [{ brokerId: 1, path: "/d", totalBytes: 100, usableBytes: 25 }],
};

function conditionOf(id: string, changes: Partial<ConditionView> = {}) {
  const about = { tenantId: null, clusterId: "c1", subject: "", since: AT, until: null, acknowledged: null, evidence: {}, episode: 1 };
  return { id, rule: "limit.near", severity: "warn" as const, label: "Near quota", sentence: "Near.", ...about, ...changes };
}

async function ask(changes: Partial<ClusterSnapshot> = seen, of = connection): Promise<ClusterDetail> {
  const context = contextOf([fleetOf({ clusters: [snapshotOf("c1", changes)] })], { connection: () => of });
  return (await getCluster.run(context, { clusterId: "c1" })) as ClusterDetail;
}

describe("getCluster", () => {
  it("shows a broker's load, what it holds and how full it is", async () => {
    const [one] = (await ask()).brokers;
    expect(one).toMatchObject({ id: 1, rack: "a", alive: true, controller: true, leaders: 1, replicas: 1, underReplicated: 0 });
    expect(one).toMatchObject({
      bytesInPerSecond: { source: "measured", value: 0 },
      requestHandlerIdle: { value: 0.9 },
      networkProcessorIdle: { source: "unavailable" },
      storageBytes: { value: 30 },
      diskUsedShare: { source: "derived", value: 0.75 },
    });
  });

  it("still lists a broker that died, without its last rates", async () => {
    const two = (await ask()).brokers[1];
    expect(two).toMatchObject({ id: 2, host: "two", alive: false, underReplicated: 1, lastSeenAt: "2026-11-23T09:00:00.000Z" });
    expect(two?.bytesInPerSecond).toMatchObject({ source: "unavailable", reason: "The broker is not alive." });
  });

  it("takes no rate from an exporter that has been silent for three intervals, and says what it said last", async () => {
    const silent = new Map([[1, { at: "2026-11-23T11:50:00.000Z", clients: [], topics: new Map(), broker: { bytesInPerSecond: 5 } }]]);
    const problem = { code: "timeout" as const, operation: "GET /metrics", message: "No answer.", remedy: "Open the port.", brokerId: 1 };
    const parts = { ...snapshotOf("c1").parts, exporter: { at: AT, intervalMs: 60_000, problems: [problem] } };
    expect((await ask({ ...seen, meters: silent, parts })).brokers[0]?.bytesInPerSecond).toMatchObject({
      reason: "No answer.",
      remedy: "Open the port.",
    });
  });

  it("says so where the connection has no exporter, and where brokers do not tell the size of their disks", async () => {
    const old = { ...seen, dirs: [{ brokerId: 1, path: "/d", totalBytes: null, usableBytes: null }] };
    const cluster = await ask(old, { ...connection, exporter: null });
    expect(cluster.brokers[0]).toMatchObject({ bytesInPerSecond: { source: "unavailable" }, diskUsedShare: { source: "unavailable" } });
    expect(cluster.exporter).toBe(false);
    expect(cluster.cannotSee).not.toEqual([]);
  });

  it("tells the worst conditions, how many there are, and of whom they are", async () => {
    const conditions = Array.from({ length: 60 }, (_, index) => conditionOf(`limit.near ${index}`, { tenantId: "acme" }));
    const elsewhere = conditionOf("elsewhere", { clusterId: "c2" });
    const byConstruction = conditionOf("posture", { rule: "fairness.no-quota" });
    const fleet = { ...fleetOf({ tenants: [tenantOf("acme", { name: "Acme" })] }), conditions: [...conditions, elsewhere, byConstruction] };
    const cluster = (await getCluster.run(contextOf([fleet], { connection: () => connection }), { clusterId: "c1" })) as ClusterDetail;
    expect(cluster.conditions.map(({ id }) => id)).toEqual(conditions.slice(0, 50).map(({ id }) => id));
    expect(cluster.conditionTotal).toBe(60);
    expect(cluster.tenantNames).toEqual({ acme: "Acme" });
  });

  it("tells what is of the cluster itself however many tenants are worse", async () => {
    const conditions = Array.from({ length: 60 }, (_, index) => conditionOf(`stuck ${index}`, { tenantId: "acme" }));
    const fleet = { ...fleetOf(), conditions: [...conditions, conditionOf("broker missing")] };
    const cluster = (await getCluster.run(contextOf([fleet], { connection: () => connection }), { clusterId: "c1" })) as ClusterDetail;
    expect(cluster.conditions.map(({ id }) => id)).toEqual([...conditions.slice(0, 49).map(({ id }) => id), "broker missing"]);
    expect(cluster.conditionTotal).toBe(61);
  });

  it("leaves out what somebody has acknowledged before what nobody has", async () => {
    const acknowledged = { by: "ada", until: AT, reason: "known" };
    const seen = Array.from({ length: 50 }, (_, index) => conditionOf(`stuck ${index}`, { tenantId: "acme", acknowledged }));
    const fleet = { ...fleetOf(), conditions: [...seen, conditionOf("near", { tenantId: "acme" })] };
    const cluster = (await getCluster.run(contextOf([fleet], { connection: () => connection }), { clusterId: "c1" })) as ClusterDetail;
    expect(cluster.conditions.map(({ id }) => id)).toEqual([...seen.slice(0, 49).map(({ id }) => id), "near"]);
  });

  it("names no tenant to whom is limited but those within", async () => {
    const tenants = [tenantOf("acme", { name: "Acme" }), tenantOf("kestrel", { name: "Kestrel" })];
    const conditions = ["acme", "kestrel"].map((tenantId) => conditionOf(tenantId, { tenantId }));
    const seenBy = limitFleet({ ...fleetOf({ tenants }), conditions }, { tenants: ["acme"], tiers: [], clusters: [] }, new Map());
    const cluster = (await getCluster.run(contextOf([seenBy], { connection: () => connection }), { clusterId: "c1" })) as ClusterDetail;
    expect(cluster).toMatchObject({ conditions: [{ id: "acme" }], conditionTotal: 1 });
    expect(cluster.tenantNames).toEqual({ acme: "Acme" });
  });

  it("names the user it signs in as, and no secret", async () => {
    const cluster = await ask();
    expect(cluster).toMatchObject({ authentication: "SCRAM-SHA-512 as console", tls: true });
    expect(JSON.stringify(cluster)).not.toContain("hunter2");
  });

  it("knows nothing of storage before it was read, rather than zero", async () => {
    const parts = { ...snapshotOf("c1").parts, logs: { at: null, intervalMs: 60_000, problems: [] } };
    expect((await ask({ ...seen, parts, sizes: new Map(), dirs: [] })).brokers[0]?.storageBytes).toMatchObject({ source: "unavailable" });
  });
});
