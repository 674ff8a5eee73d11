import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { AclFact } from "@/lib/domain/facts";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { CapabilityId } from "@/lib/domain/isolation";
import type { MskFacts, MskKind } from "@/lib/domain/msk-facts";
import type { Registry } from "@/lib/domain/registry";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import { AT, client, cluster, GOLD, poolTenant, registry, rule, tenant, unreadCluster } from "@/lib/domain/testing/cluster-fixture";
import { mskFacts } from "@/lib/domain/testing/msk-fixture";
import { IsolationView } from "@/lib/domain/views/isolation";
import { isolationView } from "./isolation-view";

const TOPICS = ["a.orders", "a.events", "mix.main", "pool.orders", "b.clicks"];
const RATES = Object.fromEntries(TOPICS.map((topic) => [topic, [10, 20, 30] as [number, number, number]]));

const MIXED = tenant(
  "mix",
  { topics: [{ prefix: "mix." }], principals: [{ kind: "scram", name: "mix" }] },
  { model: "pool", topics: [{ prefix: "pool." }], record: { header: "tenant" } },
);
const SILO = tenant("s", { cluster: "c2", model: "silo", topics: [{ prefix: "s." }], principals: [{ kind: "scram", name: "s" }] });
const TENANTS = [tenant("a"), tenant("b"), MIXED, poolTenant("p1"), poolTenant("p2"), SILO, tenant("nowhere", { cluster: "c9" })];

function fleetOf(clusters: ClusterSnapshot[], declared: Registry = registry(TENANTS)) {
  return assembleFleet({ registry: declared, clusters, memory: EMPTY_MEMORY, at: AT }).fleet;
}
const shared = (changes: Partial<ClusterSnapshot> = {}): ClusterSnapshot => ({ ...cluster({ topics: TOPICS, rates: RATES }), ...changes });
const silo = (changes: Partial<ClusterSnapshot> = {}): ClusterSnapshot => ({ ...cluster({ id: "c2", topics: ["s.one"] }), ...changes });

function stateOf(view: IsolationView, id: CapabilityId) {
  const found = view.rows.find((row) => row.id === id)?.inForce;
  if (found == null) throw new Error(`${id} is not told`);
  return found;
}
const noteOf = (view: IsolationView, id: CapabilityId) => view.rows.find((row) => row.id === id)?.fleet;
const of = (tenantId: string, clusters: ClusterSnapshot[] = [shared(), silo()], declared?: Registry) =>
  isolationView(fleetOf(clusters, declared), null, tenantId);

describe("what stands under each model", () => {
  const view = isolationView(fleetOf([shared(), silo()]), null, null);

  it("is what the API describes", () => expect(IsolationView.parse(view)).toEqual(view));

  it("counts a tenant of several models once, as mixed", () => {
    const { models, mixed, unplaced, total } = view;
    expect([models.pool.tenants, models.bridge.tenants, models.silo.tenants, mixed.tenants, unplaced]).toEqual([2, 3, 1, 1, 0]);
    expect(total).toBe(TENANTS.length);
  });

  it("counts a topic under the model it lies in", () => {
    expect([view.models.pool.topics, view.models.bridge.topics, view.models.silo.topics]).toEqual([1, 4, 1]);
    expect(view.models.bridge.bytesInPerSecond).toMatchObject({ source: "measured", value: 240 });
    expect(view.models.pool.storageBytes).toMatchObject({ value: 1500 });
  });

  it("says at least where a cluster was not read, and never zero for it", () => {
    const { models } = isolationView(fleetOf([unreadCluster("c1"), silo()]), null, null);
    expect(models.pool).toMatchObject({ topics: 0, unreadClusters: 1, bytesInPerSecond: { source: "unavailable" } });
    expect(isolationView(fleetOf([shared(), unreadCluster("c2")]), null, null).models.silo.storageBytes.source).toBe("unavailable");
  });

  it("keeps to one cluster when asked", () => {
    const { total, models, mixed } = isolationView(fleetOf([shared(), silo()]), "c2", null);
    expect([total, models.pool.topics, models.silo.topics, mixed.tenants]).toEqual([1, 0, 1, 0]);
  });

  it("counts who is near a quota", () => {
    const clients = { 1: [client("a", 950)], 2: [client("a", 10)], 3: [client("a", 10)] };
    const near = { ...cluster({ topics: TOPICS, rates: RATES, clients, quotas: [rule({ user: "a" }, 1000)] }) };
    expect(isolationView(fleetOf([near, silo()]), null, null).models.bridge.nearLimit).toBe(1);
  });

  it("adds up list prices, and says of how many tenants none is set", () => {
    expect(view.prices.bridge).toBeNull();
    const priced = { ...registry(TENANTS), tiers: [{ ...GOLD, pricePerMonth: 100 }] };
    expect(isolationView(fleetOf([shared(), silo()], priced), null, null).prices).toMatchObject({
      pool: { perMonth: 200, tenants: 2, withoutPrice: 0 },
      mixed: { perMonth: 100, tenants: 1 },
    });
  });

  it("says who needs what a pool cannot give", () => {
    const needing = { ...poolTenant("p1"), requirements: { forgetWithinMs: 1000, replay: true } };
    const declared = registry([needing, poolTenant("p2")]);
    const told = isolationView(fleetOf([shared()], declared), null, null);
    expect(noteOf(told, "right-to-be-forgotten")).toEqual({ text: "1 pool tenant needs it", severity: "danger", href: "/tenants/p1" });
    expect(noteOf(told, "own-replay")?.text).toBe("1 tenant needs it, 1 in a pool");
  });
});

