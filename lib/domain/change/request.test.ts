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
