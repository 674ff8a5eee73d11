import { describe, expect, it } from "vitest";
import { ChangeRequest } from "@/lib/domain/change/request";
import { fleetOf, tenantOf, topicOf } from "@/lib/operations/testing/fleet";
import { covers, factsNeeded } from "./facts-needed";

const owned = (topic: string) => topicOf(topic, { owner: { kind: "tenant", tenantId: "acme", by: "prefix" } });
const pooled = topicOf("pool.events", { owner: { kind: "shared", tenantCount: 2, tenantIds: ["acme", "brook"] } });
const topics = [owned("acme.a"), owned("acme.b"), pooled];
const fleet = fleetOf({ tenants: [tenantOf("acme", { state: { topics } }), tenantOf("brook")], topics });

const needed = (request: object) => factsNeeded(ChangeRequest.parse(request), fleet, []);
const shown = (request: object) => {
  const { clusters, hours, samples } = needed(request);
  return {
    clusters: [...clusters].map(([id, { topics, quotas, partitions }]) => [id, [...topics], quotas, partitions]),
    hours: [...hours],
    samples: [...samples].map(([id, names]) => [id, [...names]]),
  };
};
const acme = { tenantIds: ["acme"] };

describe("what a plan reads", () => {
  it.each([
    [
      "retention of a tenant",
      { kind: "retention", scope: acme, retentionMs: "1 day" },
      [["c1", ["acme.a", "acme.b"], false, false]],
      [],
      [],
    ],
    [
      "retention of a topic that was not seen yet",
      { kind: "retention", scope: { topics: [{ clusterId: "c1", topic: "new" }] }, retentionMs: null },
      [["c1", ["new"], false, true]],
      [],
      [],
    ],
    [
      "message size",
      { kind: "message-size", scope: { topics: [{ clusterId: "c1", topic: "pool.events" }] }, maxMessageBytes: "1 MB" },
      [["c1", ["pool.events"], false, false]],
      [],
      [["c1", ["pool.events"]]],
    ],
    ["quotas of a tenant", { kind: "quota", scope: acme, produceBytesPerSecond: "1 MB/s" }, [["c1", [], true, false]], ["acme"], []],
    ["a tier", { kind: "tier", scope: acme, tierId: "gold" }, [["c1", ["acme.a", "acme.b"], true, false]], ["acme"], []],
    [
      "a rule",
      { kind: "quota-rule", clusterId: "c1", entity: { user: null }, values: { producer_byte_rate: 5 } },
      [["c1", [], true, false]],
      ["acme", "brook"],
      [],
    ],
    ["partitions", { kind: "partitions", clusterId: "c1", topic: "acme.a", count: 9 }, [["c1", ["acme.a"], false, true]], [], []],
    ["a brake on somebody unknown", { kind: "brake", tenantId: "nobody", minutes: 5, produceBytesPerSecond: 1 }, [], [], []],
    ["archiving", { kind: "tier-archive", tierId: "gold" }, [], [], []],
  ])("%s", (_what, request, clusters, hours, samples) => {
    expect(shown(request)).toEqual({ clusters, hours, samples });
  });

  it("of a change to be taken back is what it wrote", () => {
    const operation = { before: null, after: "1", phase: "tighten" as const, unit: "x", note: null };
    const { clusters } = factsNeeded({ kind: "revert", changeId: 1 }, fleet, [
      { ...operation, target: { kind: "topic-config", clusterId: "c1", topic: "t", key: "retention.ms" } },
      { ...operation, target: { kind: "quota", clusterId: "c2", entity: { user: "u" }, key: "producer_byte_rate" } },
      { ...operation, target: { kind: "tenant-tier", tenantId: "acme" } },
    ]);
    expect([...clusters.keys()]).toEqual(["c1", "c2"]);
    expect(clusters.get("c2")?.quotas).toBe(true);
  });
});

describe("facts that were read for one request", () => {
  const held = needed({ kind: "retention", scope: acme, retentionMs: "1 day" });

  it("do for another value, and for fewer topics", () => {
    expect(covers(held, needed({ kind: "retention", scope: acme, retentionMs: "2 days" }))).toBe(true);
    const fewer = { topics: [{ clusterId: "c1", topic: "acme.b" }] };
    expect(covers(held, needed({ kind: "retention", scope: fewer, retentionMs: "2 days" }))).toBe(true);
  });

  it.each([
    ["another topic", { kind: "retention", scope: { topics: [{ clusterId: "c1", topic: "pool.events" }] }, retentionMs: "1 day" }],
    ["samples", { kind: "message-size", scope: acme, maxMessageBytes: 5_000 }],
    ["quotas", { kind: "quota", scope: acme, produceBytesPerSecond: "tier" }],
    ["partitions", { kind: "partitions", clusterId: "c1", topic: "acme.a", count: 9 }],
  ])("do not for %s", (_what, request) => {
    expect(covers(held, needed(request))).toBe(false);
  });
});
