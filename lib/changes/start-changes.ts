import { every } from "@/lib/collector/every";
import { createLeaseKeeper } from "@/lib/collector/lease/lease-keeper";
import { forgetChangeMetrics } from "./change-metrics";
import { oneAtATime } from "./one-at-a-time";
import type { ChangesOptions } from "./options";
import { createSettled } from "./settled";
import { createWork } from "./work";

export interface ChangeRunner {
  /** Something was stored, or wished of a change. */
  wake: () => void;
  /** Answers when the change is finished, whoever carries it out, or when the deadline is over. */
  settled: (changeId: number, deadlineMs: number) => Promise<void>;
  /** `elsewhere`: another process carries changes out. */
  state: () => "running" | "elsewhere" | "off";
  /** Ends everything within the deadline of the settings. What is under way is left where it is; whoever is next goes on with it. */
  stop: () => Promise<void>;
}

/**
 * Starts to carry stored changes out. One process does so for all: the one that holds the lease `changes`, which every write to the
 * store carries. Answers after the first try for it.
 */
export async function startChanges(options: ChangesOptions): Promise<ChangeRunner> {
  const { store, clock, log, settings } = options;
  const settled = createSettled(store, clock);
  if (!settings.carryOut) return { wake: () => undefined, settled: settled.wait, state: () => "off", stop: async () => settled.stop() };
  forgetChangeMetrics(options.metrics);
  const work = createWork(options, settled);
  const keeper = createLeaseKeeper({
    port: { acquire: store.acquireLease, renew: store.renewLease, release: store.releaseLease },
    name: "changes",
    holder: store.holder,
    clock,
    settings: settings.lease,
    log,
    onHeld: async () => undefined,
    onLost: async () => work.end(),
  });
  const turn = oneAtATime(() => work.turn(keeper));
  const whileHeld = (act: () => Promise<void>) => async () => {
    if (keeper.lease() !== null) await act();
  };
  await keeper.start();
  const { pollEveryMs: pauseMs } = settings;
  const turns = [turn, ...(options.onTurn ?? []).map(whileHeld)].map((act) => every({ clock, log, firstMs: 0, pauseMs }, act));

  async function stopAll(): Promise<void> {
    await Promise.all([keeper.halt(), ...turns.map((each) => each.stop())]);
    // Given back only once nothing is under way: whoever is next begins at once.
    await work.ended();
    await keeper.release();
  }

  return {
    wake: () => void turn(),
    settled: settled.wait,
    state: () => (keeper.lease() === null ? "elsewhere" : "running"),
    async stop() {
      settled.stop();
      work.stop();
      await inTime(stopAll(), options);
      forgetChangeMetrics(options.metrics);
    },
  };
}

/** What does not end in time is left: the lease runs out by itself. */
async function inTime(work: Promise<void>, { clock, log, settings }: ChangesOptions): Promise<void> {
  let cancel = (): void => undefined;
  const late = new Promise<void>((resolve) => {
    cancel = clock.after(settings.stopDeadlineMs, () => {
      log.warn({}, "Changes that are carried out did not come to rest in time; they go on at the next start.");
      resolve();
    });
  });
  const done = work.catch((err: unknown) => log.warn({ err }, "The lease of changes was not given back; it runs out by itself."));
  await Promise.race([done, late]);
  cancel();
}
