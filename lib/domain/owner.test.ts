import { describe, expect, test } from "vitest";
import { indexOwners, ownerOfClientId, ownerOfGroup, ownerOfPrincipal, ownerOfTopic, SHARED_NAMED_MAX } from "./owner";
import { ServicePrincipal } from "./principal";
import { Tenant } from "./tenant";

function tenant(id: string, ...placements: object[]): Tenant {
  return Tenant.parse({ id, name: id, tier: "gold", placements: placements.map((one) => ({ cluster: "c1", model: "bridge", ...one })) });
}

const index = indexOwners({
  tenants: [
    tenant("tenant1", { topics: [{ prefix: "tenant1." }], groups: [{ prefix: "tenant1." }], principals: [{ kind: "scram", name: "t1" }] }),
    tenant("tenant10", { topics: [{ prefix: "tenant10." }] }, { cluster: "c2", topics: [{ prefix: "tenant1." }] }),
    tenant("labs", { topics: [{ prefix: "tenant1.labs." }, { glob: "*.labs-dlq" }], groups: [{ expression: "labs-\\d+" }] }),
    tenant("pick", { topics: [{ name: "tenant1.loan" }, { name: "__pick" }], clientIds: ["pick-app"] }),
    tenant("pool-a", { model: "pool", topics: [{ prefix: "pool." }], record: { header: "t" } }),
    tenant("pool-b", { model: "pool", topics: [{ prefix: "pool." }], record: { header: "t" } }),
    tenant("role", { principals: [{ kind: "iam-role", name: "arn:aws:iam::1:role/x/app" }] }),
    tenant("twin-a", { principals: [{ kind: "scram", name: "twin" }] }),
    tenant("twin-b", { principals: [{ kind: "scram", name: "twin" }] }),
  ],
  services: [ServicePrincipal.parse({ cluster: "c1", principal: { kind: "scram", name: "pool-service" }, role: "service" })],
});

const mine = (tenantId: string, by: string) => ({ kind: "tenant", tenantId, by });
const shared = (...tenantIds: string[]) => ({ kind: "shared", tenantCount: tenantIds.length, tenantIds });

describe("topics", () => {
  test.each([
    ["c1", "tenant1.orders", mine("tenant1", "prefix")],
    ["c1", "tenant10.orders", mine("tenant10", "prefix")],
    ["c2", "tenant1.orders", mine("tenant10", "prefix")],
    ["c1", "tenant1.labs.raw", mine("labs", "prefix")],
    ["c1", "tenant1.loan", mine("pick", "pattern")],
    ["c1", "tenant1.labs-dlq", mine("labs", "pattern")],
    ["c1", "pool.clicks", shared("pool-a", "pool-b")],
    ["c1", "tenant1", { kind: "unowned" }],
    ["c1", "other", { kind: "unowned" }],
    ["c3", "tenant1.orders", { kind: "unowned" }],
    ["c1", "__consumer_offsets", { kind: "internal" }],
    ["c1", "__pick", mine("pick", "pattern")],
  ])("%s/%s", (cluster, topic, owner) => expect(ownerOfTopic(index, cluster, topic).owner).toEqual(owner));

  test("a glob over everything leaves Kafka's own topics alone", () => {
    const silo = indexOwners({ tenants: [tenant("umbra", { model: "silo", topics: [{ glob: "*" }] })], services: [] });
    expect(ownerOfTopic(silo, "c1", "ledger").owner).toEqual(mine("umbra", "pattern"));
    expect(ownerOfTopic(silo, "c1", "__transaction_state").owner).toEqual({ kind: "internal" });
  });

  test("explicit patterns of two tenants share a topic, also where one is a name and the other a glob", () => {
    const both = indexOwners({
      tenants: [tenant("a", { topics: [{ name: "x.dlq" }] }), tenant("b", { topics: [{ glob: "*.dlq" }, { prefix: "x." }] })],
      services: [],
    });
    expect(ownerOfTopic(both, "c1", "x.dlq").owner).toEqual(shared("a", "b"));
    expect(ownerOfTopic(both, "c1", "x.log").owner).toEqual(mine("b", "prefix"));
  });

  test("the answer names some of a large pool's tenants and counts them all", () => {
    const tenants = Array.from({ length: 300 }, (_, i) =>
      tenant(`p${i}`, { model: "pool", topics: [{ name: "pool" }], record: { key: true } }),
    );
    const { owner, tenantIds } = ownerOfTopic(indexOwners({ tenants, services: [] }), "c1", "pool");
    expect(owner).toMatchObject({ kind: "shared", tenantCount: 300 });
    expect(owner.kind === "shared" && owner.tenantIds).toHaveLength(SHARED_NAMED_MAX);
    expect(tenantIds).toHaveLength(300);
  });
});

describe("groups", () => {
  test.each([
    ["by prefix, whatever they read", "tenant1.app", ["tenant10.orders"], mine("tenant1", "prefix")],
    ["by pattern", "labs-7", [], mine("labs", "pattern")],
    ["by the one owner of all topics", "app", ["tenant10.orders", "tenant10.events"], mine("tenant10", "topics")],
    ["shared by the owners of their topics", "app", ["tenant1.orders", "tenant10.orders"], shared("tenant1", "tenant10")],
    ["shared with a pool", "app", ["pool.clicks", "tenant1.a"], shared("pool-a", "pool-b", "tenant1")],
    ["not by topics some of which are nobody's", "app", ["tenant1.orders", "other"], { kind: "unowned" }],
    ["Kafka's own topics do not count", "app", ["tenant1.orders", "__x"], mine("tenant1", "topics")],
    ["internal, when they read nothing else", "canary", ["__amazon_msk_canary"], { kind: "internal" }],
    ["unowned without topics", "app", [], { kind: "unowned" }],
  ])("%s", (_, group, topics, owner) => expect(ownerOfGroup(index, "c1", group, topics).owner).toEqual(owner));
});

describe("principals and client-ids", () => {
  test.each([
    ["t1", mine("tenant1", "principal")],
    ["arn:aws:sts::1:assumed-role/app/session-17", mine("role", "principal")],
    ["pool-service", { kind: "service", role: "service" }],
    ["twin", shared("twin-a", "twin-b")],
    ["nobody", { kind: "unowned" }],
  ])("%s", (user, owner) => expect(ownerOfPrincipal(index, "c1", user).owner).toEqual(owner));

  test("a client-id is its tenant's on its cluster only", () => {
    expect(ownerOfClientId(index, "c1", "pick-app").owner).toEqual(mine("pick", "principal"));
    expect(ownerOfClientId(index, "c2", "pick-app").owner).toEqual({ kind: "unowned" });
  });
});