describe("in force for a tenant", () => {
  it.each<[CapabilityId, string]>([
    ["own-encryption-key", "cannot"],
    ["right-to-be-forgotten", "has"],
    ["own-retention", "has"],
    ["own-message-size", "unseen"],
    ["data-partitioning", "has"],
    ["selective-subscription", "could"],
    ["selective-scaling", "has"],
    ["fairness", "could"],
    ["access-isolation", "could"],
    ["running-cost", "unseen"],
  ])("of a bridge: %s is %s", (id, state) => expect(stateOf(of("a"), id).state).toBe(state));

  it.each<[CapabilityId, string]>([
    ["right-to-be-forgotten", "cannot"],
    ["own-retention", "cannot"],
    ["own-replay", "has"],
    ["data-partitioning", "cannot"],
    ["fairness", "cannot"],
    ["access-isolation", "cannot"],
  ])("of a pool: %s is %s", (id, state) => expect(stateOf(of("p1"), id).state).toBe(state));

  it("differs by place for a mixed tenant, and says which is which", () => {
    const told = stateOf(of("mix"), "right-to-be-forgotten");
    expect(told.state).toBe("partly");
    expect(told.places.map(({ model, state }) => `${model} ${state}`)).toEqual(["pool cannot", "bridge has"]);
  });

  it("says what a deletion would touch", () => {
    expect(stateOf(of("a"), "right-to-be-forgotten").places[0]?.sentence).toMatch(/^Deleting it would remove 2 topics, 9.+B with replicas/);
  });

  it("tells a setting of its own from an inherited one", () => {
    const entry = { name: "retention.ms", value: "3600000", source: "default" as const, readOnly: false, sensitive: false, synonyms: [] };
    const inherited = shared({ configs: new Map(TOPICS.map((topic) => [topic, { at: AT, entries: [entry] }])) });
    expect(stateOf(of("a", [inherited, silo()]), "own-retention")).toMatchObject({ state: "could" });
    expect(stateOf(of("a", [shared({ configs: new Map() }), silo()]), "own-retention")).toMatchObject({ state: "unseen" });
  });

  it("has a quota only where both directions are bound", () => {
    const clients = { 1: [client("a", 5)] };
    const bound = { ...cluster({ topics: TOPICS, clients, quotas: [rule({ user: "a" }, 1000)] }) };
    expect(stateOf(of("a", [bound, silo()]), "fairness").state).toBe("has");
    const half = { ...cluster({ topics: TOPICS, clients, quotas: [{ entity: { user: "a" }, values: { producer_byte_rate: 10 } }] }) };
    expect(stateOf(of("a", [half, silo()]), "fairness").state).toBe("could");
    expect(stateOf(of("a", [shared({ quotas: null }), silo()]), "fairness").state).toBe("unseen");
  });

  it("has isolation where a rule names its principal", () => {
    const acl: AclFact = {
      resourceType: "topic",
      resourceName: "a.",
      patternType: "prefixed",
      principal: "User:a",
      host: "*",
      operation: "read",
      permission: "allow",
    };
    expect(stateOf(of("a", [shared({ acls: [acl] }), silo()]), "access-isolation")).toMatchObject({
      state: "has",
      places: [{ sentence: "1 ACL on topics a.*." }],
    });
    expect(stateOf(of("a", [shared({ acls: null }), silo()]), "access-isolation").state).toBe("unseen");
    const { parts } = cluster();
    const problem = { code: "unsupported" as const, operation: "DescribeAcls", message: "No authorizer." };
    const open = { ...parts, acls: { at: null, intervalMs: 1000, problems: [problem] } };
    expect(stateOf(of("a", [shared({ acls: null, parts: open }), silo()]), "access-isolation")).toMatchObject({
      state: "could",
      places: [{ sentence: expect.stringContaining("check no permission") }],
    });
  });

  it("of IAM is what cannot be seen, whatever the ACLs say", () => {
    const iam = tenant("i", { topics: [{ prefix: "i." }], principals: [{ kind: "iam-role", name: "arn:aws:iam::123456789012:role/i" }] });
    expect(stateOf(of("i", [shared()], registry([iam])), "access-isolation").state).toBe("unseen");
  });

  describe("a key", () => {
    const KEY = "arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555";
    const told = (manager: "aws" | "customer", state: string | null = "Enabled") => ({ arn: KEY, manager, state });
    const keyOfSilo = (changes: Partial<ClusterSnapshot>, other: Partial<ClusterSnapshot> = {}) => {
      const { state, places } = stateOf(of("s", [shared(other), silo(changes)]), "own-encryption-key");
      return { state, sentence: places[0]?.sentence };
    };

    it("is the tenant's own where a customer manages it and it encrypts nothing else", () => {
      expect(keyOfSilo({ msk: mskOf(KEY, { key: told("customer") }) })).toMatchObject({
        state: "has",
        sentence: expect.stringContaining("Key 11111111… is managed by you"),
      });
      expect(keyOfSilo({ msk: mskOf(KEY, { key: told("customer", "PendingDeletion") }) }).sentence).toContain("PendingDeletion");
    });

    it("is not where AWS manages it, or it encrypts another cluster too, or the cluster is serverless", () => {
      expect(keyOfSilo({ msk: mskOf(KEY, { key: told("aws") }) })).toMatchObject({
        state: "could",
        sentence: expect.stringMatching(/alias\/aws\/kafka.*means a new cluster/),
      });
      const other = { msk: mskOf(KEY, { key: told("customer") }) };
      expect(keyOfSilo(other, other)).toMatchObject({ state: "could", sentence: expect.stringContaining("also encrypts c1") });
      expect(keyOfSilo({ msk: mskOf(KEY, {}, "serverless") }).state).toBe("cannot");
    });

    it("cannot be seen, because KMS refuses; the reason is said", () => {
      const problem = { code: "forbidden" as const, operation: "DescribeKey", message: "KMS in eu-central-1 refuses DescribeKey: no." };
      const { parts } = cluster();
      const refused = { ...parts, msk: { at: AT, intervalMs: 1000, problems: [problem] } };
      expect(keyOfSilo({ msk: mskOf(KEY), parts: refused })).toMatchObject({
        state: "unseen",
        sentence: expect.stringContaining("Cannot see whether it is yours or AWS managed: KMS in eu-central-1 refuses DescribeKey"),
      });
      expect(keyOfSilo({ msk: null }).state).toBe("unseen");
    });

    it("is told for all silos in the row of the fleet", () => {
      const note = (key: ReturnType<typeof told> | null) =>
        noteOf(isolationView(fleetOf([shared(), silo({ msk: mskOf(KEY, { key }) })]), null, null), "own-encryption-key");
      expect(note(told("customer"))).toMatchObject({ text: "1 of 1 silo with a key of yours", severity: null });
      expect(note(told("aws"))).toMatchObject({ text: "1 of 1 silo with AWS's key", severity: "warn" });
      expect(note(null)?.text).toBe("0 of 1 silo with a key of yours, 1 cannot be seen");
    });
  });

  it("is not partitioned by disk where another tenant is placed on its silo", () => {
    expect(stateOf(of("s"), "data-partitioning").state).toBe("has");
    const intruder = tenant("x", { cluster: "c2", topics: [{ prefix: "x." }] });
    expect(stateOf(of("s", [shared(), silo()], registry([SILO, intruder])), "data-partitioning")).toMatchObject({
      state: "could",
      places: [{ sentence: expect.stringContaining("x are placed") }],
    });
  });

  it("of a cluster without a connection cannot be seen", () => {
    for (const { inForce } of of("nowhere").rows) expect(["unseen", "cannot", "could", "has"]).toContain(inForce?.state);
    expect(stateOf(of("nowhere"), "right-to-be-forgotten").state).toBe("unseen");
  });
});

function mskOf(kmsKeyArn: string, facts: Partial<MskFacts> = {}, kind: MskKind = "standard"): ClusterSnapshot["msk"] {
  return mskFacts(facts, { kind, kmsKeyArn });
}
