import type { Finding } from "@/lib/domain/conditions/condition";
import type { BrokerTimes, Cause, GroupStand, LevelMemory, PressureSign, Verdict, Victim } from "@/lib/domain/noise/noise";

/** Bytes that come into shared topics, and bytes that go out. Of request time brokers tell nothing by topic. */
export const POOL_RESOURCES = ["in", "out"] as const;
export type PoolResource = (typeof POOL_RESOURCES)[number];

/** An estimate with the ends of its 95 % interval; of what is reported all three are the same. */
export interface Interval {
  low: number;
  value: number;
  high: number;
}

/** What a pool's tenant took in an hour, against its promise and what it is entitled to on the cluster. */
export interface PoolLevel {
  tenantId: string;
  resource: PoolResource;
  /** `estimated`: its share of the hour's sample times what the brokers measured in that hour. */
  source: "estimated" | "reported";
  /** Bytes per second, the mean of the hour. */
  rate: Interval;
  /** What all brokers of the cluster took together. */
  clusterRate: number;
  /** Rate over that, 0 to 1. */
  share: Interval;
  /** Its list promise as a whole; null: nothing is promised to it. */
  promiseBytesPerSecond: number | null;
  /** `above`, `within`: with the whole of the interval. */
  promise: "above" | "within" | "unknown" | "none";
  /** Why it cannot be told whether it is above; null: it can. */
  because: string | null;
  /** Its list promise for the cluster over those of all that were active there in the hour; null: nothing is promised to it. */
  entitlement: number | null;
  /** Share over entitlement; null where that is. */
  times: Interval | null;
  verdict: Verdict;
  /** Beginning of the first hour in which it took this much; null: it does not. */
  sinceMs: number | null;
}

/** A broker that was under pressure in an hour. */
export interface HourPressure {
  brokerId: number;
  sinceMs: number;
  signs: PressureSign[];
}

/** Somebody of a pool who was noisy or loud in an hour. */
export interface PoolEpisode {
  level: PoolLevel;
  /** As what it goes on, also in an hour that cannot tell. */
  verdict: "noisy" | "loud";
  /** Brokers that lead its partitions and were under pressure in the hour. */
  pressures: HourPressure[];
  /** The highest lower end of its share since it began. */
  peak: number;
  victims: Victim[];
  mechanism: { what: "fetch" | "produce"; beforeMs: number; nowMs: number } | null;
  causes: Cause[];
}

/** The last hour of a cluster's pools that was judged. */
export interface PoolNoise {
  clusterId: string;
  fromMs: number;
  untilMs: number;
  levels: PoolLevel[];
  episodes: PoolEpisode[];
  findings: Finding[];
  /** Why nothing can be said of the hour; null: it can. */
  unseen: string | null;
}

/** A minute of a shared topic: bytes, and how much of the time was read. */
export interface HourSlice {
  coveredMs: number;
  in: number;
  out: number;
}

export interface ReportedHour {
  bytes: number;
  coveredMs: number;
  /** End of the newest time that was taken in. */
  atMs: number;
}

/** What is gathered of an hour of a cluster, reading by reading. */
export interface GatheredHour {
  fromMs: number;
  /** How much of the hour was read, of all brokers. */
  coveredMs: number;
  /** Bytes of all brokers. */
  bytes: Record<PoolResource, number>;
  topics: Map<string, HourSlice[]>;
  /** Who was seen to take some of it by its own clients or topics. */
  active: Record<PoolResource, Set<string>>;
  /** Of whom the brokers counted the clients: those are judged by the minute. */
  counted: Record<PoolResource, Set<string>>;
  reported: Map<string, Partial<Record<PoolResource, ReportedHour>>>;
  pressures: Map<number, HourPressure>;
  /** How groups and brokers stood at the first reading, and at worst. */
  before: Stands;
  worst: Stands;
}

export interface Stands {
  groups: ReadonlyMap<string, GroupStand>;
  times: ReadonlyMap<number, BrokerTimes>;
}

/** What is remembered of a cluster's pools from one hour to the next, and of the hours that are gathered. */
export interface PoolMemory {
  running: GatheredHour | null;
  /** The hour that is over and waits for its samples. */
  ended: GatheredHour | null;
  /** Time of the last reading that was gathered. */
  lastMs: number | null;
  levels: ReadonlyMap<string, LevelMemory>;
}

export const EMPTY_POOL_MEMORY: PoolMemory = { running: null, ended: null, lastMs: null, levels: new Map() };
