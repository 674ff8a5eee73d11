import type { AwsSpending } from "@/lib/domain/cloud-facts";

/** GetMetricData in us-east-1, as listed in August 2026: 0.01 US dollars per 1,000 series asked for. */
export const DOLLARS_PER_SERIES = 0.01 / 1000;

const HOUR_MS = 3_600_000;
const BUCKET_MS = 60_000;

export interface Spending {
  count: (operation: string) => void;
  /**
   * Takes series out of the budget of the last hour and answers how many it allows, at most as many as were wished for.
   * They are taken at once, so that readings that run side by side do not exceed it together.
   */
  take: (wished: number) => number;
  /** Gives back what was taken for a call that AWS did not answer, which costs nothing. */
  giveBack: (series: number) => void;
  /** When the budget has room again, in milliseconds since the epoch. */
  freeAtMs: () => number;
  read: () => AwsSpending;
}

/** Counts calls and series of one region, and holds GetMetricData to the dollars of any hour. */
export function startSpending(dollarsPerHour: number, now: () => number): Spending {
  const since = new Date(now()).toISOString();
  const calls: Record<string, number> = {};
  const seriesMax = Math.floor(dollarsPerHour / DOLLARS_PER_SERIES + 1e-6);
  /** Series by the minute they were asked for in, oldest first. */
  const minutes = new Map<number, number>();
  let seriesRequested = 0;

  function inLastHour(): number {
    let sum = 0;
    for (const [minute, series] of minutes) {
      if (minute * BUCKET_MS <= now() - HOUR_MS - BUCKET_MS) minutes.delete(minute);
      else sum += series;
    }
    return sum;
  }

  function add(series: number): void {
    const minute = Math.floor(now() / BUCKET_MS);
    minutes.set(minute, (minutes.get(minute) ?? 0) + series);
    seriesRequested += series;
  }

  return {
    count(operation) {
      calls[operation] = (calls[operation] ?? 0) + 1;
    },
    take(wished) {
      const allowed = Math.max(0, Math.min(wished, seriesMax - inLastHour()));
      if (allowed > 0) add(allowed);
      return allowed;
    },
    giveBack: (series) => add(-series),
    freeAtMs() {
      const [oldest] = minutes.keys();
      return oldest === undefined ? now() : (oldest + 1) * BUCKET_MS + HOUR_MS;
    },
    read: () => ({
      since,
      calls: { ...calls },
      seriesRequested,
      dollars: Math.round(seriesRequested * DOLLARS_PER_SERIES * 1e6) / 1e6,
    }),
  };
}
