import { describe, expect, test } from "vitest";
import { ChangeRequest } from "./request";

const scope = { tenantIds: ["acme"] };

function problems(given: object): string[] {
  const parsed = ChangeRequest.safeParse(given);
  return parsed.success ? [] : [...new Set(parsed.error.issues.map(({ path }) => path.join(".")))];
}

describe("bad input names its field", () => {
  const bad = [0, -1, 1e30, Number.NaN, Number.POSITIVE_INFINITY, 1.5, "7 dayz", "", "-3 days", "never", [], {}];
  test.each(bad.map((value) => [value]))("a retention of %j", (value) => {
    expect(problems({ kind: "retention", scope, retentionMs: value })).toEqual(["retentionMs"]);
    expect(problems({ kind: "retention", scope, retentionBytes: value })).toEqual(["retentionBytes"]);
  });
  test.each([...bad, "unlimited", 2_147_483_648, "3 GB"].map((value) => [value]))("a message size of %j", (value) => {
    expect(problems({ kind: "message-size", scope, maxMessageBytes: value })).toEqual(["maxMessageBytes"]);
  });
  test.each([0, -1, 1e30, Number.NaN, 1.5, "24", null].map((value) => [value]))("%j partitions", (value) => {
    expect(problems({ kind: "partitions", clusterId: "c1", topic: "acme.a", count: value })).toEqual(["count"]);
  });
  const badRates = [0, -1, 1e30, Number.NaN, Number.POSITIVE_INFINITY, "7 dayz", "20 MB", "0 B/s", "", [], {}];
  test.each(badRates.map((value) => [value]))("a rate of %j", (value) => {
    for (const field of ["produceBytesPerSecond", "consumeBytesPerSecond"]) {
      expect(problems({ kind: "quota", scope, [field]: value })).toEqual([field]);
      expect(problems({ kind: "brake", tenantId: "acme", minutes: 30, [field]: value })).toEqual([field]);
    }
    const rule = { kind: "quota-rule", clusterId: "c1", entity: { user: "acme" } };
    for (const key of ["producer_byte_rate", "consumer_byte_rate"]) {
      expect(problems({ ...rule, values: { [key]: value } })).toEqual([`values.${key}`]);
    }
  });
  test.each([0, -1, 1e30, Number.NaN, Number.POSITIVE_INFINITY, "7 dayz", "", [], {}].map((value) => [value]))(
    "a percentage or a rate of mutations of %j",
    (value) => {
      expect(problems({ kind: "quota", scope, requestPercent: value })).toEqual(["requestPercent"]);
      for (const key of ["request_percentage", "controller_mutation_rate"]) {
        expect(problems({ kind: "quota-rule", clusterId: "c1", entity: { user: "acme" }, values: { [key]: value } })).toEqual([
          `values.${key}`,
        ]);
      }
    },
  );
  test.each([0, -1, 1e30, Number.NaN, 1.5, 1_441, "7 dayz", null].map((value) => [value]))("a brake of %j minutes", (value) => {
    expect(problems({ kind: "brake", tenantId: "acme", produceBytesPerSecond: 1, minutes: value })).toEqual(["minutes"]);
  });
  test.each([-1, 1e30, Number.NaN, "7 dayz", "", [], {}].map((value) => [value]))("what a tier declares as %j", (value) => {
    const tier = { id: "gold", name: "Gold", model: "bridge" };
    expect(problems({ kind: "tier-definition", tier: { ...tier, produceBytesPerSecond: value } })).toEqual(["tier.produceBytesPerSecond"]);
    expect(problems({ kind: "tier-definition", tier: { ...tier, retentionMs: { default: value } } })).toEqual(["tier.retentionMs.default"]);
    expect(problems({ kind: "tier-definition", tier: { ...tier, maxMessageBytes: { max: value } } })).toEqual(["tier.maxMessageBytes.max"]);
  });
  test.each([
    ["no part at all", {}, "entity"],
    ["an empty user", { user: "" }, "entity.user"],
    ["an address", { user: "acme", ip: "10.0.0.1" }, "entity"],
    ["a name that is too long", { clientId: "a".repeat(513) }, "entity.clientId"],
    ["the reserved name of the default, which is given as null", { user: "<default>" }, "entity.user"],
  ])("a rule on %s", (_, entity, field) => {
    expect(problems({ kind: "quota-rule", clusterId: "c1", entity, values: { producer_byte_rate: 1 } })).toEqual([field]);
  });
  test.each([{ user: null }, { clientId: null }, { user: null, clientId: null }, { user: "acme", clientId: null }])(
    "the default entity %j is one",
    (entity) => expect(problems({ kind: "quota-rule", clusterId: "c1", entity, values: { producer_byte_rate: 1 } })).toEqual([]),
  );
  test.each([
    ["no value at all", { kind: "retention", scope }],
    ["a name that is too long", { kind: "partitions", clusterId: "c1", topic: "a".repeat(250), count: 3 }],
    ["no topics", { kind: "retention", scope: { topics: [] }, retentionMs: 1000 }],
    ["an end that is no time", { kind: "retention", scope, retentionMs: 1000, until: "tomorrow" }],
  ])("%s", (_, given) => expect(problems(given).length).toBeGreaterThan(0));
});

test.each([
  ["days", { retentionMs: "7 days" }, { retentionMs: 604_800_000 }],
  ["no end", { retentionMs: "unlimited" }, { retentionMs: "unlimited" }],
  ["what is declared", { retentionMs: "tier" }, { retentionMs: "tier" }],
  ["no value of its own", { retentionBytes: null }, { retentionBytes: null }],
  ["a size", { retentionBytes: "1.5 GB" }, { retentionBytes: 1_500_000_000 }],
])("a retention in words: %s", (_, given, expected) => {
  expect(ChangeRequest.parse({ kind: "retention", scope, ...given })).toEqual({ kind: "retention", scope, ...expected });
});

test("names of the greatest length are names", () => {
  expect(problems({ kind: "partitions", clusterId: "c1", topic: "a".repeat(249), count: 3 })).toEqual([]);
});
