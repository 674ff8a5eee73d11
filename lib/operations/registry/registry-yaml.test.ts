import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Registry } from "@/lib/domain/registry";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import type { Context } from "@/lib/operations/context";
import { enterOf } from "@/lib/operations/testing/enter";
import { readYaml } from "@/lib/operations/yaml/read-yaml";
import { openStore, readRegistry, type Store } from "@/lib/store";
import { exportRegistry } from "./export-registry";
import { importRegistry } from "./import-registry";
import { parseRegistry } from "./parse-registry";
import { registryYaml } from "./registry-yaml";

const CLUSTERS = ["shared-1", "shared-2"];
const RETENTION = { setting: "retentionMs", value: 86_400_000, reason: "Peak", author: "ada", at: "2026-06-01T09:00:00.000Z" } as const;

/** Text that PostgreSQL holds, with what a YAML writer can get wrong. */
const text = (max: number) =>
  fc
    .oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: max }),
      fc.constantFrom(
        "a: b",
        "- a",
        "#x",
        "null",
        "~",
        "true",
        "0x1f",
        "1e3",
        "2026-06-01",
        "a\n- b\n c: d\n",
        " x ",
        "'\"",
        "!t",
        "&a *b",
      ),
      fc.constantFrom(
        "%YAML",
        "---",
        "...",
        "\t",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\r\n",
        "<b>",
        "東京",
        "[a, b",
        "{a}",
        "a #b",
        "@",
        "`",
        "|",
        ">-",
      ),
    )
    .filter((one) => one.length <= max && !one.includes("\0"));
/** Text in which surrounding space does not count. */
const trimmed = (max: number) =>
  text(max)
    .map((one) => one.trim())
    .filter((one) => one !== "");
const optional = <T extends object>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(shape, { requiredKeys: [] });
const whole = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const positive = fc.integer({ min: 1, max: 2_147_483_647 });
const real = fc.double({ min: 1e-9, max: 1e6, noNaN: true, noDefaultInfinity: true });

function tierOf(id: string) {
  return fc
    .record({
      base: fc.record({
        name: text(80),
        model: fc.constantFrom("pool", "bridge", "silo"),
        skewAllowance: fc.double({ min: 1, max: 10, noNaN: true }),
      }),
      more: optional({
        produceBytesPerSecond: whole,
        requestPercent: real,
        retentionMs: optional({ default: whole, max: whole }),
        partitions: optional({ perTopicMax: positive }),
        pricePerMonth: real,
        archived: fc.constant(true as const),
      }),
    })
    .map(({ base, more }) => Tier.parse({ id, ...base, ...more }));
}

const CLOUDWATCH = fc.record({
  namespace: fc.constantFrom("Acme/Usage", "a.b-c_d #1"),
  tenantDimension: text(60),
  dimensions: fc.dictionary(fc.constantFrom("Stage", "on", "1"), text(60), { minKeys: 1, noNullPrototype: true }),
  produce: text(60),
});
const PROMETHEUS = fc.record({
  url: fc.constantFrom("https://usage.example:9000/metrics?of=tenants&x=%20", "http://10.0.0.7/"),
  tenantLabel: fc.constantFrom("tenant", "_t1"),
  labels: fc.dictionary(fc.constantFrom("env", "on"), text(60), { minKeys: 1, noNullPrototype: true }),
  consume: fc.constantFrom("out_total", "job:out:rate"),
});
const TOPIC = fc.record({
  topic: fc.constantFrom("acme.usage", "usage-1_b"),
  tenant: fc.constantFrom({ payloadPath: "$.tenant" }, { header: "tenant-id" }, { key: true }),
  seconds: fc.constantFrom("$.seconds", "$.on.yes"),
  produce: fc.constant("$.producedBytes"),
});

