import type { LeaseKeeper } from "@/lib/collector/lease/lease-keeper";
import type { Fence } from "@/lib/store";
import { type BrakeEnds, createBrakeEnds } from "./brake-ends";
import { type ChangeBook, createChangeBook } from "./change-book";
import { createChangeMetrics } from "./change-metrics";
import type { ChangesOptions } from "./options";
import type { Settled } from "./settled";
import { beginTenure, type Tenure } from "./tenure";
import { createTurns } from "./turns";

/** What is done while the lease is held. */
export interface Work {
  /** Looks for work under the lease that is held now, if any. Never rejects. */
  turn: (keeper: Pick<LeaseKeeper, "lease" | "lost">) => Promise<void>;
  /** Lets go of everything at once; the next turn begins anew. */
  end: () => void;
  /** Lets go, and nothing is begun any more. */
  stop: () => void;
  /** Answers when nothing is under way any more. */
  ended: () => Promise<void>;
}

interface Held {
  tenure: Tenure;
  book: ChangeBook;
  brakes: BrakeEnds;
}

export function createWork(options: ChangesOptions, settled: Settled): Work {
  const { store, clock, log } = options;
  const metrics = createChangeMetrics(options.metrics);
  const turns = createTurns();
  let held: Held | null = null;
  let earlier: Promise<void> = Promise.resolve();
  let isAway = false;

  let isStopped = false;

  function begin(fence: Fence, lost: () => Promise<void>): Held {
    const tenure = beginTenure(fence, clock);
    const hands = { ...options, clusters: options, tenure, turns, metrics };
    const book = createChangeBook({ hands, onRefused: () => void lost(), onEnded: settled.tell });
    return { tenure, book, brakes: createBrakeEnds(options) };
  }

  function end(): void {
    if (held === null) return;
    held.tenure.end();
    earlier = held.book.ended();
    held = null;
  }

  async function look({ book, brakes }: Held): Promise<void> {
    try {
      const unfinished = await store.unfinishedChanges();
      book.look(unfinished);
      await brakes.look(unfinished);
      if (isAway) log.info({}, "The store answers again; changes go on.");
      isAway = false;
    } catch (err) {
      if (!isAway) log.warn({ err }, "The store could not be asked for changes; they wait until it answers.");
      isAway = true;
    }
  }

  return {
    async turn({ lease, lost }) {
      if (held?.tenure.fence !== lease()) end();
      // What an earlier tenure had under way comes to rest before anything is begun anew; by then the lease may have passed on.
      await earlier;
      const fence = lease();
      if (fence === null || isStopped) return;
      held ??= begin(fence, lost);
      await look(held);
    },
    end,
    stop() {
      isStopped = true;
      end();
    },
    ended: () => earlier,
  };
}
