export const NAMESPACE = "AWS/Kafka";

/** What a minute of a series holds: one sample, or several where several publish into the same series (brokers, partitions). */
export type Sample = number | readonly number[];

export type Unit = "Bytes" | "Bytes/Second" | "Count/Second" | "Count" | "Percent" | "Milliseconds" | "Seconds" | "None";

/** Which series, in which account and region (`scopeOf`). */
export interface SeriesName {
  scope: string;
  /** Absent: `AWS/Kafka`. */
  namespace?: string;
  metric: string;
  dimensions: Readonly<Record<string, string>>;
}

/** A series of the namespace `AWS/Kafka`, or of an application's own. */
export interface Series extends SeriesName {
  unit: Unit;
  /** Beginnings of the minutes, ascending. */
  atMs: number[];
  samples: Sample[];
}

export interface NewPoint extends SeriesName {
  unit: Unit;
  atMs: number;
  sample: Sample;
}

export interface SeriesStore {
  add: (point: NewPoint) => void;
  /** Adds a sample to a minute, whichever came before: applications publish late, and several times a minute. */
  publish: (point: NewPoint & { sample: number }) => void;
  /** The series with exactly these dimensions. */
  find: (name: SeriesName) => Series | undefined;
  /** Every series of an account and region. */
  list: (scope: string) => Series[];
  /** Forgets everything before a time. */
  forget: (beforeMs: number) => void;
}

export function createSeriesStore(): SeriesStore {
  const series = new Map<string, Series>();
  return {
    add: ({ atMs, sample, ...name }) => {
      const key = keyOf(name);
      const known = series.get(key) ?? { ...name, atMs: [], samples: [] };
      if (atMs <= (known.atMs.at(-1) ?? Number.NEGATIVE_INFINITY)) return;
      known.atMs.push(atMs);
      known.samples.push(sample);
      series.set(key, known);
    },
    publish: ({ atMs, sample, ...name }) => {
      const key = keyOf(name);
      const known = series.get(key) ?? { ...name, atMs: [], samples: [] };
      const at = firstAt(known.atMs, atMs);
      const before = known.samples[at];
      if (known.atMs[at] !== atMs || before === undefined) {
        known.atMs.splice(at, 0, atMs);
        known.samples.splice(at, 0, sample);
      } else known.samples[at] = [...(typeof before === "number" ? [before] : before), sample];
      series.set(key, known);
    },
    find: (name) => series.get(keyOf(name)),
    list: (scope) => [...series.values()].filter((candidate) => candidate.scope === scope),
    forget: (beforeMs) => {
      for (const [key, { atMs, samples }] of series) {
        const firstKept = atMs.findIndex((at) => at >= beforeMs);
        if (firstKept < 0) series.delete(key);
        else if (firstKept > 0) {
          atMs.splice(0, firstKept);
          samples.splice(0, firstKept);
        }
      }
    },
  };
}

const keyOf = ({ scope, namespace = NAMESPACE, metric, dimensions }: SeriesName) =>
  JSON.stringify([scope, namespace, metric, ...Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1))]);

/** Index of the first minute at or after a time. */
export function firstAt(atMs: readonly number[], timeMs: number): number {
  let low = 0;
  let high = atMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((atMs[middle] ?? 0) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
