import { isDeepStrictEqual } from "node:util";
import type { CollectorStore } from "@/lib/collector/collector-store";
import type { ActiveBrake } from "@/lib/domain/change/facts";

export interface BrakeKeeper {
  /** By tenant. */
  brakes: () => ReadonlyMap<string, ActiveBrake>;
  /** Reads them anew, because any process may set or take back one; answers whether they changed. Rejects when the store does not answer. */
  update: () => Promise<boolean>;
}

/** Holds in memory which tenants are under a brake. Rejects when it cannot be read. */
export async function createBrakeKeeper(store: CollectorStore): Promise<BrakeKeeper> {
  let held = await store.readBrakes();
  return {
    brakes: () => held,
    async update() {
      const before = held;
      held = await store.readBrakes();
      return !isDeepStrictEqual(before, held);
    },
  };
}
