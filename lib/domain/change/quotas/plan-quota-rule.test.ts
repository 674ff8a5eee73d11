import { describe, expect, it, test } from "vitest";
import type { RequestOf } from "@/lib/domain/change/request";
import { ChangeRequest } from "@/lib/domain/change/request";
import { GOLDEN_RULE, goldenCluster, goldenFacts, told } from "@/lib/domain/change/testing/quota-facts";
import type { QuotaRuleFact } from "@/lib/domain/facts";
import { MEASURE_USER } from "@/lib/domain/quota/measure-everybody";
import { rule, tenant } from "@/lib/domain/testing/cluster-fixture";

type Entity = RequestOf<"quota-rule">["entity"];

const ask = (entity: Entity, produce: number | null = 10_000): RequestOf<"quota-rule"> => ({
  kind: "quota-rule",
  clusterId: "c1",
  entity,
  values: { producer_byte_rate: produce },
});
const OWN: QuotaRuleFact = { entity: { user: "kestrel" }, values: GOLDEN_RULE };
const facts = (...more: QuotaRuleFact[]) => goldenFacts({ clusters: { c1: goldenCluster([OWN, ...more]) } });

describe("one rule on any entity", () => {
  it.each<[string, Entity, number | null, string[]]>([
    ["is set", { user: "x" }, 9, ["user x producer_byte_rate: null → 9"]],
    ["is lowered", { user: "kestrel" }, 9, ["user kestrel producer_byte_rate: 50000 → 9"]],
    ["is removed", { user: "kestrel" }, null, ["user kestrel producer_byte_rate: 50000 → null"]],
    ["that is not there is not removed", { clientId: null }, null, []],
    [
      "on a user and one of its client-ids is another rule than the user's",
      { user: "kestrel", clientId: "app" },
      50_000,
      ["user kestrel client-id app producer_byte_rate: null → 50000"],
    ],
    ["on the default for users", { user: null }, 9, ["user * producer_byte_rate: null → 9"]],
  ])("%s", (_what, entity, value, expected) => expect(told(ask(entity, value), facts()).operations).toEqual(expected));

  it("keeps two entities apart that read alike", () => {
    const alike = facts({ entity: { user: "a, client-id b" }, values: { producer_byte_rate: 5 } });
    expect(told(ask({ user: "a", clientId: "b" }, 7), alike).operations).toEqual(["user a client-id b producer_byte_rate: null → 7"]);
  });

  it.each([0, -1, 1e30, Number.NaN, "7 dayz"])("refuses %s with the field named", (value) => {
    const parsed = ChangeRequest.safeParse({ ...ask({ user: "x" }), values: { producer_byte_rate: value } });
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues[0]?.path).toContain("producer_byte_rate");
  });

  it.each<[string, Partial<RequestOf<"quota-rule">>, Parameters<typeof goldenFacts>[0], RegExp]>([
    ["of a cluster that is not there", { clusterId: "c9" }, {}, /^There is no cluster "c9"/],
    ["where rules cannot be read", {}, { clusters: { c1: { quotas: null } } }, /could not be read/],
    ["where there are none", {}, { clusters: { c1: { quotasBy: { by: null, reason: "No quotas.", wayOut: "-" } } } }, /^No quotas/],
  ])("is refused %s", (_what, given, spec, reason) => {
    const { refusals, plan } = told({ ...ask({ user: "x" }), ...given }, goldenFacts(spec));
    expect(refusals).toEqual([expect.stringMatching(reason)]);
    expect(plan.operations).toEqual([]);
  });
});

it.each<[string, number | null, boolean]>([
  ["lowered", 4, true],
  ["raised", 20, false],
  ["removed", null, false],
])("a quota of topic changes that is %s says what cannot be told of it", (_, value, isSaid) => {
  const ruled = facts({ entity: { user: "kestrel" }, values: { controller_mutation_rate: 10 } });
  const request = { ...ask({ user: "kestrel" }), values: { controller_mutation_rate: value } };
  const sentence =
    /^unseen: How many topics and partitions user kestrel creates and deletes on c1 is not published, so it cannot be said whether 4 changes\/s would hold it back\.$/;
  expect(told(request, ruled).has(sentence)).toBe(isSaid);
});

