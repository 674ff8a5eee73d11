import { describe, expect, it } from "vitest";
import { formatPath } from "@/lib/domain/issues";
import type { Registry } from "@/lib/domain/registry";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import { checkRegistry, type DeclaredRegistry } from "./check-registry";

const NOTHING: Registry = { version: 0, tiers: [], tenants: [], services: [] };
const gold = Tier.parse({ id: "gold", name: "Gold", model: "bridge" });
const tenant = (id: string, ...placements: object[]) =>
  Tenant.parse({ id, name: id, tier: "gold", placements: placements.map((one) => ({ cluster: "c1", model: "bridge", ...one })) });
const prefixed = (id: string, prefix: string, more: object = {}) => tenant(id, { topics: [{ prefix }], ...more });
const pool = (id: string, topic: string) => tenant(id, { model: "pool", topics: [{ name: topic }], record: { header: "tenant" } });
const principal = (name: string) => ({ kind: "scram", name });

function check(
  file: Partial<DeclaredRegistry>,
  existing = NOTHING,
  clusterIds: ReadonlySet<string> | null = new Set(["c1", "c2"]),
): string[] {
  const issues = checkRegistry({ file: { tiers: [gold], tenants: [], services: [], ...file }, existing, clusterIds, issuesMax: 200 });
  return issues.map(({ path, message }) => `${formatPath(path)}: ${message}`);
}

describe("a file that can be taken over", () => {
  it.each<[string, Tenant[]]>([
    ["prefixes that only look alike", [prefixed("tenant1", "tenant1."), prefixed("tenant10", "tenant10.")]],
    ["a pool whose tenants share topics", [pool("a", "pool.orders"), pool("b", "pool.orders")]],
    ["one tenant with nested prefixes", [tenant("a", { topics: [{ prefix: "a." }, { prefix: "a.b." }] })]],
    ["an exact name inside another's prefix", [prefixed("a", "a."), tenant("b", { topics: [{ name: "a.special" }] })]],
    ["the same prefix on two clusters", [prefixed("a", "x."), tenant("b", { cluster: "c2", topics: [{ prefix: "x." }] })]],
    ["two streams on one cluster", [tenant("a", { stream: "one", share: 0.5 }, { stream: "two", share: 0.5 })]],
  ])("%s", (_what, tenants) => expect(check({ tenants })).toEqual([]));

  it("may refer to a tier imported before", () => {
    expect(check({ tiers: [], tenants: [tenant("a")] }, { ...NOTHING, tiers: [gold] })).toEqual([]);
  });

  it("may move a prefix from one tenant to another in one file", () => {
    const existing = { ...NOTHING, tenants: [prefixed("a", "x.")] };
    expect(check({ tenants: [prefixed("a", "a."), prefixed("b", "x.")] }, existing)).toEqual([]);
  });
});

describe("an archived tier", () => {
  const archived = Tier.parse({ ...gold, archived: true });
  const silver = Tier.parse({ id: "silver", name: "Silver", model: "bridge" });
  const onSilver = { ...tenant("a"), tier: "silver" };

  it("keeps its tenants, and takes those that come with it", () => {
    expect(check({ tiers: [archived], tenants: [tenant("a")] }, { ...NOTHING, tiers: [gold], tenants: [tenant("a")] })).toEqual([]);
    expect(check({ tiers: [archived], tenants: [tenant("a")] })).toEqual([]);
  });

  it.each<[string, Partial<DeclaredRegistry>, Registry]>([
    ["a new one", { tiers: [], tenants: [tenant("a")] }, { ...NOTHING, tiers: [archived] }],
    ["one of another tier", { tiers: [], tenants: [tenant("a")] }, { ...NOTHING, tiers: [archived, silver], tenants: [onSilver] }],
    ["one in the file that archives it", { tiers: [archived], tenants: [tenant("a")] }, { ...NOTHING, tiers: [gold] }],
  ])("takes no other tenant: %s", (_what, file, existing) => {
    expect(check(file, existing)).toEqual(['tenants[0].tier: the tier "gold" is archived: no tenant can be put on it']);
  });

  it("takes tenants again once a file has brought it back", () => {
    expect(check({ tiers: [gold], tenants: [tenant("a")] }, { ...NOTHING, tiers: [archived] })).toEqual([]);
  });
});

describe("an override of one cluster", () => {
  const about = { setting: "retentionMs", value: 1_000, reason: "r", author: "ada", at: "2026-06-01T09:00:00Z" };
  const on = (cluster: string, ...more: string[]) =>
    Tenant.parse({ ...tenant("a", {}), overrides: [cluster, ...more].map((one) => ({ ...about, on: { cluster: one } })) });
  const without = Tenant.parse({ ...tenant("a"), placements: [{ cluster: "c2", model: "bridge" }] });

  it("is for a cluster where the tenant is placed", () => {
    expect(check({ tenants: [on("c1")] })).toEqual([]);
    expect(check({ tenants: [on("c1", "c2")] })).toEqual(['tenants[0].overrides[1].on.cluster: the tenant has no placement on "c2"']);
  });

  it("that is declared already stands against moving the tenant away, unless the file gives the overrides anew", () => {
    const existing = { ...NOTHING, tiers: [gold], tenants: [on("c1")] };
    expect(check({ tenants: [without] }, existing)).toEqual([expect.stringMatching(/^tenants\[0\]\.placements: .*retentionMs on "c1"/)]);
    expect(check({ tenants: [{ ...without, overrides: [] }] }, existing)).toEqual([]);
    expect(check({ tenants: [tenant("a", {})] }, existing)).toEqual([]);
  });
});

