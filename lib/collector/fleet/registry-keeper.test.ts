import { expect, it } from "vitest";
import type { CollectorStore } from "@/lib/collector/collector-store";
import type { Registry } from "@/lib/domain/registry";
import { createRegistryKeeper } from "./registry-keeper";

function storeOf(first: Registry) {
  const store = { declared: first, reads: 0 };
  const readers: Pick<CollectorStore, "readRegistry" | "readRegistryVersion"> = {
    readRegistryVersion: async () => store.declared.version,
    async readRegistry() {
      store.reads += 1;
      return store.declared;
    },
  };
  return { store, readers: readers as CollectorStore };
}

const registryOf = (version: number): Registry => ({ version, tiers: [], tenants: [], services: [] });

it("answers with what it holds while nobody has changed it, and with what stands there once somebody has", async () => {
  const { store, readers } = storeOf(registryOf(1));
  const keeper = await createRegistryKeeper(readers);
  expect(await keeper.current()).toBe(keeper.registry());
  expect(store.reads).toBe(1);

  store.declared = registryOf(2);
  expect((await keeper.current()).version).toBe(2);
  // What the fleet is made of changes only when it is told so, else the change would not be noticed.
  expect(keeper.registry().version).toBe(1);
  expect(await keeper.update()).toBe(true);
  expect(await keeper.current()).toBe(keeper.registry());
});