describe("the rule in force", () => {
  it.each<[string, Entity, number | null, QuotaRuleFact[], RegExp | null]>([
    [
      "a user's own wins over the defaults",
      { user: "x" },
      9,
      [rule({ user: null }, 5), rule({ clientId: null }, 6)],
      /^note: The produce quota of user x wins over default user \(5 B\/s a broker\) and default client-id \(6 B\/s a broker\)\.$/,
    ],
    [
      "a user's with a rule on one of its client-ids does not count there",
      { user: "x" },
      9,
      [rule({ user: "x", clientId: "app" }, 5)],
      /^note: The produce quota of user x does not count for user x, client-id app, which have rules/,
    ],
    [
      "a user's with a rule on any of its client-ids never applies",
      { user: "x" },
      9,
      [rule({ user: "x", clientId: null }, 5)],
      /^note: The produce quota of user x never applies: the rule on user x, default client-id wins, 5 B\/s a broker\.$/,
    ],
    [
      "a client-id's under a default for users never applies",
      { clientId: "app" },
      9,
      [rule({ user: null }, 5)],
      /^note: The produce quota of client-id app never applies: the rule on default user wins/,
    ],
    [
      "a client-id's default does not count for those with rules",
      { clientId: null },
      9,
      [rule({ clientId: "app" }, 5)],
      /^note: The produce quota of default client-id does not count for client-id app/,
    ],
    [
      "a default for users silences rules on client-ids",
      { user: null },
      9,
      [rule({ clientId: "app" }, 5)],
      /wins over client-id app \(5 B\/s a broker\), and does not count for user kestrel/,
    ],
    [
      "without a user's own the default counts",
      { user: "kestrel" },
      null,
      [rule({ user: null }, 5)],
      /^note: For user kestrel the rule on default user counts then: 5 B\/s a broker\.$/,
    ],
    ["without any nothing limits", { user: "kestrel" }, null, [], /^note: No produce quota is left for user kestrel: nothing limits it\.$/],
    ["alone says nothing of others", { user: "x" }, 9, [], null],
  ])("%s", (_what, entity, value, others, sentence) => {
    const { consequences } = told(ask(entity, value), facts(...others));
    if (sentence === null) expect(consequences.join()).not.toMatch(/wins|does not count|never applies/);
    else expect(consequences).toContainEqual(expect.stringMatching(sentence));
  });

  it("of a tenant's client-id is its user's, where it has one", () => {
    const both = tenant("kestrel", {
      topics: [{ prefix: "kestrel." }],
      principals: [{ kind: "scram", name: "kestrel" }],
      clientIds: ["app"],
    });
    const known = goldenFacts({ tenants: [both], clusters: { c1: goldenCluster([OWN, rule({ clientId: "app" }, 5)]) } });
    expect(told(ask({ clientId: "app" }), known).has(/never applies: the rule on user kestrel wins, 50 kB\/s/)).toBe(true);
    expect(told(ask({ user: "kestrel" }), known).has(/The produce quota of user kestrel wins over client-id app \(5 B\/s/)).toBe(true);
  });
});

describe("who else falls under a rule", () => {
  it.each<[string, Entity, QuotaRuleFact[], RegExp]>([
    [
      "everybody under a default",
      { user: null },
      [],
      /^throttles: Default user falls on everybody without a rule of their own: no tenant that is declared here\. 1 tenant has a narrower rule\.$/,
    ],
    [
      "the tenants of a service",
      { user: "pool-service" },
      [],
      /^throttles: user pool-service serves many tenants: 2 tenants in the pools of c1/,
    ],
    ["nobody that is declared", { user: "nobody" }, [], /^note: No tenant and no service that is declared is user nobody\.$/],
    [
      "a part of a user",
      { user: "kestrel", clientId: "app" },
      [],
      /^note: It is a part of user kestrel: its other client-ids keep their rule\.$/,
    ],
    ["nobody, on the name that measures", { user: MEASURE_USER }, [], /^note: Nobody signs in as user tenant-console-measures-everyone/],
  ])("%s", (_what, entity, others, sentence) =>
    expect(told(ask(entity), facts(...others)).consequences).toContainEqual(expect.stringMatching(sentence)),
  );

  it("are named under a default, without those that have rules of their own", () => {
    const all = goldenFacts({ tenants: ["bolt", "crow", "kestrel"].map((id) => tenant(id)), clusters: { c1: goldenCluster([OWN]) } });
    expect(
      told(ask({ user: null }), all).has(/without a rule of their own: 2 tenants, bolt and crow\. 1 tenant has a narrower rule\./),
    ).toBe(true);
  });

  it("are told once for all keys of an entity", () => {
    const { consequences } = told({ ...ask({ user: null }), values: { producer_byte_rate: 9, consumer_byte_rate: 9 } }, facts());
    expect(consequences.filter((one) => /falls on everybody/.test(one))).toHaveLength(1);
  });
});

describe("what brokers count", () => {
  it.each<[string, Entity, number | null, QuotaRuleFact[], RegExp]>([
    [
      "ends with the last rule",
      { user: "kestrel" },
      null,
      [],
      /^unseen: No produce quota is left on c1: its brokers then publish no client's rate/,
    ],
    [
      "is by client-id for whoever has no rule, once there is one on a client-id",
      { clientId: "app" },
      9,
      [],
      /^unseen: With rules of several kinds on c1, users without a produce quota of their own/,
    ],
  ])("%s", (_what, entity, value, others, sentence) => {
    expect(told(ask(entity, value), facts(...others)).consequences).toContainEqual(expect.stringMatching(sentence));
  });

  it("begins with the first rule", () => {
    const none = goldenFacts({ clusters: { c1: goldenCluster([]) } });
    expect(told(ask({ user: "x" }), none).has(/^note: The brokers of c1 begin to count every user for the produce quota/)).toBe(true);
  });
});

describe("a rule on a user that nobody is", () => {
  const known = (scramUsers: string[] | null) => {
    const base = facts();
    const cluster = base.clusters.get("c1");
    if (cluster === undefined) throw new Error("no c1");
    const snapshot = { ...cluster.snapshot, scramUsers: scramUsers?.map((name) => ({ name, mechanisms: [] })) ?? null };
    return { ...base, clusters: new Map([["c1", { ...cluster, snapshot }]]) };
  };

  it.each<[string, string, string[] | null, RegExp | null]>([
    [
      "is said to be one, where SCRAM users are known",
      "typo",
      ["kestrel"],
      /^note: No traffic of user typo is seen now, and c1 has no SCRAM user of that name/,
    ],
    ["is said to be unseen, where they are not", "typo", null, /^unseen: No traffic of user typo is seen now: the rule does nothing/],
    ["with a certificate's name is no SCRAM user's", "CN=typo", [], /^unseen: No traffic of user CN=typo/],
    ["is not one that is seen", "kestrel", [], null],
  ])("%s", (_what, user, scram, sentence) => {
    const { consequences } = told(ask({ user }), known(scram));
    if (sentence === null) expect(consequences.join()).not.toMatch(/No traffic/);
    else expect(consequences).toContainEqual(expect.stringMatching(sentence));
  });
});

test("set by hand on a tenant's user it shows as drift, and breaks a promise where it is below it", () => {
  const { has, plan } = told(ask({ user: "kestrel" }), facts());
  expect(has(/^breach: Kestrel is promised 120 kB\/s to produce and can have 30 kB\/s/)).toBe(true);
  expect(has(/^note: For the produce quota of kestrel declared is 50 kB\/s a broker .* shows as drift/)).toBe(true);
  expect(plan.operations[0]?.unit).toBe("cluster:c1");
  const low = goldenFacts({ clusters: { c1: goldenCluster([{ ...OWN, values: { ...GOLDEN_RULE, producer_byte_rate: 9 } }]) } });
  expect(told(ask({ user: "kestrel" }, 50_000), low).has(/shows as drift/)).toBe(false);
});
