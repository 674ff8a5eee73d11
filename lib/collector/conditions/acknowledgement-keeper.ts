import { isDeepStrictEqual } from "node:util";
import type { Clock } from "@/lib/collector/clock";
import type { CollectorStore } from "@/lib/collector/collector-store";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { Acknowledgement } from "@/lib/domain/fleet-memory";

export interface AcknowledgementKeeper {
  /** By the condition's id. */
  acknowledgements: () => ReadonlyMap<string, Acknowledgement>;
  /** Reads them anew, because any process may take one in; answers whether they changed. Rejects when the store does not answer. */
  update: () => Promise<boolean>;
  /** Forgets those whose condition the fleet has no more: what begins again before the store is read again is not acknowledged. */
  forgetEnded: (fleet: FleetSnapshot) => void;
}

/** Holds in memory what people have acknowledged. Rejects when it cannot be read. */
export async function createAcknowledgementKeeper(store: CollectorStore, clock: Clock): Promise<AcknowledgementKeeper> {
  const read = (): Promise<Map<string, Acknowledgement>> => store.readAcknowledgements(new Date(clock.now()));
  let held = await read();
  return {
    acknowledgements: () => held,
    async update() {
      const before = held;
      held = await read();
      return !isDeepStrictEqual(before, held);
    },
    forgetEnded({ conditions }) {
      if (held.size === 0) return;
      const there = new Set(conditions.map(({ id }) => id));
      if ([...held.keys()].some((id) => !there.has(id))) held = new Map([...held].filter(([id]) => there.has(id)));
    },
  };
}
