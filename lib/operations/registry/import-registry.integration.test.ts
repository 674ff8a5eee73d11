import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "@/lib/operations/context";
import { enterOf } from "@/lib/operations/testing/enter";
import { openStore, readRegistry, type Store } from "@/lib/store";
import { importRegistry } from "./import-registry";

const COUNT = 50_000;
let store: Store;
beforeAll(async () => {
  store = await openStore({ memory: true });
});
afterAll(() => store.close());

it("takes 50,000 tenants in one file", async () => {
  const context = {
    actor: { name: "ada", role: "operator" },
    enter: enterOf(),
    requestId: "r1",
    now: () => new Date("2026-11-23T00:00:00Z"),
    store,
    collector: { clusterIds: async () => new Set(["shared-1"]), reassemble: async () => {} },
  } as unknown as Context;
  const entries = Array.from({ length: COUNT }, (_, index) => `  - { id: many-${index}, name: Many, tier: gold }\n`);
  const text = `tiers: [{ id: gold, name: Gold, model: bridge }]\ntenants:\n${entries.join("")}`;
  expect(await importRegistry.run(context, { text })).toMatchObject({ tenants: { created: COUNT, updated: 0, unchanged: 0 } });
  expect((await readRegistry(store)).tenants).toHaveLength(COUNT);
});
