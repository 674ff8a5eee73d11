/** Equal steps of time that a chart's points lie on. */
export interface Grid {
  stepMs: number;
  /** Beginning of each step, milliseconds since 1970, oldest first. */
  times: number[];
  /** The step that holds a time; may lie outside of the grid. */
  indexOf: (atMs: number) => number;
}

export function gridOf(fromMs: number, toMs: number, stepMs: number): Grid {
  const first = Math.floor(fromMs / stepMs) * stepMs;
  const times: number[] = [];
  for (let at = first; at < toMs; at += stepMs) times.push(at);
  return { stepMs, times, indexOf: (atMs) => Math.floor((atMs - first) / stepMs) };
}

export function blank(grid: Grid): (number | null)[] {
  return new Array<number | null>(grid.times.length).fill(null);
}

/** The mean of all points that fall into each step; a step without a point is a gap. */
export function meansOn(grid: Grid, points: Iterable<{ atMs: number; value: number }>): (number | null)[] {
  const sums = blank(grid);
  const counts = new Array<number>(sums.length).fill(0);
  for (const { atMs, value } of points) {
    const at = grid.indexOf(atMs);
    if (at < 0 || at >= sums.length) continue;
    sums[at] = (sums[at] ?? 0) + value;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return sums.map((sum, at) => (sum === null ? null : sum / (counts[at] ?? 1)));
}

/** The first known of two values in each step: joins without a seam, and counts nothing twice. */
export function firstKnown(a: readonly (number | null)[], b: readonly (number | null)[]): (number | null)[] {
  return a.map((value, at) => value ?? b[at] ?? null);
}
