import type { PoolShares } from "./shares";

/** What is known of the tenants of a cluster's shared topics beside what its brokers count. */
export interface PoolFacts {
  /** Who is in each shared topic, by topic, as sampled last. */
  shares: ReadonlyMap<string, PoolShares>;
  /** What applications report of their tenants, by tenant; what is declared and was never read has an entry too. */
  reported: ReadonlyMap<string, ReportedUse>;
}

/** One rate that an application reports; `at` is the end of the time that it is about. */
export interface ReportedRate {
  bytesPerSecond: number;
  /** ISO time. */
  at: string;
}

/** What an application reports of one tenant on one cluster. */
export interface ReportedUse {
  /** Where it is read: "CloudWatch namespace Acme/Usage". */
  from: string;
  /** null: reported, and nothing usable was read so far. Absent: this direction is not reported. */
  produce?: ReportedRate | null;
  consume?: ReportedRate | null;
  /** Why the last reading brought nothing, with what can be done; null: it did. */
  problem: { message: string; remedy: string } | null;
}

export const NO_POOL_FACTS: PoolFacts = { shares: new Map(), reported: new Map() };

/** Whether an application reports of anybody. */
export function hasReportedPools(facts: PoolFacts | undefined): boolean {
  return facts !== undefined && facts.reported.size > 0;
}
