import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AclFact } from "@/lib/domain/facts";
import { indexOwners, ownerOfPrincipal, ownerOfTopic } from "@/lib/domain/owner";
import { drain } from "@/lib/domain/steps";
import { registry, tenant } from "@/lib/domain/testing/cluster-fixture";
import { indexAcls } from "./acl-index";
import { authorize } from "./authorize";
import { type ForeignReach, foreignReachSteps, type ReachInput } from "./foreign-reach";
import { landOf, type Plot } from "./land";

const pooled = (id: string) =>
  tenant(id, { model: "pool", topics: [{ prefix: "pool." }], principals: [{ kind: "scram", name: id }], record: { header: "tenant" } });
const TENANTS = [tenant("t1"), tenant("t10"), tenant("u"), pooled("p1"), pooled("p2")];
const OWNERS = indexOwners(registry(TENANTS, [{ cluster: "c1", principal: { kind: "scram", name: "svc" }, role: "service" }]));
const TOPICS = ["t1.a", "t1.b", "t10.a", "u.a", "u.b", "pool.x", "nobodys"];

function acl(text: string): AclFact {
  const [permission, user, operation, resourceType, resourceName, patternType = "literal", host = "*"] = text.split(" ");
  return { permission, principal: `User:${user}`, operation, resourceType, resourceName, patternType, host } as AclFact;
}

function inputOf(acls: AclFact[], topics: readonly string[] = TOPICS, more: Partial<ReachInput> = {}): ReachInput {
  const plots = topics.flatMap((name): Plot[] => {
    const { set } = ownerOfTopic(OWNERS, "c1", name);
    return set === null ? [] : [{ name, tenants: set }];
  });
  const none = landOf([]);
  return {
    acls,
    lands: { topic: landOf(plots), group: none, "transactional-id": none },
    ownerOf: (user) => ownerOfPrincipal(OWNERS, "c1", user),
    claimOf: (_type, name) => ownerOfTopic(OWNERS, "c1", name).set,
    superUsers: new Set(),
    ...more,
  };
}
const reach = (rules: string[], more: Partial<ReachInput> = {}) => drain(foreignReachSteps(inputOf(rules.map(acl), TOPICS, more)));
const words = (found: ForeignReach[]) =>
  found.map(({ kafkaUser, operations, tenantIds }) => `${kafkaUser} ${operations.join("+")} ${tenantIds.join("+")}`);

describe("what a rule opens to others", () => {
  it.each<[string, string[], string[]]>([
    ["a prefix with its dot: nothing", ["allow t1 read topic t1. prefixed"], []],
    ["a prefix without its dot", ["allow t1 read topic t1 prefixed"], ["t1 read t10"]],
    ["every name", ["allow u write topic *"], ["u write p1+p2+t1+t10"]],
    ["one name of another", ["allow u read topic t1.a"], ["u read t1"]],
    ["a name of another that does not exist yet", ["allow u read topic t1.later"], ["u read t1"]],
    ["a prefix of another under which there is nothing yet", ["allow u read topic t1.later. prefixed"], ["u read t1"]],
    ["a pool the tenant is in: nothing", ["allow p1 read topic pool. prefixed"], []],
    ["a pool the tenant is not in", ["allow u read topic pool. prefixed"], ["u read p1+p2"]],
    ["to a service of ours: nothing", ["allow svc read topic *"], []],
    ["to everybody", ["allow * read topic u. prefixed"], ["* read u"]],
    ["to somebody nobody knows", ["allow ghost read topic u.a"], ["ghost read u"]],
    ["looking alone: nothing", ["allow u describe topic *"], []],
    ["everything but looking", ["allow u all topic t1.a"], ["u read+write+delete+alter+alter-configs t1"]],
    ["what is denied: nothing", ["allow u read topic t1.a", "deny u read topic t1.a"], []],
    ["what is denied to everybody: nothing", ["allow u read topic t1.a", "deny * all topic t1. prefixed"], []],
    ["what is denied in part", ["allow u all topic t1.a", "deny u read topic *"], ["u write+delete+alter+alter-configs t1"]],
    ["what is left beside a denied prefix", ["allow u read topic *", "deny u read topic t1 prefixed"], ["u read p1+p2"]],
    ["what is denied from elsewhere only", ["allow u read topic t1.a", "deny u read topic t1.a literal 10.0.0.1"], ["u read t1"]],
    [
      "to one host, denied from there: nothing",
      ["allow u read topic t1.a literal 10.0.0.1", "deny u read topic t1.a literal 10.0.0.1"],
      [],
    ],
  ])("%s", (_what, rules, expected) => expect(words(reach(rules)).toSorted()).toEqual(expected));

  it("does not tell of a super user, who needs no rule", () => {
    expect(reach(["allow u read topic *"], { superUsers: new Set(["User:u"]) })).toEqual([]);
  });

  it("knows groups, and what transactions are named", () => {
    const { set } = ownerOfTopic(OWNERS, "c1", "t1.a");
    if (set === null) throw new Error("nobody owns t1.a");
    const land = landOf([{ name: "t1.billing", tenants: set }]);
    const lands = { topic: landOf([]), group: land, "transactional-id": land };
    const found = reach(["allow u read group t1 prefixed", "allow u write transactional-id *", "allow u describe group *"], { lands });
    expect(words(found)).toEqual(["u read t1", "u write t1"]);
  });
});

