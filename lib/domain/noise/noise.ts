import type { Finding } from "@/lib/domain/conditions/condition";
import type { PoolNoise } from "./pool/pool-noise";

/** What of a broker is scarce: bytes that come in, bytes that go out, time of its request handlers. */
export const RESOURCES = ["in", "out", "requests"] as const;
export type Resource = (typeof RESOURCES)[number];

/**
 * `noisy`: more than twice its entitlement on a broker under pressure. `loud`: the same where the broker copes. `inside`: within its
 * promise, whatever it takes. `quiet`: below. `unpromised`: nothing is promised to it, so there is nothing to compare with. `unknown`: the
 * interval of an estimate holds the promise. The order is that in which they are kept.
 */
export const VERDICTS = ["noisy", "loud", "inside", "quiet", "unpromised", "unknown"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** From here on a tenant counts as loud: a share of the resource, and times its entitlement. */
export const LOUD_SHARE = 0.1;
export const LOUD_TIMES = 2;

/** What a tenant takes of a resource on a broker, against what it is entitled to there. */
export interface Level {
  tenantId: string;
  brokerId: number;
  resource: Resource;
  /** Bytes per second, or percent of one handler thread. */
  rate: number;
  brokerRate: number;
  share: number;
  /** Its list promise over those of all that are active there; null: nothing is promised to it. */
  entitlement: number | null;
  /** Share over entitlement; null where that is. */
  times: number | null;
  verdict: Verdict;
  /** Since when it takes this much, milliseconds since 1970; null: it does not. */
  sinceMs: number | null;
  source: "measured" | "derived";
}

export interface PressureSign {
  /** `shaped`: packets beyond the network allowance, a minute. `produce-held`, `fetch-held`: milliseconds, by the limit of an Express broker's size. */
  kind: "handlers" | "network" | "cpu" | "produce-time" | "fetch-time" | "shaped" | "produce-held" | "fetch-held";
  value: number;
  /** What it is compared with: a limit, or three times the broker's own baseline. */
  limit: number;
  baseline: number | null;
  /** What was held back, where that is told. */
  bytesPerSecond?: number;
}

export interface BrokerPressure {
  brokerId: number;
  /** Empty: not under pressure. */
  signs: PressureSign[];
  /** The last reading had none of them any more; whether that lasts is still to be seen. */
  isEasing?: true;
  sinceMs: number | null;
  /** Signs that could not be looked at. */
  unseen: PressureSign["kind"][];
}

/** A group that fell behind while somebody was noisy. */
export interface Victim {
  groupId: string;
  /** null: a shared group. */
  tenantId: string | null;
  tenantCount: number;
  beforeMs: number | null;
  nowMs: number | null;
  beforeRecords: number;
  nowRecords: number;
  objectiveMs: number | null;
}

export interface Cause {
  kind: "operation" | "one-topic" | "hot-partition" | "replay" | "tiny-records" | "huge-records" | "new-client";
  sentence: string;
  topic?: string;
}

/** Somebody who is noisy or loud now, with everything that is known about it. */
export interface Episode {
  level: Level;
  pressure: BrokerPressure;
  peak: number;
  victims: Victim[];
  /** Fetch or produce time before and now, where it rose; null: none was seen to. */
  mechanism: { what: "fetch" | "produce"; beforeMs: number; nowMs: number } | null;
  causes: Cause[];
}

export interface ClusterNoise {
  clusterId: string;
  /** Time of the reading that was judged. */
  at: string;
  levels: Level[];
  brokers: BrokerPressure[];
  episodes: Episode[];
  findings: Finding[];
  /** Why nothing can be said; null: it can. */
  unseen: string | null;
  /** What is known of the tenants of its pools, of the last whole hour; absent: it has none, or no hour was judged yet. */
  pool?: PoolNoise;
}

/** What one reading alone cannot show. Comes out of each judgement of a cluster and goes into the next. */
export interface NoiseMemory {
  baselines: ReadonlyMap<number, BrokerBaseline>;
  brokers: ReadonlyMap<number, PressureMemory>;
  levels: ReadonlyMap<string, LevelMemory>;
  /** Where groups stood before the first of the present episodes; null: there is none. */
  before: { atMs: number; groups: ReadonlyMap<string, GroupStand>; times: ReadonlyMap<number, BrokerTimes> } | null;
  /** When each client of a tenant was first and last seen, what the first reading of a cluster tells was there always. */
  clients: ReadonlyMap<string, ClientSeen>;
  /** The reading before. */
  last: { atMs: number; groups: ReadonlyMap<string, GroupStand>; times: ReadonlyMap<number, BrokerTimes> } | null;
}

export interface ClientSeen {
  firstMs: number;
  lastMs: number;
}

export interface GroupStand {
  records: number;
  timeMs: number | null;
}

export interface BrokerTimes {
  produceMs: number | null;
  fetchMs: number | null;
}

export interface BrokerBaseline {
  produceMs: number | null;
  fetchMs: number | null;
  readings: number;
}

export interface PressureMemory {
  /** When the first sign was seen. */
  sinceMs: number;
  /** Signs were seen in as many readings as it takes. */
  isUnder: boolean;
  calmReadings: number;
  /** The last that were seen. */
  signs: PressureSign[];
}

export interface LevelMemory {
  /** Since when it has been over, without a pause. */
  overSinceMs: number | null;
  overReadings: number;
  underReadings: number;
  isOn: boolean;
  peak: number;
}
