import { describe, expect, it, test } from "vitest";
import type { QuotaBasis } from "@/lib/domain/declared/declared-quotas";
import type { QuotaRuleFact } from "@/lib/domain/facts";
import { Override } from "@/lib/domain/override";
import type { Tenant } from "@/lib/domain/tenant";
import { AT, cluster, GOLD, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import { Tier } from "@/lib/domain/tier";
import { driftOf } from "./drift-of";

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
const DAY = 86_400_000;

const TIER = Tier.parse({
  ...GOLD,
  produceBytesPerSecond: 120_000,
  consumeBytesPerSecond: 240_000,
  retentionMs: { default: 2 * DAY },
  maxMessageBytes: { default: 1_000_000 },
});
const RIGHT = rule({ user: "acme" }, 50_000, 100_000);

const entry = (name: string, value: string | null) => ({
  name,
  value,
  source: "topic" as const,
  readOnly: false,
  sensitive: false,
  synonyms: [],
});

function snapshot(quotas: QuotaRuleFact[] | null, configs: Record<string, string | null> = {}) {
  const entries = Object.entries({ "retention.ms": String(2 * DAY), "max.message.bytes": "1000000", ...configs });
  const seen = cluster({ topics: ["acme.orders", "pool.clicks"], quotas });
  return { ...seen, configs: new Map([["acme.orders", { at: AT, entries: entries.map(([name, value]) => entry(name, value)) }]]) };
}

function basis(one: Tenant = tenant("acme"), tier: Tier = TIER): QuotaBasis {
  const own = { clusterId: "c1", topic: "acme.orders", owner: { kind: "tenant" as const, tenantId: "acme", by: "prefix" as const } };
  const shared = { clusterId: "c1", topic: "pool.clicks", owner: { kind: "shared" as const, tenantCount: 2, tenantIds: [] } };
  return { tenant: one, tier, topics: [own, shared] };
}

const override = (given: object) => Override.parse({ reason: "r", author: "ada", at: AT, ...given });
const withOverrides = (...overrides: object[]): Tenant => ({ ...tenant("acme"), overrides: overrides.map(override) });

describe("a tenant as its tier declares it", () => {
  it("has no drift", () => expect(driftOf(basis(), snapshot([RIGHT]), AT)).toEqual([]));
  it("has none elsewhere", () => expect(driftOf(basis(), { ...snapshot([]), clusterId: "c2" }, AT)).toEqual([]));
  it("has none in what could not be read", () => {
    const unread = { ...snapshot(null), configs: new Map() };
    expect(driftOf(basis(), unread, AT)).toEqual([]);
    expect(driftOf(basis(), { ...snapshot([]), metadata: null }, AT)).toEqual([]);
  });
});

test.each<[string, QuotaRuleFact[], [string, string, string | null, string | null][], RegExp]>([
  [
    "another value",
    [rule({ user: "acme" }, 20_000, 100_000)],
    [["quota", "producer_byte_rate", "50000", "20000"]],
    /user acme has a produce quota of 20 kB\/s a broker; declared is 50 kB\/s a broker \(Gold: 120 kB\/s × 1.25 \/ 3 brokers = 50 kB\/s a broker\)\.$/,
  ],
  [
    "a missing key",
    [{ entity: { user: "acme" }, values: { producer_byte_rate: 50_000 } }],
    [["quota", "consumer_byte_rate", "100000", null]],
    /user acme has no consume quota/,
  ],
  [
    "another number of brokers",
    [rule({ user: "acme" }, 75_000, 100_000)],
    [["quota", "producer_byte_rate", "50000", "75000"]],
    /It is right for 2 leading brokers, and 3 lead its partitions now\.$/,
  ],
  [
    "no rule at all",
    [rule({ user: "bolt" }, 1)],
    [
      ["quota", "producer_byte_rate", "50000", null],
      ["quota", "consumer_byte_rate", "100000", null],
    ],
    /has no produce quota/,
  ],
  [
    "a key that nothing declares",
    [{ ...RIGHT, values: { ...RIGHT.values, request_percentage: 40 } }],
    [["extra", "request_percentage", null, "40"]],
    /request quota of 40 % of a thread a broker, which neither/,
  ],
])("%s is drift", (_what, quotas, expected, sentence) => {
  const items = driftOf(basis(), snapshot(quotas), AT);
  expect(items.map(({ kind, name, declared, live }) => [kind, name, declared, live])).toEqual(expected);
  expect(plain(items[0]?.sentence ?? "")).toMatch(sentence);
  expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
});

test.each<[string, QuotaRuleFact]>([
  ["a rule so high that it limits nobody", { ...RIGHT, values: { ...RIGHT.values, request_percentage: 1e6 } }],
  ["a key that neither tiers nor overrides declare", { ...RIGHT, values: { ...RIGHT.values, controller_mutation_rate: 5 } }],
])("%s is none", (_what, one) => expect(driftOf(basis(), snapshot([one]), AT)).toEqual([]));

test.each<[string, Record<string, string | null>, [string, string, string | null, string | null][]]>([
  ["retention time", { "retention.ms": String(14 * DAY) }, [["retention", "retention.ms", "172800000", "1209600000"]]],
  ["message size", { "max.message.bytes": "9" }, [["message-size", "max.message.bytes", "1000000", "9"]]],
  ["nothing for retention size, which the tier does not declare", { "retention.bytes": "7" }, []],
  ["nothing for the time of a topic that is only compacted", { "retention.ms": "9", "cleanup.policy": "compact" }, []],
  [
    "time of a topic that is compacted and deleted",
    { "retention.ms": "9", "cleanup.policy": "compact,delete" },
    [["retention", "retention.ms", "172800000", "9"]],
  ],
  ["nothing for a value that was not told", { "retention.ms": null }, []],
])("of a topic's values: %s", (_what, configs, expected) => {
  const items = driftOf(basis(), snapshot([RIGHT], configs), AT);
  expect(items.map(({ kind, name, declared, live }) => [kind, name, declared, live])).toEqual(expected);
});

describe("overrides", () => {
  it("are what live values are compared with", () => {
    const one = withOverrides(
      { setting: "retentionMs", value: 14 * DAY },
      { setting: "retentionBytes", value: "unlimited" },
      { setting: "produceQuotaBytesPerSecond", value: 9 },
    );
    const live = { "retention.ms": String(14 * DAY), "retention.bytes": "-1" };
    expect(driftOf(basis(one), snapshot([rule({ user: "acme" }, 9, 100_000)], live), AT)).toEqual([]);
    expect(driftOf(basis(one), snapshot([RIGHT]), AT).map(({ source }) => plain(source))).toEqual([
      "override by ada: 9 B/s a broker",
      "override by ada",
    ]);
  });

  it("without a value let the cluster have what it has", () => {
    const one = withOverrides({ setting: "retentionMs", value: null }, { setting: "produceBytesPerSecond", value: null });
    expect(driftOf(basis(one), snapshot([rule({ user: "acme" }, 3, 100_000)], { "retention.ms": "5" }), AT)).toEqual([]);
  });

  it("that are over are told once, with what they declared", () => {
    const two = tenant("acme", {}, { cluster: "c2", topics: [{ prefix: "acme." }] });
    const over = { ...two, overrides: [override({ setting: "produceBytesPerSecond", value: 60_000, until: AT })] };
    const [item, ...more] = driftOf(basis(over), snapshot(null), AT);
    expect(more).toEqual([]);
    expect(item).toMatchObject({ kind: "override-over", clusterId: "c1", declared: null, live: "60000" });
    expect(plain(item?.sentence ?? "")).toBe(
      "The override of its produce rate in total by ada, 60 kB/s, ended at 2026-11-23 10:00 UTC; its tier counts again.",
    );
    expect(driftOf(basis(over), { ...snapshot(null), clusterId: "c2" }, AT)).toEqual([]);
    const before = new Date(Date.parse(AT) - 1).toISOString();
    expect(driftOf(basis(over), snapshot(null), before)).toEqual([]);
  });
});

describe("a rule under a brake", () => {
  const target = { kind: "quota" as const, clusterId: "c1", entity: { user: "acme" }, key: "producer_byte_rate" as const };
  const operation = { target, before: "50000", after: "20000", phase: "tighten" as const, unit: "tenant:acme", note: null };
  const brake = { changeId: 7, tenantId: "acme", until: AT, by: "ada", reason: null, operations: [operation] };
  const found = (produce: number) => driftOf(basis(), snapshot([rule({ user: "acme" }, produce, 100_000)]), AT, brake);

  it("has no drift while it is what the brake set", () => expect(found(20_000)).toEqual([]));
  it("has drift when somebody set it otherwise", () => expect(found(30_000)).toMatchObject([{ live: "30000" }]));
});
