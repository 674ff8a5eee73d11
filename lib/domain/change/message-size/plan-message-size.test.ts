import { describe, expect, test } from "vitest";
import type { Plan, SizeChain } from "@/lib/domain/change/plan";
import { planChange } from "@/lib/domain/change/plan-change";
import type { ChangeRequest } from "@/lib/domain/change/request";
import type { PlanClusterSpec } from "@/lib/domain/change/testing/cluster-facts";
import { planFacts, tier } from "@/lib/domain/change/testing/plan-facts";
import { detailOf, left, refused, said, written } from "@/lib/domain/change/testing/said";
import { measured, type Observed, unavailable } from "@/lib/domain/observed";
import { AT, poolTenant, tenant } from "@/lib/domain/testing/cluster-fixture";

type MessageSize = Extract<ChangeRequest, { kind: "message-size" }>;

const MB = 1_000_000;
const GOLD = tier({ maxMessageBytes: { default: 2 * MB, max: 60 * MB } });
const BROKER = { "message.max.bytes": "1048588", "replica.fetch.max.bytes": "1048576" };
const SERVICES = [
  { cluster: "c1", principal: { kind: "scram", name: "writer" }, role: "service" },
  { cluster: "c1", principal: { kind: "scram", name: "console" }, role: "ours" },
] as const;

interface Given {
  own?: string;
  largest?: Record<string, Observed<number>>;
  cluster?: PlanClusterSpec;
  scope?: MessageSize["scope"];
  overrides?: object[];
}

const topic = (...names: string[]) => ({ topics: names.map((name) => ({ clusterId: "c1", topic: name })) });

function plan(
  maxMessageBytes: MessageSize["maxMessageBytes"],
  { own = String(4 * MB), largest = {}, cluster = {}, scope, overrides }: Given = {},
): Plan {
  const elsewhere = { cluster: "c2", principals: [{ kind: "scram", name: "acme-elsewhere" }] };
  const here = { topics: [{ prefix: "acme." }], principals: [{ kind: "scram", name: "acme" }] };
  const acme = { ...tenant("acme", here, elsewhere), ...(overrides === undefined ? {} : { overrides }) } as ReturnType<typeof tenant>;
  const facts = planFacts({
    tiers: [GOLD],
    tenants: [acme, poolTenant("p1"), poolTenant("p2")],
    services: [...SERVICES],
    clusters: {
      c1: {
        topics: { "acme.a": { own: { "max.message.bytes": own } }, "acme.b": { own: { "max.message.bytes": own } }, "pool.a": {} },
        groups: { billing: { behind: { "acme.a": 0 } }, search: { behind: { "acme.b": 0 } }, other: { behind: { "pool.a": 0 } } },
        brokerConfigs: BROKER,
        ...cluster,
      },
    },
    largestRecords: new Map(Object.entries(largest).map(([name, size]) => [`c1 ${name}`, size])),
  });
  return planChange({ kind: "message-size", scope: scope ?? { tenantIds: ["acme"] }, maxMessageBytes }, facts);
}

const seen = (bytes: number) => measured(bytes, AT);

