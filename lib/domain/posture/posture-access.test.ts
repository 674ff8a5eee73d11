import { describe, expect, it } from "vitest";
import type { Registry } from "@/lib/domain/registry";
import { rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import { ACLS, configs, HEALTHY_TENANTS, notSvc, type Planted, SERVICES, sweep, TOPICS, withRule, words } from "./testing/planted";

describe("gives the lines of Kafka's own tools", () => {
  const linesOf = (planted: Planted, rule: string): string[] => {
    const commands = sweep(planted).findings.find((one) => one.rule === rule)?.evidence.commands;
    return typeof commands === "string" ? commands.split("\n") : [];
  };
  const CONNECT = '--bootstrap-server "$BOOTSTRAP" --command-config admin.properties';

  it("that narrow a wide rule to what is the tenant's own, before they take it away", () => {
    expect(linesOf(withRule("allow zeta alter-configs topic *"), "isolation.acl-too-wide")).toEqual([
      `kafka-acls.sh ${CONNECT} --add --allow-principal User:zeta --operation AlterConfigs --topic zeta. --resource-pattern-type prefixed`,
      `kafka-acls.sh ${CONNECT} --remove --allow-principal User:zeta --operation AlterConfigs --topic '*'`,
    ]);
  });

  it("that only take away what covers nothing of its own, or is nobody's", () => {
    const remove = `kafka-acls.sh ${CONNECT} --remove --allow-principal`;
    expect(linesOf(withRule("allow zeta read topic acme prefixed"), "isolation.acl-too-wide")).toEqual([
      `${remove} User:zeta --operation Read --topic acme --resource-pattern-type prefixed`,
    ]);
    expect(linesOf(withRule("allow ghost read topic *"), "isolation.shared-principal")).toEqual([
      `${remove} User:ghost --operation Read --topic '*'`,
    ]);
  });

  it("for every topic on which a setting loses records", () => {
    expect(linesOf({ cluster: { configs: configs({ "min.insync.replicas": "1" }) } }, "durability.min-isr")).toEqual(
      TOPICS.map(
        (topic) => `kafka-configs.sh ${CONNECT} --alter --entity-type topics --entity-name ${topic} --add-config min.insync.replicas=2`,
      ),
    );
  });

  it("for a quota that never applies", () => {
    const quotas = [
      ...["acme", "zeta", "p1", "p2"].map((user) => rule({ user }, 1000)),
      { entity: { user: "acme", clientId: null }, values: { producer_byte_rate: 1, consumer_byte_rate: 1 } },
    ];
    expect(linesOf({ cluster: { quotas } }, "fairness.shadowed-quota")).toEqual([
      `kafka-configs.sh ${CONNECT} --alter --entity-type users --entity-name acme --delete-config producer_byte_rate,consumer_byte_rate`,
    ]);
  });
});

describe("one name for several tenants", () => {
  const both = (more: object) => [
    tenant("acme", { topics: [{ prefix: "acme." }], principals: [{ kind: "scram", name: "acme" }], ...more }),
    tenant("zeta", { topics: [{ prefix: "zeta." }], principals: [{ kind: "scram", name: "zeta" }], ...more }),
    ...HEALTHY_TENANTS.slice(2),
  ];
  const told = (planted: Planted) =>
    sweep(planted)
      .findings.filter(({ rule: one }) => one === "isolation.shared-principal")
      .map(({ subject, evidence }) => [subject, evidence.affects]);
  const PAIR = both({ principals: [{ kind: "scram", name: "pair" }] });

  it("is found, be it a principal or a client-id", () => {
    expect(told({ tenants: PAIR })).toEqual([["principal pair", "acme zeta"]]);
    expect(told({ tenants: both({ clientIds: ["app"] }) })).toEqual([["client-id app", "acme zeta"]]);
  });

  it("is none where it is declared a service", () => {
    const services: Registry["services"] = [...SERVICES, { cluster: "c1", principal: { kind: "scram", name: "pair" }, role: "service" }];
    expect(told({ tenants: PAIR, services })).toEqual([]);
  });
});

describe("access that is refused", () => {
  it("is told with who is refused what, unless a service may read it for the tenant", () => {
    const unread = ACLS.filter(
      ({ principal, operation, resourceType }) => operation !== "read" || resourceType !== "topic" || principal !== "User:acme",
    );
    const [finding] = sweep({ cluster: { acls: unread.filter(notSvc) } }).findings;
    expect(finding).toMatchObject({ tenantId: "acme", subject: "principal acme" });
    expect(finding?.sentence).toBe("No rule lets acme read acme.orders, which acme.billing reads: the brokers refuse it.");
    expect(finding?.evidence.commands).toContain(
      "--add --allow-principal User:acme --operation Read --topic acme. --resource-pattern-type prefixed",
    );
    expect(sweep({ cluster: { acls: unread } }).findings).toEqual([]);
  });

  it("is not concluded of somebody whom no rule names: it may be a super user that brokers hide", () => {
    expect(words({ cluster: { acls: ACLS.filter(({ principal }) => !["User:acme", "User:svc"].includes(principal)) } })).toEqual([]);
  });
});
