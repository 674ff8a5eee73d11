import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { isAppError } from "@/lib/domain/errors";
import type { Context } from "@/lib/operations/context";
import { enterOf } from "@/lib/operations/testing/enter";
import { listImports, openStore, readRegistry, type Store } from "@/lib/store";
import { importRegistry } from "./import-registry";

let store: Store;
let reassembled = 0;
beforeAll(async () => {
  store = await openStore({ memory: true });
}, 60_000);
afterAll(() => store.close());

function context(): Context {
  return {
    actor: { name: "ada", role: "operator" },
    enter: enterOf(),
    requestId: "r1",
    now: () => new Date("2026-11-23T00:00:00Z"),
    store,
    collector: {
      clusterIds: async () => new Set(["shared-1"]),
      reassemble: async () => {
        reassembled += 1;
      },
    },
  } as unknown as Context;
}
const run = (text: string) => importRegistry.run(context(), { text });
async function faults(text: string): Promise<[number | undefined, string, string][]> {
  const error = await run(text).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isAppError(error) || error.code !== "invalid") throw new Error("the file was accepted", { cause: error });
  return error.details.map(({ line, path, message }) => [line, path, message]);
}

const GOOD = `tiers:
  - id: gold
    name: Gold
    model: bridge
    produceBytesPerSecond: 5 MB/s
services:
  - cluster: shared-1
    principal: { kind: scram, name: console }
    role: ours
tenants:
  - id: acme
    name: Acme
    tier: gold
    placements:
      - cluster: shared-1
        model: bridge
        topics: [{ prefix: acme. }]
        principals: [{ kind: scram, name: acme }]
`;