describe("a smaller limit", () => {
  test("refuses records as large as were seen, and says whose", () => {
    const found = plan(3 * MB, { largest: { "acme.a": { ...seen(3_500_000), note: "of 200 records." }, "acme.b": seen(1000) } });
    expect(written(found)).toContain("tighten acme.a max.message.bytes 4000000 → 3000000");
    expect(said(found, "breaks")).toEqual([
      "acme.a has records of up to 3.5 MB: with 3 MB they would have been refused, and the producer gets RecordTooLargeException.",
    ]);
    const detail = detailOf(found, /acme.a has records/);
    expect(detail).toContain("Declared to write here: acme.");
    expect(detail).toContain("Seen in a sample: of 200 records.");
    expect(detail).toContain("a record cannot be split");
    expect(found.confirm).toEqual({ reasonRequired: true, typeName: null });
    expect(said(found, "fine")).toContain("The largest record seen of acme.b is 1 kB: it fits.");
  });

  test.each([
    ["fits as it is", 3 * MB - 80, []],
    ["does not fit with what a batch takes beside it", 3 * MB - 79, ["acme.a"]],
  ])("a record that %s", (_, bytes, expected) => {
    const found = plan(3 * MB, { scope: topic("acme.a"), largest: { "acme.a": seen(bytes) } });
    expect(said(found, "breaks").map((sentence) => sentence.split(" ")[0])).toEqual(expected);
  });

  test("without a sample is not guessed at, and what would change that is said", () => {
    const largest = { "acme.a": unavailable("Reading records is not allowed.", "Allow Read on the topic.", AT), "acme.b": seen(5) };
    const found = plan(3 * MB, { largest });
    expect(said(found, "unseen")).toEqual([
      "Whether records of acme.a are larger than the new limit is not known; if any are, their producers are refused.",
    ]);
    expect(detailOf(found, /Whether records/)).toContain("Reading records is not allowed. Allow Read on the topic.");
  });

  test("that nobody looked at says so", () => {
    expect(detailOf(plan(3 * MB), /Whether records of 2 topics/)).toContain("No records of the topic were looked at.");
  });

  test("of a shared topic names the services that write there", () => {
    const found = plan(1000, { scope: topic("pool.a"), largest: { "pool.a": seen(5000) } });
    expect(detailOf(found, /pool.a has records/)).toContain("Declared to write here: writer.");
    expect(said(found, "note")).toContain("pool.a touches 2 tenants: p1 and p2.");
    expect(said(found, "breach")).toEqual(["2 tenants of pool.a are promised more message size than 1 kB: p1 and p2."]);
  });

  test("for many topics is told ten by ten", () => {
    const names = Array.from({ length: 12 }, (_, index) => `acme.${String(index).padStart(2, "0")}`);
    const topics = Object.fromEntries(names.map((name) => [name, { own: { "max.message.bytes": "4000000" } }]));
    const found = plan(3 * MB, { cluster: { topics }, largest: Object.fromEntries(names.map((name) => [name, seen(3_500_000)])) });
    expect(said(found, "breaks")).toHaveLength(11);
    expect(said(found, "breaks").at(-1)).toBe("2 more topics have records that would have been refused: acme.10 and acme.11.");
  });
});

describe("a larger limit", () => {
  test("says what producers, brokers and each group must set", () => {
    const found = plan(8 * MB);
    expect(written(found)).toContain("loosen acme.a max.message.bytes 4000000 → 8000000");
    expect(said(found, "breaks")).toEqual([]);
    expect(said(found, "note")).toEqual(
      expect.arrayContaining([
        "Producers need max.request.size of at least 8 MB to send records of the new size; what they have set is not seen from here.",
        "Brokers of c1 copy 1,048,576 B of a partition at a time (replica.fetch.max.bytes): a larger batch is still copied, one in each answer, so followers of these topics may fall behind.",
        "2 groups, billing and search, need max.partition.fetch.bytes of at least 8 MB to read at full speed; what is set is not seen from here.",
      ]),
    );
    expect(said(found, "fine")).toContain(
      "The brokers' message.max.bytes of 1,048,588 B does not stand in the way: 2 topics have their own value.",
    );
  });

  test("above what a consumer fetches in all needs that as well", () => {
    expect(said(plan(55 * MB), "note").join()).toContain(
      "max.partition.fetch.bytes of at least 55 MB and fetch.max.bytes of at least 55 MB",
    );
    expect(said(plan(50 * MB), "note").join()).not.toContain("and fetch.max.bytes");
  });

  test("within the clients' defaults asks for nothing", () => {
    const notes = said(plan(1_000_000, { own: "500000" }), "note").join();
    expect(notes).toContain("Producers need no more than their default max.request.size");
    expect([notes.includes("max.partition.fetch.bytes"), notes.includes("replica.fetch.max.bytes")]).toEqual([false, false]);
  });

  test("names one group, or nobody where no group is known", () => {
    expect(said(plan(8 * MB, { scope: topic("acme.a") }), "note").join()).toContain("1 group, billing, needs max.partition.fetch.bytes");
    expect(said(plan(8 * MB, { cluster: { groups: {} } }), "note").join()).toContain("Whoever reads needs max.partition.fetch.bytes");
  });

  test("with replica.fetch.max.bytes unread is said to be so, and with a large one needs nothing", () => {
    expect(said(plan(8 * MB, { cluster: { brokerConfigs: {} } }), "unseen")).toEqual([
      "How much the brokers of c1 copy at a time (replica.fetch.max.bytes) was not read; batches above it are still copied, one in each answer.",
    ]);
    const found = plan(8 * MB, { cluster: { brokerConfigs: { "replica.fetch.max.bytes": "8000000" } } });
    expect(found.consequences.some(({ sentence }) => sentence.includes("replica.fetch.max.bytes"))).toBe(false);
  });

  test("above what brokers take as a request never arrives", () => {
    const cluster = { brokerConfigs: { ...BROKER, "socket.request.max.bytes": "6000000" } };
    expect(said(plan(8 * MB, { cluster }), "breaks")).toEqual([
      "The brokers of c1 refuse requests above 6 MB (socket.request.max.bytes), whatever a topic admits.",
    ]);
    expect(said(plan(5 * MB, { cluster }), "breaks")).toEqual([]);
    expect(said(plan(200 * MB, { scope: topic("pool.a") }), "breaks")).toEqual([
      "The brokers of c1 refuse requests above 104,857,600 B (socket.request.max.bytes), whatever a topic admits.",
    ]);
  });
});

