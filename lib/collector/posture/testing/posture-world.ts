import { Registry as Metrics } from "prom-client";
import { expect, vi } from "vitest";
import type { AwsAccess } from "@/lib/collector/aws/discovery";
import { type Clock, systemClock } from "@/lib/collector/clock";
import { collectorStore } from "@/lib/collector/collector-store";
import { DEFAULT_SETTINGS } from "@/lib/collector/settings";
import { type Collector, startCollector } from "@/lib/collector/start-collector";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { isPostureRule } from "@/lib/domain/posture/rules";
import { SAMPLE_BOUNDS } from "@/lib/domain/posture/sample-plan";
import type { ServicePrincipal } from "@/lib/domain/principal";
import type { Tenant } from "@/lib/domain/tenant";
import type { Tier } from "@/lib/domain/tier";
import type { ConditionView } from "@/lib/domain/views/common";
import { openKafkaAdmin, openRecordReader } from "@/lib/kafka";
import { readPrometheus, scrapeExporter } from "@/lib/metrics";
import { importRegistry, listConditions, openStore, type Store } from "@/lib/store";

/** What brokers do in their own time takes minutes on a busy machine. */
const PATIENCE_MS = 240_000;

/** What is declared; what is not named again stays. */
export interface Declared {
  tiers: Tier[];
  tenants: Tenant[];
  services: ServicePrincipal[];
}

/** A collector on real brokers with a store of its own, on a clock that can jump. */
export interface PostureWorld {
  collector: Collector;
  store: Store;
  /** Findings about what this run made: those that name its mark. */
  own: () => ConditionView[];
  /** Reads anew everything that checks follow from. */
  read: () => Promise<void>;
  declare: (declared: Partial<Declared>) => Promise<void>;
  /** Every topic may be sampled again, every group counted, every key asked for. */
  passAnHour: () => void;
  stop: () => Promise<void>;
}

export interface PostureWorldOptions {
  /** What every name of this run holds. */
  run: string;
  connections: ResolvedConnection[];
  declared: Declared;
  /** AWS's side, on the clock of the world. */
  aws?: (clock: Clock) => AwsAccess;
}

const PARTS = ["metadata", "offsets", "starts", "acls", "quotas", "scram", "configs", "msk"] as const;

export async function startPostureWorld({ run, connections, declared, aws }: PostureWorldOptions): Promise<PostureWorld> {
  let jumpedMs = 0;
  const clock: Clock = { now: () => systemClock.now() + jumpedMs, after: systemClock.after };
  const store = await openStore({ memory: true });
  const write = (wanted: Partial<Declared>) =>
    importRegistry(store, { tiers: [], tenants: [], services: [], ...wanted, sha256: "0".repeat(64) }, "test", new Date());
  await write(declared);
  const collector = await startCollector({
    connections,
    ...(aws === undefined ? {} : { aws: aws(clock) }),
    openAdmin: (each) => openKafkaAdmin(each),
    openProbe: (each) => {
      const admin = openKafkaAdmin(each);
      const records = openRecordReader(each);
      const close = (): void => {
        records.close();
        admin.close();
      };
      return { sample: records.sample, describeGroup: admin.describeGroup, close };
    },
    collected: readPrometheus,
    scrape: scrapeExporter,
    store: collectorStore(store),
    clock,
    settings: { ...DEFAULT_SETTINGS, assembleEveryMs: 200, postureCheckMs: 300, postureEveryMs: 1_000, shareReadingsMs: 0 },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    metrics: new Metrics(),
  });
  return {
    collector,
    store,
    own: () =>
      collector
        .fleet()
        .conditions.filter((one) => isPostureRule(one.rule) && JSON.stringify([one.tenantId, one.subject, one.evidence]).includes(run)),
    read: async () => {
      for (const { id } of connections) await collector.refresh(id, PARTS);
    },
    declare: async (wanted) => {
      await write(wanted);
      await collector.reassemble();
    },
    passAnHour: () => {
      jumpedMs += SAMPLE_BOUNDS.everyMs + 1_000;
    },
    stop: async () => {
      await collector.stop();
      await store.close();
    },
  };
}

/** Asks until it holds. Rejects with what is missing when it does not in time. */
function waitFor(holds: () => Promise<boolean>, missing: () => string): Promise<void> {
  const ask = async (): Promise<void> => {
    if (!(await holds())) throw new Error(missing());
  };
  return vi.waitFor(ask, { timeout: PATIENCE_MS, interval: 100 });
}

/** A fault, and how it is made good. */
export interface Plant {
  plant: () => Promise<unknown>;
  repair: () => Promise<unknown>;
  /** What the evidence or the sentence holds. */
  shows: string;
  /** It is looked for once an hour. */
  hourly?: true;
  /** What has to stand until it is closed: a rule that cannot be judged any more keeps what it found. */
  afterwards?: () => Promise<unknown>;
}

/** Plants a fault, sees its finding with the evidence and in the store, makes it good and sees it closed, and nothing left open. */
export async function findsAndCloses(
  world: PostureWorld,
  rule: string,
  { plant, repair, shows, hourly, afterwards }: Plant,
  settled = world.read,
): Promise<void> {
  const found = (): ConditionView | undefined =>
    world.own().find((one) => one.rule === rule && `${one.sentence} ${JSON.stringify(one.evidence)}`.includes(shows));
  const until = (holds: () => boolean, what: () => string): Promise<void> =>
    waitFor(async () => {
      await world.read();
      return holds();
    }, what);
  const isStored = async (id: string): Promise<boolean> => (await listConditions(world.store)).some((one) => one.id === id);
  expect(found()).toBeUndefined();
  // One that names what others left on the brokers stays open without what was planted.
  const stood = new Set(world.collector.fleet().conditions.map((one) => one.id));
  let isRepaired = false;
  const makeGood = async (): Promise<void> => {
    await repair();
    isRepaired = true;
  };
  try {
    await plant();
    await settled();
    if (hourly) world.passAnHour();
    await until(
      () => found() !== undefined,
      () => `${rule} is not found with ${shows}: ${JSON.stringify(world.own())}`,
    );
    const { id } = found() ?? { id: "" };
    await waitFor(
      () => isStored(id),
      () => `${rule} is not written down`,
    );
    await makeGood();
    await settled();
    if (hourly) world.passAnHour();
    await until(
      () => found() === undefined,
      () => `${rule} does not end: ${JSON.stringify(found())}`,
    );
    await waitFor(
      async () => stood.has(id) || !(await isStored(id)),
      () => `${rule} is not closed`,
    );
    await until(
      () => world.own().length === 0,
      () => `something is left open: ${JSON.stringify(world.own())}`,
    );
  } finally {
    // What was not found must not be found by the next.
    try {
      if (!isRepaired) await repair();
    } finally {
      await afterwards?.();
    }
  }
}
