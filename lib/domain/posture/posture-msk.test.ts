import { describe, expect, it } from "vitest";
import { cluster, tenant } from "@/lib/domain/testing/cluster-fixture";
import { mskFacts } from "@/lib/domain/testing/msk-fixture";
import { ACLS, entry, type Planted, sweep, TOPICS, words } from "./testing/planted";

describe("MSK", () => {
  const msk = (changes: Parameters<typeof mskFacts>[1], facts: Parameters<typeof mskFacts>[0] = {}): Planted => ({
    cluster: { msk: mskFacts(facts, changes) },
  });

  it.each<[string, Planted, string]>([
    [
      "lets clients in without a sign-in",
      msk({ authentication: { scram: true, iam: false, tls: false, unauthenticated: true } }),
      "danger security.unauthenticated",
    ],
    [
      "takes plaintext as well",
      msk({ encryptionInTransit: { clientBroker: "TLS_PLAINTEXT", inCluster: true } }),
      "warn security.plaintext",
    ],
    ["takes plaintext alone", msk({ encryptionInTransit: { clientBroker: "PLAINTEXT", inCluster: true } }), "danger security.plaintext"],
    ["copies in plaintext", msk({ encryptionInTransit: { clientBroker: "TLS", inCluster: false } }), "warn security.plaintext"],
    [
      "opens topics without rules",
      {
        cluster: {
          ...msk({}).cluster,
          brokerConfigs: [entry("authorizer.class.name", "x"), entry("allow.everyone.if.no.acl.found", null)],
        },
      },
      "warn isolation.allow-everyone",
    ],
    [
      "has a promise beyond its brokers",
      { ...msk({ kind: "express", instanceType: "express.m7g.large" }), tier: { produceBytesPerSecond: 100_000_000 } },
      "warn fairness.oversold",
    ],
    [
      "has too few partitions for a promise",
      { ...msk({ kind: "express", instanceType: "express.m7g.16xlarge" }), tier: { produceBytesPerSecond: 100_000_000 } },
      "warn parallelism.partition-cap",
    ],
  ])("that %s", (_what, planted, found) => expect(words(planted)).toContain(found));

  describe("a key that is promised to a silo", () => {
    const silo = [{ ...tenant("acme", { model: "silo", topics: [{ prefix: "acme." }] }), requirements: { ownEncryptionKey: true } }];
    const arn = mskFacts().cluster.kmsKeyArn ?? "";
    const key = (manager: "aws" | "customer") => ({ arn, manager, state: "Enabled" });
    const swept = (facts: Parameters<typeof mskFacts>[0]) => {
      const { findings, unseen } = sweep({ ...msk({}, facts), tenants: silo });
      return { found: findings.filter(({ rule: one }) => one === "security.no-own-key"), unseen: unseen["security.no-own-key"] };
    };

    it("and is AWS's own is found, with the key and who manages it", () => {
      const { found, unseen } = swept({ key: key("aws") });
      expect(found).toMatchObject([{ severity: "danger", tenantId: "acme", evidence: { kmsKeyArn: arn, keyManager: "aws" } }]);
      expect(found[0]?.sentence).toContain("alias/aws/kafka");
      expect(unseen).toBeUndefined();
    });

    it("and is a customer's is silence, which is not so where KMS does not tell", () => {
      expect(swept({ key: key("customer") })).toEqual({ found: [], unseen: undefined });
      expect(swept({ key: null })).toEqual({ found: [], unseen: expect.stringContaining("Cannot see whether the key is yours") });
    });
  });

  it("has no lag for a group with a colon", () => {
    const planted = msk({});
    const groups = cluster({ topics: TOPICS, groups: { "acme.a:b": { behind: {} } } }).groups;
    expect(words({ cluster: { ...planted.cluster, groups } })).toContain("info naming.group-colon");
  });

  it("opens a topic that no rule is for", () => {
    const planted = msk({}).cluster;
    const brokerConfigs = [entry("authorizer.class.name", "x"), entry("allow.everyone.if.no.acl.found", null)];
    const acls = ACLS.filter(({ principal }) => principal === "User:acme");
    const found = sweep({ cluster: { ...planted, brokerConfigs, acls } }).findings.find(({ rule: one }) => one === "isolation.no-acl");
    expect(found).toMatchObject({ severity: "danger", evidence: { topics: 2 } });
  });
});
