import { Registry } from "prom-client";
import { afterEach } from "vitest";
import type { ChangesOptions } from "@/lib/changes/options";
import { type ChangeSettings, DEFAULT_CHANGE_SETTINGS } from "@/lib/changes/settings";
import { type ChangeRunner, startChanges } from "@/lib/changes/start-changes";
import { type ManualClock, manualClock, settle } from "@/lib/collector/testing/manual-clock";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import { AppError } from "@/lib/domain/errors";
import type { ChangeIntent, StoredChange } from "@/lib/store";
import { type FakeBrokers, fakeBrokers } from "./fake-brokers";
import { type FakeMsk, fakeMsk } from "./fake-msk";
import { type Halt, halting, neverHalt } from "./halting";
import { type MemoryChangeStore, memoryChangeStore } from "./memory-change-store";
import { intent, START } from "./plans";

/** A runner's surroundings in memory. */
export interface World {
  /** True time, as the database and the clusters have it. */
  clock: ManualClock;
  /** How far the clock of the machine that carries changes out is ahead of it. */
  skewMs: number;
  store: MemoryChangeStore;
  brokers: FakeBrokers;
  other: FakeBrokers;
  msk: FakeMsk;
  metrics: Registry;
  logged: string[];
  written: { clusterId: string; topics: string[]; quotas: boolean }[];
  /** Times that the declarations were said to have changed. */
  declared: number;
  reverts: { changeId: number; why: string; attempt: number }[];
  start: (more?: StartOptions) => Promise<ChangeRunner>;
  /** Stores a change of these operations. */
  plan: (operations: PlannedOperation[], more?: Partial<ChangeIntent>) => StoredChange;
  /** State and message of each operation of a change. */
  outcomes: (changeId: number) => string[];
}

export interface StartOptions extends Partial<Pick<ChangesOptions, "submitRevert" | "onTurn" | "store">> {
  settings?: Partial<ChangeSettings>;
  /** Where the process is killed. */
  halt?: Halt;
  holder?: string;
}

const running: { runner: ChangeRunner; clock: ManualClock }[] = [];
afterEach(async () => {
  for (const { runner, clock } of running.splice(0)) {
    const stopping = runner.stop();
    await clock.advance(DEFAULT_CHANGE_SETTINGS.stopDeadlineMs);
    await stopping;
  }
});

/** Clusters: `shared-1` and `shared-2` by their brokers, `silo-1` by MSK's API alone. */
export function world(): World {
  const clock = manualClock(START);
  const store = memoryChangeStore(clock);
  const made: World = {
    clock,
    skewMs: 0,
    store,
    brokers: fakeBrokers(clock),
    other: fakeBrokers(clock),
    msk: fakeMsk(clock),
    metrics: new Registry(),
    logged: [],
    written: [],
    declared: 0,
    reverts: [],
    async start({ settings = {}, halt = neverHalt(), holder = "me", ...more } = {}) {
      const runner = await startChanges({
        ...optionsOf(made, halt),
        ...more,
        store: { ...halting(more.store ?? store, halt), holder },
        settings: { ...DEFAULT_CHANGE_SETTINGS, ...settings },
      });
      running.push({ runner, clock });
      return runner;
    },
    plan: (operations, more) => store.store(intent(operations, more)),
    outcomes: (id) => store.operations(id).map(({ state, message }) => (message === null ? state : `${state}: ${message}`)),
  };
  return made;
}

function optionsOf(made: World, halt: Halt): Omit<ChangesOptions, "store" | "settings"> {
  const log = (fields: object, message: string): void =>
    void made.logged.push(`${message} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? value.message : value))}`);
  const admins = { "shared-1": halting(made.brokers.admin, halt), "shared-2": halting(made.other.admin, halt) };
  const region = halting(made.msk.region, halt);
  return {
    clock: { now: () => made.clock.now() + made.skewMs, after: made.clock.after },
    log: { info: () => undefined, warn: log, error: log },
    metrics: made.metrics,
    kafka(clusterId) {
      const admin = admins[clusterId as keyof typeof admins];
      if (admin === undefined) throw new AppError("not_found", `There is no cluster "${clusterId}".`);
      return admin;
    },
    aws: (clusterId) => (clusterId === "silo-1" ? { region, arn: "arn:silo-1" } : null),
    topicsBy: (clusterId) => (clusterId.startsWith("silo") ? "msk" : "kafka"),
    onWritten: (clusterId, what) => made.written.push({ clusterId, ...what }),
    onDeclared: () => {
      made.declared++;
    },
    submitRevert: async (changeId, why, attempt) => void made.reverts.push({ changeId, why, attempt }),
  };
}

/** Lets time pass in small steps until it holds. */
export async function passUntil(clock: ManualClock, holds: () => boolean, atMostMs = 600_000): Promise<void> {
  await settle();
  for (let passedMs = 0; !holds(); passedMs += 100) {
    if (passedMs > atMostMs) throw new Error(`It did not come about: ${holds.toString()}`);
    await clock.advance(100);
  }
}
