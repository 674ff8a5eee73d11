import { describe, expect, it } from "vitest";
import { clusterBlindness } from "@/lib/domain/blindness";
import type { CloudFacts } from "@/lib/domain/cloud-facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { AT, cluster, registry, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import { cloudFacts, mskFacts } from "@/lib/domain/testing/msk-fixture";
import { assembleFleet } from "./assemble-fleet";

const NEVER = { at: null, intervalMs: 60_000, problems: [] };

/** A cluster whose brokers cannot be reached: topics by MSK, figures by CloudWatch. */
function awsOnly(changes: Partial<CloudFacts> = {}, more: Partial<ClusterSnapshot> = {}): ClusterSnapshot {
  const known = cluster({ topics: ["acme.orders"] });
  const parts = { ...known.parts, offsets: NEVER, starts: NEVER, logs: NEVER, exporter: NEVER, quotas: NEVER };
  const topics = new Map([
    [
      "acme.orders",
      new Map([
        [1, { bytesInPerSecond: 10, bytesOutPerSecond: 30 }],
        [2, { bytesInPerSecond: 20, bytesOutPerSecond: 0 }],
        [3, { bytesInPerSecond: 5 }],
      ]),
    ],
  ]);
  const brokers = new Map([1, 2, 3].map((id) => [id, { BytesInPerSec: 100 * id, BytesOutPerSec: 7, KafkaDataLogsDiskUsed: 10 * id }]));
  const groups = new Map([
    ["acme.billing", new Map([["acme.orders", { sumOffsetLag: 12, maxOffsetLag: 9, estimatedMaxTimeLagSeconds: 4 }]])],
  ]);
  return {
    ...known,
    parts,
    metadataFrom: "msk",
    ends: new Map(),
    starts: new Map(),
    groups: new Map(),
    meters: new Map(),
    sizes: new Map(),
    dirs: [],
    quotas: null,
    msk: mskFacts(),
    cloud: cloudFacts(AT, { topics, brokers, groups, ...changes }),
    ...more,
  };
}

function fleet(snapshot: ClusterSnapshot): FleetSnapshot {
  return assembleFleet({ registry: registry([tenant("acme")]), clusters: [snapshot], memory: EMPTY_MEMORY, at: AT }).fleet;
}

describe("a cluster that only AWS shows", () => {
  it("has its rates from CloudWatch, derived, and says so", () => {
    const { topics, tenants } = fleet(awsOnly());
    expect(topics.get("c1")?.get("acme.orders")).toMatchObject({
      bytesInPerSecond: { source: "derived", value: 35, note: expect.stringContaining("CloudWatch") },
      bytesOutPerSecond: { source: "derived", value: 30 },
      sizeBytes: { source: "unavailable" },
    });
    expect(tenants.get("acme")?.produce.bytesPerSecond).toMatchObject({ source: "derived", value: 35 });
  });

  it("never takes an exporter's place where one is read", () => {
    const both = cluster({ topics: ["acme.orders"], rates: { "acme.orders": [1, 1, 1] } });
    const { topics } = fleet({ ...both, msk: mskFacts(), cloud: awsOnly().cloud });
    expect(topics.get("c1")?.get("acme.orders")?.bytesInPerSecond).toMatchObject({ source: "measured", value: 3 });
  });

  it("has no rate of topics where none is published, rather than zero", () => {
    const published = { broker: ["BytesInPerSec"], topic: [], group: [], cluster: [] };
    const { topics, summaries } = fleet(awsOnly({ published, topics: new Map() }));
    expect(topics.get("c1")?.get("acme.orders")?.bytesInPerSecond).toMatchObject({
      source: "unavailable",
      reason: expect.stringContaining("monitoring level"),
    });
    expect(summaries.get("c1")?.bytesInPerSecond).toMatchObject({ source: "derived", value: 600 });
  });

  it("does not take quotas that cannot be read for no quotas", () => {
    const buckets = fleet(awsOnly()).tenants.get("acme")?.produce.buckets;
    expect(buckets).toMatchObject([{ bucket: "user acme", quota: null, quotaUnread: true }]);
    const read = cluster({ topics: ["acme.orders"], rates: { "acme.orders": [1, 1, 1] } });
    expect(fleet(read).tenants.get("acme")?.produce.buckets[0]?.quotaUnread).toBeUndefined();
  });

  it("never says throttled, and names what hides it", () => {
    const quotas = [rule({ user: "acme" }, 8)];
    const { tenants } = fleet(awsOnly({}, { quotas, parts: { ...awsOnly().parts, quotas: { ...NEVER, at: AT } } }));
    const produce = tenants.get("acme")?.produce;
    expect(produce?.state).not.toMatch(/throttled|at-limit/);
    expect(JSON.stringify(tenants.get("acme")?.cannotSee)).toContain("CloudWatch");
  });

  it("tells AWS's lag figures under their own names, and compares the time to drain with nothing", () => {
    const group = fleet(awsOnly()).groups.get("c1")?.get("acme.billing");
    expect(group).toMatchObject({
      recordsBehind: { source: "derived", value: 12 },
      timeBehindMs: { source: "unavailable" },
      retentionShare: null,
      state: "unknown",
      awsLag: [{ topic: "acme.orders", sumOffsetLag: 12, maxOffsetLag: 9, estimatedMaxTimeLagSeconds: 4 }],
    });
  });

  it("takes a lag without a datapoint as not known", () => {
    const groups = new Map([["acme.billing", new Map([["acme.orders", { maxOffsetLag: 9 }]])]]);
    expect(fleet(awsOnly({ groups })).groups.get("c1")?.get("acme.billing")?.recordsBehind).toMatchObject({ source: "unavailable" });
  });

  it("says through whom it is known, how AWS sees it, and how full the fullest disk is", () => {
    expect(fleet(awsOnly()).summaries.get("c1")).toMatchObject({
      knownThrough: "aws",
      state: "degraded",
      sentence: expect.stringContaining("Known through AWS only"),
      msk: { kind: "standard", state: "ACTIVE", operation: null },
      diskUsedShare: { source: "derived", value: 0.3 },
      fullestBrokerId: 3,
      capacityBytesPerSecond: { source: "unavailable" },
    });
  });

  it("names an operation that is under way, and a state that is not ACTIVE", () => {
    const running = { arn: "o", type: "SECURITY_PATCHING", state: "UPDATE_IN_PROGRESS", startedAt: AT, endedAt: null, error: null };
    const patched = cluster({ topics: ["acme.orders"] });
    const { summaries } = fleet({ ...patched, msk: mskFacts({ operations: [running] }, { state: "MAINTENANCE" }) });
    expect(summaries.get("c1")).toMatchObject({ state: "degraded", sentence: "AWS says MAINTENANCE; security patching is under way." });
  });

  it("takes old minutes for nothing", () => {
    const old = awsOnly({ at: new Date(Date.parse(AT) - 16 * 60_000).toISOString() });
    expect(fleet(old).topics.get("c1")?.get("acme.orders")?.bytesInPerSecond).toMatchObject({ source: "unavailable" });
  });
});

