import { isAppError } from "@/lib/domain/errors";
import type { Hands } from "./batch/hands";
import { carryChange } from "./carry/carry-change";
import type { OpenChange } from "./change-store";
import { rankOf } from "./rank";
import { TenureEnded } from "./tenure";

/** The changes that are being carried out, each by itself; where two meet on a cluster, the cluster's turns say who waits. */
export interface ChangeBook {
  /** Takes up what is new and tells the others of a person's wish. */
  look: (changes: readonly OpenChange[]) => void;
  /** Answers when nothing is under way any more, after the tenure's end. */
  ended: () => Promise<void>;
}

export interface BookOptions {
  hands: Hands;
  /** A write was refused: the lease is another's. */
  onRefused: () => void;
  /** A change is finished or stands still. */
  onEnded: (changeId: number) => void;
}

interface Entry {
  wish: OpenChange["wish"];
  wake: () => void;
  done: Promise<void>;
}

export function createChangeBook(options: BookOptions): ChangeBook {
  const entries = new Map<number, Entry>();

  function begin({ id, wish }: OpenChange): void {
    const entry: Entry = { wish, wake: () => undefined, done: Promise.resolve() };
    entries.set(id, entry);
    const nap = async (ms: number): Promise<void> => {
      const woken = new Promise<void>((resolve) => {
        entry.wake = resolve;
      });
      await Promise.race([options.hands.tenure.sleep(ms), woken]);
    };
    entry.done = carryOn(id, { hands: options.hands, nap }, options.onRefused).then(() => {
      entries.delete(id);
      options.onEnded(id);
    });
  }

  return {
    look(changes) {
      if (options.hands.tenure.hasEnded()) return;
      for (const change of changes.toSorted((a, b) => rankOf(a) - rankOf(b) || a.id - b.id)) {
        const entry = entries.get(change.id);
        if (entry === undefined) {
          if (hasWork(change)) begin(change);
        } else if (entry.wish !== change.wish) {
          entry.wish = change.wish;
          entry.wake();
        }
      }
    },
    async ended() {
      await Promise.all([...entries.values()].map(({ done }) => done));
    },
  };
}

function hasWork({ state, wish }: OpenChange): boolean {
  return !(state === "paused" && wish === "pause");
}

const BACK_OFF_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/** Goes on with a change until it ends or stands still, whatever the store does meanwhile. Never rejects. */
async function carryOn(changeId: number, carrier: Parameters<typeof carryChange>[1], onRefused: () => void): Promise<void> {
  const { tenure, log } = carrier.hands;
  for (let failures = 0; ; failures++) {
    try {
      return await carryChange(changeId, carrier);
    } catch (error) {
      if (error instanceof TenureEnded) return;
      if (isAppError(error) && error.code === "conflict") return onRefused();
      const level = isAppError(error) ? "warn" : "error";
      log[level]({ changeId, err: error }, "A change could not be carried on; it is taken up again where it stands.");
    }
    try {
      await tenure.sleep(BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)] ?? 0);
    } catch {
      return;
    }
  }
}
