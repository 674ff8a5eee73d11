/** A tick closer than this part of the interval to a reading that was just made is left out. */
const LEAST_PART = 0.3;

/**
 * Milliseconds until the next reading. Readings lie on a grid of one interval with the given phase, so that a reading that
 * took long or was asked for by a person does not push all later ones: ticks that were missed are left out, never made up for.
 */
export function delayToNextTick(nowMs: number, intervalMs: number, phaseMs: number): number {
  const earliest = nowMs + intervalMs * LEAST_PART;
  const tick = Math.ceil((earliest - phaseMs) / intervalMs) * intervalMs + phaseMs;
  return tick - nowMs;
}

/** How soon a part that brought nothing is tried again: soon at first, then ever more rarely up to its interval. */
export function retryDelayMs(intervalMs: number, failures: number): number {
  return Math.min(intervalMs, RETRY_FIRST_MS * 2 ** Math.min(failures - 1, 20));
}

const RETRY_FIRST_MS = 15_000;

/** A number below `below` that is always the same for the same name, to spread what would else happen at once. */
export function spread(name: string, below: number): number {
  let hash = 2166136261;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 16777619);
  return (hash >>> 0) % Math.max(1, Math.floor(below));
}
