import { describe, expect, it } from "vitest";
import { mskFacts } from "@/lib/domain/testing/msk-fixture";
import { POSTURE_RULES, type PostureRule } from "./rules";
import { entry, type Planted, sweep } from "./testing/planted";

describe("what cannot be seen", () => {
  const unseenOf = (planted: Planted) => Object.keys(sweep(planted).unseen) as PostureRule[];

  it.each<[string, Planted, PostureRule]>([
    ["ACLs that were not read", { cluster: { acls: null } }, "isolation.acl-too-wide"],
    ["quotas that were not read", { cluster: { quotas: null } }, "fairness.no-quota"],
    ["configurations that were not read", { cluster: { configs: new Map() } }, "durability.min-isr"],
    [
      "brokers that hide who is a super user",
      { cluster: { brokerConfigs: [entry("authorizer.class.name", "x"), entry("super.users", null)] } },
      "isolation.super-user",
    ],
    [
      "brokers that hide what is open",
      { cluster: { brokerConfigs: [entry("authorizer.class.name", "x"), entry("allow.everyone.if.no.acl.found", null)] } },
      "isolation.no-acl",
    ],
    ["samples that are turned off", { connection: { samples: "off" } }, "partitioning.missing-tenant-header"],
    ["SCRAM users that were not read", { cluster: { scramUsers: null } }, "security.unowned-user"],
    ["what a partition carries", { tier: { produceBytesPerSecond: 1 } }, "parallelism.partition-cap"],
    ["no sample yet", { sample: null }, "parallelism.idle-members"],
    ["brokers that are not reached", { connection: null }, "partitioning.partition-per-tenant"],
  ])("is said: %s", (_what, planted, unseen) => expect(unseenOf(planted)).toContain(unseen));

  it("is everything, before the cluster was read", () => {
    expect(unseenOf({ cluster: { metadata: null } })).toEqual(POSTURE_RULES);
  });

  it("is said in part: other listeners than the console's, and what IAM decides beside ACLs", () => {
    expect(Object.keys(sweep().partly)).toEqual(expect.arrayContaining(["security.unauthenticated", "security.plaintext"]));
    const also = mskFacts({}, { authentication: { scram: true, iam: true, tls: false, unauthenticated: false } });
    const { partly, unseen } = sweep({ cluster: { msk: also } });
    expect(partly["isolation.acl-too-wide"]).toMatch(/IAM/);
    expect(unseen["isolation.acl-too-wide"]).toBeUndefined();
    expect(Object.keys(partly)).not.toContain("security.plaintext");
  });

  it("is IAM: it never passes as nothing found", () => {
    const iam = mskFacts({}, { authentication: { scram: false, iam: true, tls: false, unauthenticated: false } });
    const { findings, unseen } = sweep({ cluster: { msk: iam, acls: [] } });
    expect(findings.map(({ rule: found }) => found)).toContain("isolation.cannot-see");
    expect(unseen["isolation.acl-too-wide"]).toMatch(/IAM/);
  });
});