/** Whose names are its own: what two tenants claim is no matter of this test. */
function tenantOf(id: string, tierId: string) {
  const own = (max: number) => text(max).map((one) => `${id} ${one}`);
  const about = fc.record({ reason: trimmed(500), author: text(200), at: fc.constant("2026-06-01T09:00:00.000Z") });
  const ending = optional({ until: fc.constant("2027-06-01T09:00:00Z"), atEnd: fc.constantFrom("report", "take-back") });
  const override = (setting: string, on?: object) =>
    fc
      .record({ value: fc.option(fc.integer({ min: 1, max: 1_000_000 })), about, ending })
      .map(({ value, about: said, ending: ends }) => ({ setting, value, ...said, ...ends, ...(on === undefined ? {} : { on }) }));
  return fc
    .record({
      base: fc.record({
        name: text(120),
        groups: fc.array(own(200), { maxLength: 2 }),
        principal: own(400),
        clientIds: fc.array(text(50), { maxLength: 2 }),
        header: text(40),
      }),
      requirements: optional({ ownEncryptionKey: fc.boolean(), forgetWithinMs: whole }),
      placed: optional({ recordValue: text(40), share: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
      reported: optional({
        reported: fc.oneof(fc.record({ cloudwatch: CLOUDWATCH }), fc.record({ prometheus: PROMETHEUS }), fc.record({ kafka: TOPIC })),
      }),
      managed: optional({ managedElsewhere: trimmed(120) }),
      overrides: fc.tuple(
        override("retentionMs"),
        override("retentionMs", { cluster: "shared-1", topic: "t" }),
        override("requestQuotaPercent"),
      ),
      count: fc.nat({ max: 3 }),
    })
    .map(({ base, requirements, placed, reported, managed, overrides, count }) => {
      const placement = {
        cluster: "shared-1",
        model: "bridge",
        topics: [{ prefix: `${id}.` }],
        principals: [{ kind: "scram", name: base.principal }],
      };
      const groups = base.groups.map((name) => ({ name }));
      return Tenant.parse({
        id,
        name: base.name,
        tier: tierId,
        requirements,
        placements: [
          { ...placement, ...placed, groups, clientIds: base.clientIds },
          {
            cluster: "shared-2",
            model: "pool",
            stream: "pooled",
            record: { header: base.header },
            topics: [{ name: "pool.orders" }],
            ...reported,
          },
        ].slice(0, count === 0 ? 0 : 2),
        ...(count === 0 ? {} : { overrides: overrides.slice(0, count) }),
        ...managed,
      });
    });
}

/** Each with ids of its own, so that one may follow the other into the same console. */
const registries = fc.integer({ min: 0, max: 1e9 }).chain((run) => {
  const id = (kind: string, index: number) => `${kind}${index}-${run}`;
  const services = fc.array(text(300), { maxLength: 3 }).map((names) =>
    names.map((name, index) => {
      const principal = { kind: "scram" as const, name: `${id("service", index)} ${name}` };
      const note = index === 0 ? {} : { note: name.slice(0, 100) };
      return { cluster: "shared-1", principal, role: "service" as const, ...note };
    }),
  );
  return fc.record({
    version: fc.nat(),
    tiers: fc.tuple(tierOf(id("tier", 0)), tierOf(id("tier", 1))),
    tenants: fc.tuple(
      tenantOf(id("tenant", 0), id("tier", 0)),
      tenantOf(id("tenant", 1), id("tier", 0)),
      tenantOf(id("tenant", 2), id("tier", 1)),
    ),
    services,
  });
});

async function readBack(yaml: string) {
  const file = await readYaml(yaml);
  expect(file.problems).toEqual([]);
  const { declared, issues } = await parseRegistry(file.value, 10);
  expect(issues).toEqual([]);
  return declared;
}

describe("a registry as YAML", () => {
  it("is read back to the letter, whatever the names", async () => {
    await fc.assert(
      fc.asyncProperty(registries, async (registry) => {
        const { version: _version, ...declared } = registry as Registry;
        expect(await readBack(await registryYaml(registry as Registry))).toEqual(declared);
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it("has its fields in the order in which a person writes them, and nothing that is empty", async () => {
    const tier = Tier.parse({ retentionMs: { default: "7 days" }, id: "gold", model: "bridge", name: "Gold", archived: true });
    const tenant = Tenant.parse({
      managedElsewhere: "Terraform",
      overrides: [{ ...RETENTION, on: { cluster: "shared-1" }, value: null }],
      placements: [{ model: "bridge", cluster: "shared-1", topics: [{ prefix: "acme." }] }],
      tier: "gold",
      name: "Acme: a\nb",
      id: "acme",
    });
    expect(
      await registryYaml({ version: 7, tiers: [tier], tenants: [tenant], services: [] }),
    ).toBe(`# Everything that is declared, at version 7. Read by \`npm run import\`.
tiers:
  - id: gold
    name: Gold
    model: bridge
    retentionMs:
      default: 604800000
    skewAllowance: 1.25
    archived: true
services: []
tenants:
  - id: acme
    name: "Acme: a\\nb"
    tier: gold
    placements:
      - cluster: shared-1
        model: bridge
        stream: main
        topics:
          - prefix: acme.
    overrides:
      - setting: retentionMs
        value: null
        on:
          cluster: shared-1
        reason: Peak
        author: ada
        at: 2026-06-01T09:00:00.000Z
    managedElsewhere: Terraform
`);
  });

  it("of nothing is read as nothing", async () => {
    expect(await readBack(await registryYaml({ version: 0, tiers: [], tenants: [], services: [] }))).toEqual({
      tiers: [],
      tenants: [],
      services: [],
    });
  });

  it("is written in slices, so that other work goes on", async () => {
    const tenants = Array.from({ length: 500 }, (_, index) => Tenant.parse({ id: `t${index}`, name: "T", tier: "gold" }));
    let clock = 0;
    const now = vi.spyOn(performance, "now").mockImplementation(() => {
      clock += 21;
      return clock;
    });
    let turns = 0;
    let counting = true;
    const count = () => {
      turns += 1;
      if (counting) setImmediate(count);
    };
    setImmediate(count);
    await registryYaml({ version: 1, tiers: [], tenants, services: [] });
    counting = false;
    now.mockRestore();
    expect(turns).toBeGreaterThan(400);
  });
});

describe("exportRegistry", () => {
  const stores: Store[] = [];
  const open = async () => {
    const store = await openStore({ memory: true });
    stores.push(store);
    return store;
  };
  let store: Store;
  beforeAll(async () => {
    store = await open();
  }, 60_000);
  afterAll(() => Promise.all(stores.map((one) => one.close())));

  const contextOf = (on: Store) =>
    ({
      actor: { name: "ada", role: "operator" },
      enter: enterOf(),
      requestId: "r1",
      now: () => new Date("2026-11-23T00:00:00Z"),
      store: on,
      collector: { clusterIds: async () => new Set(CLUSTERS), reassemble: async () => undefined },
    }) as unknown as Context;
  const importing = (on: Store, text_: string) => importRegistry.run(contextOf(on), { text: text_ });

  it("imported again changes nothing, and makes an empty console the same", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(registries, async (registry) => {
        // PGlite's decoder takes a byte order mark at the beginning of a text for no part of it.
        fc.pre(!JSON.stringify(registry).includes('"\uFEFF'));
        await importing(store, await registryYaml(registry as Registry));
        const before = await readRegistry(store);
        expect(before.tenants).toEqual(expect.arrayContaining(registry.tenants as Tenant[]));
        const counts = await importing(store, await exportRegistry.run(contextOf(store), {}));
        for (const { created, updated } of Object.values(counts)) expect([created, updated]).toEqual([0, 0]);
        expect(await readRegistry(store)).toEqual(before);
      }),
      { numRuns: 20, seed: 5, endOnFailure: true },
    );
    const empty = await open();
    await importing(empty, await exportRegistry.run(contextOf(store), {}));
    expect({ ...(await readRegistry(empty)), version: 0 }).toEqual({ ...(await readRegistry(store)), version: 0 });
  });

  it("is for support too, and not for product managers", async () => {
    const as = (role: "support" | "product") => exportRegistry.run({ ...contextOf(store), actor: { name: "s", role } }, {});
    expect(await as("support")).toContain("tenants:");
    await expect(as("product")).rejects.toMatchObject({ code: "forbidden" });
  });
});
