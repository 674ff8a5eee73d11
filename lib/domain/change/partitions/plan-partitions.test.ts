import { describe, expect, test } from "vitest";
import type { Plan } from "@/lib/domain/change/plan";
import { planChange } from "@/lib/domain/change/plan-change";
import type { PlanClusterSpec } from "@/lib/domain/change/testing/cluster-facts";
import { planFacts, tier } from "@/lib/domain/change/testing/plan-facts";
import { detailOf, refused, said } from "@/lib/domain/change/testing/said";
import { poolTenant, tenant } from "@/lib/domain/testing/cluster-fixture";

interface Given {
  cluster?: PlanClusterSpec;
  topic?: string;
  clusterId?: string;
  bounds?: object;
  pool?: number;
  /** acme has a part in the pool as well. */
  mixed?: boolean;
}

const TOPICS = {
  "acme.a": { partitions: 12 },
  "acme.b": { partitions: 6 },
  "pool.a": { partitions: 11 },
  stray: {},
  __consumer_offsets: { partitions: 50 },
};

function plan(count: number, { cluster = {}, topic = "acme.a", clusterId = "c1", bounds, pool = 2, mixed = false }: Given = {}): Plan {
  const own = { topics: [{ prefix: "acme." }] };
  const shared = { model: "pool", stream: "shared", topics: [{ prefix: "pool." }], record: { key: true } };
  const tenants = [
    mixed ? tenant("acme", own, shared) : tenant("acme"),
    ...Array.from({ length: pool }, (_, index) => poolTenant(`p${index}`)),
  ];
  const tiers = [tier(bounds === undefined ? {} : { partitions: bounds })];
  const facts = planFacts({ tiers, tenants, clusters: { c1: { topics: TOPICS, ...cluster } } });
  return planChange({ kind: "partitions", clusterId, topic, count }, facts);
}

test("more brokers that lead a tenant's partitions split its promise anew", () => {
  const few = { topics: { "acme.a": { partitions: 2 } } };
  const sentence =
    "2 brokers lead partitions of acme on c1 now; with more of them its promise is split anew, and its quotas differ from that until they are set again.";
  expect(said(plan(3, { cluster: few }), "note")).toContain(sentence);
  expect(said(plan(24), "note").join()).not.toContain("split anew");
});

test("partitions are added last, and with a reason", () => {
  const found = plan(24);
  expect(found.title).toBe("Set acme.a to 24 partitions");
  expect(found.operations).toEqual([
    {
      target: { kind: "partitions", clusterId: "c1", topic: "acme.a" },
      before: "12",
      after: "24",
      phase: "grow",
      unit: "tenant:acme",
      note: null,
    },
  ]);
  expect(found.confirm).toEqual({ reasonRequired: true, typeName: null });
  expect(said(found, "permanent")).toEqual(["Partitions cannot be taken away again: acme.a has 24 from then on."]);
  expect(plan(12, { topic: "pool.a" }).operations[0]?.unit).toBe("topic:c1/pool.a");
});

test("as many as there are is nothing to do", () => {
  const found = plan(12);
  expect([found.operations, found.refusals]).toEqual([[], []]);
  expect(said(found, "fine")).toEqual(["Nothing changes: everything has this value already."]);
});