describe("importRegistry", () => {
  it("takes over a file, counts what it did, and joins it to what is seen", async () => {
    const all = (created: number, unchanged: number) => ({ created, updated: 0, unchanged });
    expect(await run(GOOD)).toEqual({ tiers: all(1, 0), tenants: all(1, 0), services: all(1, 0) });
    expect(reassembled).toBe(1);
    expect(await run(GOOD)).toEqual({ tiers: all(0, 1), tenants: all(0, 1), services: all(0, 1) });
    expect((await readRegistry(store)).tiers[0]).toMatchObject({ produceBytesPerSecond: 5_000_000, skewAllowance: 1.25 });
  });

  it("keeps who imported which file", async () => {
    const [last] = await listImports(store, 1);
    expect(last).toMatchObject({ actor: "ada", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it("never deletes what a file does not name", async () => {
    expect(await run("tenants:\n  - { id: brook, name: Brook, tier: gold }\n")).toMatchObject({ tenants: { created: 1 } });
    expect((await readRegistry(store)).tenants.map(({ id }) => id)).toEqual(["acme", "brook"]);
  });

  it("takes JSON as well", async () => {
    expect(await run(JSON.stringify({ tenants: [{ id: "brook", name: "Brook Ltd", tier: "gold" }] }))).toMatchObject({
      tenants: { updated: 1 },
    });
  });

  it.each<[string, string, [number, string, RegExp]]>([
    [
      "a bad id",
      "tenants:\n  - id: ok\n    name: Ok\n    tier: gold\n  - id: Not Good\n    name: N\n    tier: gold\n",
      [5, "tenants[1].id", /lower-case/],
    ],
    [
      "a tenant given twice",
      "tenants:\n  - { id: a, name: A, tier: gold }\n  - { id: a, name: B, tier: gold }\n",
      [3, "tenants[1].id", /twice/],
    ],
    [
      "a tenant by the name of an address",
      "tenants:\n  - { id: a, name: A, tier: gold }\n  - id: change\n    name: Change\n    tier: gold\n",
      [3, "tenants[1].id", /"change" is kept for an address of the console, so no tenant can have it/],
    ],
    [
      "a tier by the name of an address",
      "tiers:\n  - name: New\n    model: bridge\n    id: new\n",
      [4, "tiers[0].id", /"new" is kept for an address of the console, so no tier can have it/],
    ],
    ["an unknown tier", "tenants:\n  - { id: a, name: A, tier: lead }\n", [2, "tenants[0].tier", /no tier "lead"/]],
    [
      "an unknown cluster",
      "tenants:\n  - id: a\n    name: A\n    tier: gold\n    placements:\n      - { cluster: nowhere, model: bridge }\n",
      [6, "tenants[0].placements[0].cluster", /no connection "nowhere".*shared-1/],
    ],
    [
      "a prefix that overlaps one imported before",
      "tenants:\n  - id: a\n    name: A\n    tier: gold\n    placements:\n      - cluster: shared-1\n        model: bridge\n        topics:\n          - prefix: acme.orders.\n",
      [9, "tenants[0].placements[0].topics[0].prefix", /acme/],
    ],
    ["a wrong type", "tenants:\n  - id: a\n    name: 7\n    tier: gold\n", [3, "tenants[0].name", /string/]],
    ["a list that is none", "tiers: gold\n", [1, "tiers", /must be a list/]],
    [
      "a field nobody knows",
      "tenants:\n  - id: a\n    name: A\n    tier: gold\n    colour: red\n",
      [5, "tenants[0].colour", /not a known field/],
    ],
    ["a list nobody knows", "tennants: []\n", [1, "tennants", /not a known field/]],
    [
      "a size that is none",
      "tiers:\n  - id: t\n    name: T\n    model: bridge\n    produceBytesPerSecond: fast\n",
      [5, "tiers[0].produceBytesPerSecond", /5 MB\/s/],
    ],
    ["a null character", 'tenants:\n  - { id: a, name: "A\\0B", tier: gold }\n', [2, "tenants[0].name", /null character/]],
    [
      "two streams of one name",
      "tenants:\n  - id: a\n    name: A\n    tier: gold\n    placements:\n      - { cluster: shared-1, model: bridge }\n      - { cluster: shared-1, model: silo }\n",
      [7, "tenants[0].placements[1]", /second placement/],
    ],
    [
      "a usage topic without a direction",
      "tenants:\n  - id: a\n    name: A\n    tier: gold\n    placements:\n      - cluster: shared-1\n        model: pool\n        record: { key: true }\n        reported:\n          kafka:\n            topic: acme.usage\n",
      [10, "tenants[0].placements[0].reported.kafka", /at least one direction/],
    ],
    [
      "a field of a usage topic that is no path",
      "tenants:\n  - id: a\n    name: A\n    tier: gold\n    placements:\n      - cluster: shared-1\n        model: pool\n        record: { key: true }\n        reported:\n          kafka:\n            topic: acme.usage\n            produce: producedBytes\n",
      [12, "tenants[0].placements[0].reported.kafka.produce", /path of a field/],
    ],
    ["an empty file", "", [1, "", /at least one of the lists/]],
    ["what is no YAML", "tenants: [\n", [2, "", /./]],
  ])("refuses %s at its line, and changes nothing", async (_what, text, [line, path, message]) => {
    const before = await readRegistry(store);
    const found = await faults(text);
    expect(found).toContainEqual([line, path, expect.stringMatching(message)]);
    expect(await readRegistry(store)).toEqual(before);
  });

  it("names everything that is wrong at once, in the order of the file, and at most 200 things", async () => {
    const text = `tenants:\n${Array.from({ length: 300 }, (_, index) => `  - { id: T${index}, name: "", tier: gold }\n`).join("")}`;
    const found = await faults(text);
    expect(found).toHaveLength(200);
    expect(found.slice(0, 3).map(([line, path]) => [line, path])).toEqual([
      [2, "tenants[0].id"],
      [2, "tenants[0].name"],
      [3, "tenants[1].id"],
    ]);
  });

  it("reads a long file in slices, so that other work goes on", async () => {
    const entries = Array.from({ length: 4_000 }, (_, index) => `  - { id: many-${index}, name: Many, tier: gold }\n`);
    // Each look at the clock finds a slice used up: what is left to chance on a fast machine is how often the work looks.
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
    expect(await faults(`tenants:\n${entries.join("")}${entries[7]}`)).toEqual([
      [4_002, "tenants[4000].id", expect.stringMatching(/twice/)],
    ]);
    counting = false;
    now.mockRestore();
    expect(turns).toBeGreaterThan(10);
  }, 60_000);

  it("is not for support", async () => {
    await expect(importRegistry.run({ ...context(), actor: { name: "s", role: "support" } }, { text: GOOD })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});