describe("what cannot be seen of a cluster that only AWS shows", () => {
  const away = { code: "unreachable" as const, operation: "Metadata", message: "b-1.invalid does not resolve." };

  it("is one line with the reason and the way out, however many parts the brokers do not tell", () => {
    const { parts } = awsOnly();
    const failing = { ...NEVER, problems: [away] };
    const tried = { ...parts, metadata: { ...parts.metadata, problems: [away] }, offsets: failing, quotas: failing, exporter: failing };
    const lines = fleet(awsOnly({}, { parts: tried })).tenants.get("acme")?.cannotSee ?? [];
    const told = lines.filter(({ reason }) => reason.includes("does not resolve"));
    expect(told).toHaveLength(1);
    expect(told[0]?.remedy).toContain("security group");
  });

  it("names the next monitoring level with its price", () => {
    const lines = clusterBlindness(awsOnly({}, { msk: mskFacts({}, { monitoringLevel: "DEFAULT" }) }), true);
    expect(lines.find(({ remedy }) => remedy.includes("PER_BROKER:"))?.remedy).toContain("about 41 US dollars a month");
    expect(lines.find(({ remedy }) => remedy.includes("PER_TOPIC_PER_BROKER:"))?.remedy).toContain(
      "about 42 US dollars a month for 1 topics",
    );
  });

  it("says how to turn on open monitoring where it is off", () => {
    const lines = clusterBlindness({ ...cluster(), msk: mskFacts({}, { openMonitoring: { jmx: false, node: false } }) }, false);
    expect(lines.find(({ what }) => what.startsWith("Rates"))?.remedy).toContain("UpdateMonitoring");
  });
});

it("says once that brokers were never reached, and apart what AWS itself refuses", () => {
  const away = { code: "unreachable" as const, operation: "Metadata", message: "b-1.invalid does not resolve." };
  const denied = { code: "forbidden" as const, operation: "GetMetricData", message: "Denied." };
  const { parts } = awsOnly();
  const failing = { ...NEVER, problems: [away] };
  const refused = { ...parts.cloudwatch, problems: [denied] };
  const tried = { ...parts, metadata: { ...parts.metadata, problems: [away] }, offsets: failing, quotas: failing, cloudwatch: refused };
  const { conditions } = fleet(awsOnly({}, { parts: tried }));
  expect(conditions.filter(({ rule }) => rule === "source.missing").map(({ subject }) => subject)).toEqual(["brokers", "cloudwatch"]);
});
