import type { HistorySeries } from "@/lib/domain/views/tenants";

/**
 * How much of the time shown was throttled, which a mean over throttled requests alone does not say: steps in which any broker held
 * something back, of those in which any told. undefined: none told.
 */
export function throttledWords(lines: readonly HistorySeries[], stepMs: number): string | undefined {
  const steps = Math.max(0, ...lines.map(({ values }) => values.length));
  let told = 0;
  let throttled = 0;
  for (let step = 0; step < steps; step += 1) {
    const known = lines.flatMap(({ values }) => values[step] ?? []);
    if (known.length > 0) told += 1;
    if (known.some((ms) => ms > 0)) throttled += 1;
  }
  if (told === 0) return undefined;
  return throttled === 0 ? `never in ${told} ${stepsOf(stepMs, told)}` : `throttled in ${throttled} of ${told} ${stepsOf(stepMs, told)}`;
}

function stepsOf(stepMs: number, count: number): string {
  if (stepMs >= 3_600_000) return count === 1 ? "hour" : "hours";
  if (stepMs >= 300_000) return count === 1 ? "span of five minutes" : "spans of five minutes";
  return count === 1 ? "minute" : "minutes";
}