describe("bounds", () => {
  test.each<[string, MessageSize["maxMessageBytes"], Given, string[]]>([
    ["of the tier", 61 * MB, {}, ["maxMessageBytes: Message size 61 MB is asked for; Gold allows 60 MB at the most."]],
    ["of the tier, reached", 60 * MB, {}, []],
    [
      "of a serverless cluster",
      9 * MB,
      { cluster: { kind: "serverless" } },
      ["maxMessageBytes: c1 is serverless, and takes no batch above 8,388,608 B."],
    ],
    ["of a serverless cluster, reached", 8_388_608, { cluster: { kind: "serverless" } }, []],
    ["of no other cluster", 9 * MB, { cluster: { kind: "express" } }, []],
  ])("%s", (_, bytes, given, expected) => expect(refused(plan(bytes, given))).toEqual(expected));
});

describe("what is declared", () => {
  const declares = (found: Plan) =>
    found.operations.filter(({ target }) => target.kind === "override").map(({ before, after }) => [before !== null, after !== null]);

  test("goes with a value that is not the tier's, and ends with one that is", () => {
    const overrides = [{ setting: "maxMessageBytes", value: 4 * MB, reason: "r", author: "x", at: AT }];
    expect(declares(plan(3 * MB))).toEqual([[false, true]]);
    expect(declares(plan(2 * MB))).toEqual([]);
    expect(declares(plan(2 * MB, { overrides }))).toEqual([[true, false]]);
    expect(written(plan("tier", { overrides }))).toEqual([]);
    expect(written(plan("tier"))).toEqual([
      "tighten acme.a max.message.bytes 4000000 → 2000000",
      "tighten acme.b max.message.bytes 4000000 → 2000000",
    ]);
  });

  test("is left to the brokers where the own value is taken away", () => {
    const found = plan(null, { scope: topic("acme.a") });
    expect(written(found)).toContain("tighten acme.a max.message.bytes 4000000 → null");
    expect(said(found, "note")).toContain(
      "On acme.a the brokers' message size then counts, 1,048,588 B now, and follows when that is changed.",
    );
  });

  test("a tenant's shared topic is left out, with where to change it", () => {
    const found = plan(MB, { scope: { tenantIds: ["p1"] } });
    expect(left(found)[0]).toContain("They are changed on the topic's page.");
    expect(found.operations).toEqual([]);
  });
});

describe("the chain", () => {
  const chain = (found: Plan) => found.picture as SizeChain;
  const fits = (found: Plan) => chain(found).steps.map(({ key, bytes, fits: fit }) => [key, bytes, fit]);

  test("shows every limit on the way", () => {
    const found = plan(8 * MB, { largest: { "acme.a": seen(3000), "acme.b": seen(500) } });
    expect(fits(found)).toEqual([
      ["max.request.size", 1_048_576, null],
      ["max.message.bytes", 8 * MB, true],
      ["message.max.bytes", 1_048_588, true],
      ["replica.fetch.max.bytes", 1_048_576, false],
      ["max.partition.fetch.bytes", 1_048_576, null],
      ["fetch.max.bytes", 52_428_800, null],
    ]);
    expect(chain(found)).toMatchObject({
      largestRecordBytes: { source: "measured", value: 3000 },
      marks: [
        { label: "Gold default", value: 2 * MB },
        { label: "Gold bound", value: 60 * MB },
      ],
    });
  });

  test("is no more certain than what was read", () => {
    const found = plan(8 * MB, { cluster: { brokerConfigs: {} }, largest: { "acme.a": seen(3000) } });
    expect(fits(found)[3]).toEqual(["replica.fetch.max.bytes", null, null]);
    expect(chain(found).largestRecordBytes).toMatchObject({ value: 3000, atLeast: true });
    expect(chain(plan(8 * MB)).largestRecordBytes).toMatchObject({ source: "unavailable" });
  });
});