describe("what is refused", () => {
  test.each<[string, number, Given, string[]]>([
    ["fewer", 11, {}, ["count: acme.a has 12 partitions, and Kafka takes none away: 11 would be fewer."]],
    ["a topic that is not there", 5, { topic: "acme.gone" }, ['topic: There is no topic "acme.gone" on c1.']],
    ["a cluster that is not there", 5, { clusterId: "c9" }, ['clusterId: There is no cluster "c9".']],
    [
      "a topic of Kafka's own",
      60,
      { topic: "__consumer_offsets" },
      ["topic: __consumer_offsets is Kafka's own topic: where its records lie follows from its number of partitions."],
    ],
    [
      "where the number could not be read",
      24,
      { cluster: { partitionsRead: false, problems: [{ code: "timeout", operation: "Metadata", message: "No answer." }] } },
      ["null: How many partitions it has could not be read: No answer."],
    ],
    [
      "more of a topic than the tier allows",
      25,
      { bounds: { perTopicMax: 24 } },
      ["count: 25 partitions are asked for; Gold allows 24 a topic."],
    ],
    ["as many as the tier allows", 24, { bounds: { perTopicMax: 24 } }, []],
    [
      "more in all than the tier allows",
      25,
      { bounds: { totalMax: 30 } },
      ["count: acme would have 31 partitions in all its topics; Gold allows 30."],
    ],
    ["as many in all as the tier allows", 24, { bounds: { totalMax: 30 } }, []],
    ["what a tenant shares with others is not counted", 24, { bounds: { totalMax: 30 }, mixed: true }, []],
    ["a shared topic is no tenant's", 25, { topic: "pool.a", bounds: { perTopicMax: 24, totalMax: 24 } }, []],
    [
      "more than the instance type takes",
      412,
      { cluster: { kind: "standard", instanceType: "kafka.t3.small" } },
      [
        "count: Broker 1 of c1 goes from 82 to 482 replicas at the most; kafka.t3.small takes 300, and MSK then changes no configuration and removes no broker.",
      ],
    ],
    [
      "more than a serverless cluster takes",
      2_340,
      { cluster: { kind: "serverless", topics: { ...TOPICS, big: { partitions: 2_200 } } }, topic: "big" },
      ["count: c1 would have 2,422 partitions; a serverless cluster takes 2,400."],
    ],
    [
      "more at once than a serverless cluster creates",
      263,
      { cluster: { kind: "serverless" } },
      ["count: c1 is serverless, and creates 250 partitions in five minutes at the most."],
    ],
  ])("%s", (_, count, given, expected) => expect(refused(plan(count, given))).toEqual(expected));

  test("with how many there may be", () => {
    expect(plan(25, { bounds: { totalMax: 30 } }).refusals[0]?.wayOut).toBe("Choose 24 or fewer, or a tier that allows more.");
    expect(plan(25, { bounds: { totalMax: 10 } }).refusals[0]?.wayOut).toBe("Choose a tier that allows more.");
  });
});

describe("keys", () => {
  test.each([
    [13, "92 % of the keys go to another partition", "With 24 half of them would."],
    [24, "50 % of the keys go to another partition", null],
    [18, "67 % of the keys go to another partition", "With 24 half of them would."],
  ])("move: to %d partitions", (count, sentence, better) => {
    const found = plan(count);
    expect(said(found, "breaks").join()).toContain(sentence);
    if (better === null) expect(detailOf(found, /of the keys/)).not.toContain("half of them");
    else expect(detailOf(found, /of the keys/)).toContain(better);
  });

  test("of a compacted topic leave their old value behind", () => {
    const topics = { "acme.a": { partitions: 12, own: { "cleanup.policy": "compact" } } };
    expect(said(plan(24, { cluster: { topics } }), "breaks")).toContain(
      "acme.a is compacted: the old value of a key that moves stays in its old partition for ever, beside the new one.",
    );
    expect(said(plan(24), "breaks").join()).not.toContain("compacted");
    expect(said(plan(24, { cluster: { topics: { "acme.a": { partitions: 12, own: null } } } }), "unseen").join()).toContain(
      "Whether acme.a is compacted is not known",
    );
  });
});

describe("readers", () => {
  const groups = {
    billing: { behind: { "acme.a": 0 } },
    old: { behind: { "acme.a": 0 }, state: "Empty" },
    other: { behind: { "pool.a": 0 } },
  } as const;

  test("with members skip what comes before they see new partitions, by name", () => {
    const found = said(plan(24, { cluster: { groups } }), "breaks");
    expect(found).toContain(
      "1 group, billing, skips what is written to the new partitions before it sees them, where auto.offset.reset is latest: up to 5 minutes of it (metadata.max.age.ms).",
    );
    expect(said(plan(24), "breaks").join()).toContain("Groups skip what is written");
  });

  test("with state by partition break, and those known to are named", () => {
    const found = said(
      plan(24, { cluster: { groups: { ...groups, totals: { type: "streams", behind: { "acme.a": 0 } } } } }),
      "breaks",
    ).join();
    expect(found).toContain("such as a join with another topic of 12 partitions, gives wrong results. totals is of Kafka Streams.");
    expect(said(plan(24, { cluster: { groups } }), "breaks").join()).not.toContain("of Kafka Streams.");
  });

  test("with more members than partitions have something to read then", () => {
    const more = (members: number) => said(plan(24, { cluster: { groups, groupMembers: { billing: members } } }), "fine").join();
    expect(more(20)).toContain("billing has up to 20 members for 12 partitions: all of them have something to read then.");
    expect(more(30)).toContain("billing has up to 30 members for 12 partitions: 24 have something to read then.");
    expect(more(12)).not.toContain("members for");
  });

  test("that are not seen are said", () => {
    expect(said(plan(24, { cluster: { groups } }), "unseen").join()).toContain(
      "Who else reads them without committing to Kafka is not seen",
    );
  });

  test("in transactions go on", () => expect(said(plan(24), "note").join()).toContain("Transactions under way go on."));
});

