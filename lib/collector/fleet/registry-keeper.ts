import type { CollectorStore } from "@/lib/collector/collector-store";
import type { Registry } from "@/lib/domain/registry";

export interface RegistryKeeper {
  registry: () => Registry;
  /** The declarations as they stand in the store: those held here, unless somebody has changed them since. */
  current: () => Promise<Registry>;
  /** Reads the declarations if they changed, also by another process; answers whether they did. Rejects when the store does not answer. */
  update: () => Promise<boolean>;
}

/** Holds the declarations in memory. Rejects when they cannot be read. */
export async function createRegistryKeeper(store: CollectorStore): Promise<RegistryKeeper> {
  let registry = await store.readRegistry();
  return {
    registry: () => registry,
    async current() {
      return (await store.readRegistryVersion()) === registry.version ? registry : store.readRegistry();
    },
    async update() {
      if ((await store.readRegistryVersion()) === registry.version) return false;
      registry = await store.readRegistry();
      return true;
    },
  };
}
