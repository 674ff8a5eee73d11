/** Samples are of whole hours of UTC. */
export const HOUR_MS = 3_600_000;
/** What is drawn this soon after an hour's end is drawn of that hour; later it is drawn of the hour that runs. */
export const HOUR_CLOSES_MS = 15 * 60_000;

/** The beginning of the hour of UTC that holds a time. */
export function hourOf(timeMs: number): number {
  return Math.floor(timeMs / HOUR_MS) * HOUR_MS;
}

/** The hour whose records a sample that is taken now is of. */
export function sampledHour(nowMs: number): { fromMs: number; untilMs: number } {
  const fromMs = hourOf(nowMs - HOUR_CLOSES_MS);
  return { fromMs, untilMs: Math.min(fromMs + HOUR_MS, nowMs) };
}