describe("room on the brokers", () => {
  const of = (count: number, cluster: PlanClusterSpec) => {
    const found = plan(count, { cluster });
    return { room: said(found, "room"), fine: said(found, "fine"), note: said(found, "note"), unseen: said(found, "unseen") };
  };

  test.each([
    [
      "enough",
      24,
      "kafka.m7g.large",
      "fine",
      "Broker 1 of c1 goes from 82 to 94 replicas at the most; AWS recommends 1,000 or fewer on kafka.m7g.large.",
    ],
    [
      "above the recommendation",
      1_200,
      "kafka.m7g.large",
      "room",
      "Broker 1 of c1 goes from 82 to 1,270 replicas at the most: above the 1,000 that AWS recommends for kafka.m7g.large, and below its limit of 1,500.",
    ],
    [
      "enough on Express",
      24,
      "express.m7g.large",
      "fine",
      "Broker 1 of c1 goes from 82 to 94 replicas at the most; AWS recommends 1,000 or fewer on express.m7g.large.",
    ],
    [
      "of a type without a published limit",
      24,
      "kafka.unheard",
      "note",
      "Broker 1 of c1 goes from 82 to 94 replicas at the most; no limit is published for these brokers.",
    ],
  ] as const)("%s", (_, count, instanceType, kind, expected) => {
    const cluster = { kind: instanceType.startsWith("express") ? "express" : "standard", instanceType } as const;
    expect(of(count, cluster)[kind]).toContain(expected);
  });

  test("is counted by copies and brokers", () => {
    const topics = { "acme.a": { partitions: 12, replicationFactor: 2 } };
    expect(of(13, { topics, brokers: [1, 2, 3, 4] }).note.join()).toContain("goes from 6 to 7 replicas");
  });

  test("on serverless is the cluster's", () => {
    expect(of(24, { kind: "serverless" }).fine).toContain("c1 then has 94 partitions; a serverless cluster takes 2,400.");
  });

  test("is that of brokers that are alive", () => {
    const topics = { "acme.a": { partitions: 1, replicationFactor: 1 } };
    expect(of(3, { topics, deadBrokers: [1] }).note.join()).toContain("Broker 2 of c1 goes from 0 to 1 replica at the most");
  });

  test("is not known without a broker that is alive", () => {
    expect(of(24, { topics: { "acme.a": { partitions: 12 } }, deadBrokers: [1, 2, 3] }).unseen.join()).toContain(
      "none of its brokers is known to be alive",
    );
  });

  test("is not known without metadata", () => {
    const facts = planFacts({ tenants: [tenant("acme")], clusters: { c1: { topics: TOPICS, kind: "standard" } } });
    const c1 = facts.clusters.get("c1");
    if (c1 === undefined) throw new Error("no cluster");
    const clusters = new Map([["c1", { ...c1, snapshot: { ...c1.snapshot, metadata: null } }]]);
    const found = planChange({ kind: "partitions", clusterId: "c1", topic: "acme.a", count: 24 }, { ...facts, clusters });
    expect(said(found, "unseen")).toContain(
      "Whether the brokers of c1 have room for more partitions is not known: its partitions have not been read yet.",
    );
    expect(found.operations).toHaveLength(1);
  });
});

describe("a partition for each tenant", () => {
  const says = (count: number, pool: number) =>
    said(plan(count, { topic: "pool.a", pool }), "note").some((sentence) => sentence.includes("does not isolate them"));

  test.each([
    ["as many as tenants", 20, 20, true],
    ["nearly as many", 21, 20, true],
    ["one more, as tenants became one more", 30, 12, true],
    ["a number of its own", 48, 20, false],
    ["few tenants, by chance", 12, 3, false],
  ])("%s", (_, count, pool, expected) => expect(says(count, pool)).toBe(expected));

  test("everybody in a shared topic is named", () => {
    expect(said(plan(24, { topic: "pool.a" }), "note")).toContain("pool.a touches 2 tenants: p0 and p1.");
    expect(said(plan(24, { topic: "stray" }), "note")).toContain(
      "stray belongs to no tenant that is known here; whoever uses it is touched.",
    );
  });
});
