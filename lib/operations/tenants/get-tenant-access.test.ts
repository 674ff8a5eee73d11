import { describe, expect, it } from "vitest";
import type { AclFact, QuotaRuleFact } from "@/lib/domain/facts";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { TenantAccess } from "@/lib/domain/views/tenants";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, snapshotOf, tenantOf } from "@/lib/operations/testing/fleet";
import { getTenantAccess } from "./get-tenant-access";

const ROLE = "arn:aws:iam::123456789012:role/acme";
const SESSION = "arn:aws:sts::123456789012:assumed-role/acme/pod-1";
const acl = (principal: string): AclFact => ({
  resourceType: "topic",
  resourceName: "acme.",
  patternType: "prefixed",
  principal,
  host: "*",
  operation: "write",
  permission: "allow",
});
const quotas: QuotaRuleFact[] = [
  { entity: { user: "acme" }, values: { producer_byte_rate: 1000 } },
  { entity: { clientId: "app" }, values: { producer_byte_rate: 50, consumer_byte_rate: 70 } },
  { entity: { user: SESSION }, values: { consumer_byte_rate: 9 } },
];

async function access(principals: object[], changes: Partial<ClusterSnapshot> = {}, placement: object = {}): Promise<TenantAccess> {
  const snapshot = snapshotOf("c1", {
    quotas,
    acls: [acl("User:acme"), acl("User:brook")],
    scramUsers: [{ name: "acme", mechanisms: [] }],
    ...changes,
  });
  const tenant = tenantOf("acme", { placements: [{ cluster: "c1", model: "bridge", principals, ...placement }] });
  return (await getTenantAccess.run(contextOf([fleetOf({ tenants: [tenant], clusters: [snapshot] })]), {
    tenantId: "acme",
  })) as TenantAccess;
}
const SCRAM = { kind: "scram", name: "acme" };
const meters = (user: string, clientId?: string): ClusterSnapshot["meters"] =>
  new Map([[1, { at: AT, clients: [clientId === undefined ? { user } : { user, clientId }], topics: new Map(), broker: {} }]]);

describe("getTenantAccess", () => {
  it("says who signs in, what binds them and what they may do", async () => {
    expect((await access([SCRAM])).principals).toEqual([
      {
        clusterId: "c1",
        kind: "scram",
        name: "acme",
        kafkaUser: "acme",
        share: null,
        owner: { kind: "tenant", tenantId: "acme", by: "principal" },
        exists: true,
        quotas: [{ key: "producer_byte_rate", value: 1000, step: 3, entity: "user acme", shadows: [] }],
        clientIds: [],
        acls: [
          { resourceType: "topic", resourceName: "acme.", patternType: "prefixed", host: "*", operation: "write", permission: "allow" },
        ],
        note: null,
      },
    ]);
  });

  it("names what a user quota shadows for the client-ids that were seen", async () => {
    const { principals } = await access([SCRAM], { meters: meters("acme", "app") });
    expect(principals[0]).toMatchObject({
      clientIds: ["app"],
      quotas: [
        { key: "producer_byte_rate", value: 1000, step: 3, shadows: [{ entity: "client-id app", value: 50, step: 7 }] },
        { key: "consumer_byte_rate", value: 70, step: 7, shadows: [] },
      ],
    });
  });

  it("tells no quota from quotas that were not read, and the same of ACLs and users", async () => {
    expect((await access([SCRAM], { quotas: [] })).principals[0]?.quotas).toEqual([]);
    const { principals } = await access([SCRAM], { quotas: null, acls: null, scramUsers: null });
    expect(principals[0]).toMatchObject({ quotas: null, acls: null, exists: null });
    expect((await access([SCRAM], { scramUsers: [] })).principals[0]?.exists).toBe(false);
  });

  it("knows an IAM role by the sessions that were seen, and no quota of one that was not", async () => {
    const role = { kind: "iam-role", name: ROLE };
    expect((await access([role])).principals[0]).toMatchObject({
      kafkaUser: null,
      quotas: null,
      acls: null,
      exists: null,
      note: expect.stringContaining("none of them"),
    });
    expect((await access([role], { meters: meters(SESSION) })).principals[0]).toMatchObject({
      quotas: [{ key: "consumer_byte_rate", value: 9 }],
      note: expect.stringContaining(SESSION),
    });
  });

  it("counts the ACLs that let everybody in", async () => {
    expect((await access([SCRAM], { acls: [acl("User:*"), acl("User:acme")] })).principals[0]).toMatchObject({
      acls: [expect.anything()],
      note: "1 more ACL applies to every user.",
    });
  });

  it("is as old as its oldest reading, and passes on what was missing", async () => {
    const problem = { code: "forbidden" as const, operation: "DescribeAcls", message: "Not allowed." };
    const parts = { ...snapshotOf("c1").parts, acls: { at: "2026-11-23T11:00:00.000Z", intervalMs: 1, problems: [problem] } };
    expect(await access([SCRAM], { parts })).toMatchObject({ at: "2026-11-23T11:00:00.000Z", problems: [problem] });
  });
});