const user = fc.constantFrom("t1", "t10", "u", "p1", "ghost", "*");
const name = fc.constantFrom("t1", "t1.", "t1.a", "t10.a", "u.a", "u.", "pool.", "pool.x", "*", "");
const rule = fc
  .tuple(
    fc.constantFrom("allow", "allow", "deny"),
    user,
    fc.constantFrom("read", "all", "write"),
    name,
    fc.constantFrom("literal", "prefixed"),
    fc.constantFrom("*", "*", "h1"),
  )
  .map(
    ([permission, who, what, where, pattern, host]): AclFact => ({
      ...acl(`${permission} ${who} ${what} topic x ${pattern} ${host}`),
      resourceName: where,
    }),
  );

describe("whatever the rules", () => {
  /** The slow way: every principal, topic and host, asked of the authorizer. */
  function pairs(rules: AclFact[]): Set<string> {
    const found = new Set<string>();
    const index = indexAcls(rules);
    for (const who of ["t1", "t10", "u", "p1", "ghost"]) {
      const own = ownerOfPrincipal(OWNERS, "c1", who).tenantIds;
      for (const topic of TOPICS) {
        const { set } = ownerOfTopic(OWNERS, "c1", topic);
        if (set === null || own.some((id) => set.tenantIds.includes(id))) continue;
        for (const operation of ["read", "write"]) {
          for (const host of ["h1", "h2"]) {
            const question = { principal: `User:${who}`, host, operation, resourceType: "topic" as const, resourceName: topic };
            if (authorize(index, question, { superUsers: new Set(), allowEveryone: false }).allowed) found.add(`${who} ${topic}`);
          }
        }
      }
    }
    return found;
  }

  /** What is told of a principal: by its own rules, and by those for everybody. */
  function told(rules: AclFact[]): Set<string> {
    const found = new Set<string>();
    for (const { kafkaUser, names } of drain(foreignReachSteps(inputOf(rules)))) {
      for (const who of kafkaUser === "*" ? ["t1", "t10", "u", "p1", "ghost"] : [kafkaUser]) {
        const own = ownerOfPrincipal(OWNERS, "c1", who).tenantIds;
        for (const topic of names) {
          const { set } = ownerOfTopic(OWNERS, "c1", topic);
          if (TOPICS.includes(topic) && set !== null && !own.some((id) => set.tenantIds.includes(id))) found.add(`${who} ${topic}`);
        }
      }
    }
    return found;
  }

  it("nobody who can read or write another's topic is passed over", () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 8 }), (rules) => {
        const seen = told(rules);
        for (const pair of pairs(rules)) expect(seen).toContain(pair);
      }),
      { numRuns: 500 },
    );
  });

  it("nobody is blamed who cannot, where rules name a principal and not everybody", () => {
    fc.assert(
      fc.property(
        fc.array(
          rule.filter(({ principal }) => principal !== "User:*"),
          { maxLength: 8 },
        ),
        (rules) => {
          const real = pairs(rules.filter(({ operation }) => operation !== "alter"));
          // `all` also allows to delete and to alter, which the slow way does not ask.
          const exact = rules.every(({ operation }) => operation !== "all");
          if (exact) expect(told(rules)).toEqual(real);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("the work", () => {
  /** Tenants with a principal, five rules and four topics each. */
  function workFor(count: number, wide: boolean): { work: number; acls: number; found: number } {
    const tenants = Array.from({ length: count }, (_, at) => tenant(`t${String(at).padStart(6, "0")}`));
    const owners = indexOwners(registry(tenants));
    const plots = tenants.flatMap(({ id }) => ["a", "b", "c", "d"].map((topic) => ownedPlot(owners, `${id}.${topic}`)));
    const acls = tenants.flatMap(({ id }) => [
      acl(`allow ${id} read topic ${id}. prefixed`),
      acl(`allow ${id} write topic ${id}. prefixed`),
      acl(`allow ${id} describe topic ${id}. prefixed`),
      acl(`allow ${id} read group ${id}. prefixed`),
      acl(wide ? `allow ${id} read topic *` : `allow ${id} read topic ${id}.a`),
    ]);
    let work = 0;
    const found = drain(
      foreignReachSteps({
        acls,
        lands: { topic: landOf(plots), group: landOf([]), "transactional-id": landOf([]) },
        ownerOf: (user) => ownerOfPrincipal(owners, "c1", user),
        claimOf: (_type, named) => ownerOfTopic(owners, "c1", named).set,
        superUsers: new Set(),
        onWork: (steps) => {
          work += steps;
        },
      }),
    );
    return { work, acls: acls.length, found: found.length };
  }

  it("grows with the rules: a few steps for each of 50,000, and no more than for 250", () => {
    const small = workFor(50, false);
    const large = workFor(10_000, false);
    expect([small.found, large.found, large.acls]).toEqual([0, 0, 50_000]);
    expect(large.work / large.acls).toBeLessThan(5);
    expect(large.work / large.acls).toBeLessThan((small.work / small.acls) * 1.1);
  });

  it("stays in proportion when every tenant may read everything", () => {
    const small = workFor(500, true);
    const large = workFor(2000, true);
    expect([small.found, large.found]).toEqual([500, 2000]);
    expect(large.work / large.acls).toBeLessThan((small.work / small.acls) * 1.2);
  });
});

function ownedPlot(owners: ReturnType<typeof indexOwners>, name: string): Plot {
  const { set } = ownerOfTopic(owners, "c1", name);
  if (set === null) throw new Error(`nobody owns ${name}`);
  return { name, tenants: set };
}