describe("a file that is refused, with the place", () => {
  it.each<[string, Partial<DeclaredRegistry>, RegExp]>([
    ["a tenant given twice", { tenants: [tenant("a"), tenant("a")] }, /^tenants\[1\]\.id: .*twice.*tenants\[0\]/],
    ["a tier given twice", { tiers: [gold, gold] }, /^tiers\[1\]\.id: .*twice/],
    ["an unknown tier", { tiers: [], tenants: [tenant("a")] }, /^tenants\[0\]\.tier: there is no tier "gold"/],
    ["an unknown cluster", { tenants: [tenant("a", { cluster: "c9" })] }, /^tenants\[0\]\.placements\[0\]\.cluster: .*"c9".*c1, c2/],
    ["a prefix without delimiter", { tenants: [prefixed("a", "tenant1")] }, /topics\[0\]\.prefix: "tenant1" must end in a delimiter/],
    [
      "a prefix inside another's",
      { tenants: [prefixed("a", "a."), prefixed("b", "a.b.")] },
      /^tenants\[1\].*prefix: "a\.b\." overlaps with "a\." of the tenant "a"/,
    ],
    [
      "the same prefix twice",
      { tenants: [prefixed("a", "x."), prefixed("b", "x.")] },
      /^tenants\[1\].*"x\." is also claimed by the tenant "a"/,
    ],
    [
      "a name two tenants own",
      { tenants: [tenant("a", { topics: [{ name: "t" }] }), tenant("b", { topics: [{ name: "t" }] })] },
      /topics\[0\]\.name: "t" is also claimed/,
    ],
    ["a pool topic somebody owns", { tenants: [pool("a", "p"), tenant("b", { topics: [{ name: "p" }] })] }, /"p" is also claimed/],
    [
      "overlapping group prefixes",
      { tenants: [tenant("a", { groups: [{ prefix: "g-" }] }), tenant("b", { groups: [{ prefix: "g-x-" }] })] },
      /groups\[0\]\.prefix/,
    ],
    ["a pool without record", { tenants: [tenant("a", { model: "pool" })] }, /placements\[0\]\.record: /],
    [
      "placement shares above the whole",
      { tenants: [tenant("a", { stream: "x", share: 0.7 }, { stream: "y", share: 0.7 })] },
      /placements: .*1\.4/,
    ],
    [
      "principal shares above the whole",
      {
        tenants: [
          tenant("a", {
            principals: [
              { ...principal("p"), share: 0.6 },
              { ...principal("q"), share: 0.6 },
            ],
          }),
        ],
      },
      /principals: .*1\.2/,
    ],
    ["one stream twice", { tenants: [tenant("a", {}, {})] }, /placements\[1\]: is the second placement/],
    ["one stream in two models", { tenants: [tenant("a", {}, { model: "silo" })] }, /placements\[1\]: is the second placement/],
    [
      "a service twice",
      { services: (["service", "ours"] as const).map((role) => ({ cluster: "c1", principal: { kind: "scram", name: "p" }, role })) },
      /^services\[1\]: the service "c1 \/ scram \/ p" is given twice; the first is services\[0\]/,
    ],
    [
      "a principal of two tenants",
      { tenants: [tenant("a", { principals: [principal("p")] }), tenant("b", { principals: [principal("p")] })] },
      /^tenants\[1\]\.placements\[0\]\.principals\[0\]\.name: "p" is also a principal of the tenant "a"/,
    ],
    [
      "a service that a tenant calls its own",
      {
        tenants: [tenant("a", { principals: [principal("p")] })],
        services: [{ cluster: "c1", principal: { kind: "scram", name: "p" }, role: "service" }],
      },
      /principals\[0\]\.name: "p" is declared as a service/,
    ],
    [
      "a service on no cluster",
      { services: [{ cluster: "c9", principal: { kind: "scram", name: "p" }, role: "ours" }] },
      /^services\[0\]\.cluster/,
    ],
    [
      "an expression that a name could make slow",
      { tenants: [tenant("a", { topics: [{ expression: "(a+)+b" }] })] },
      /expression: repeats a group/,
    ],
    ["a topic name that Kafka does not allow", { tenants: [tenant("a", { topics: [{ name: "a b" }] })] }, /topics\[0\]\.name: topic names/],
  ])("%s", (_what, file, expected) => {
    const found = check(file);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it("because of what is declared already, at the place in the file", () => {
    const existing = { ...NOTHING, tenants: [prefixed("old", "x.y.")] };
    expect(check({ tenants: [prefixed("new", "x.")] }, existing)).toEqual([
      'tenants[0].placements[0].topics[0].prefix: "x." overlaps with "x.y." of the tenant "old": both would own the same topics',
    ]);
  });
});

it("finds the one conflict among 50,000 tenants, and stops at as many issues as were asked for", () => {
  const many = Array.from({ length: 50_000 }, (_, at) => prefixed(`t${at}`, `t${at}.`));
  expect(check({ tenants: [...many, prefixed("last", "t777.x.")] })).toHaveLength(1);
  const pooled = Array.from({ length: 5_000 }, (_, at) => pool(`p${at}`, "pool.orders"));
  expect(check({ tenants: pooled })).toEqual([]);
  expect(check({ tiers: [], tenants: many })).toHaveLength(200);
}, 60_000);
