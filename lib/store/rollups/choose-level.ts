import { LEVELS, type Level } from "./levels";

const [, , HOURS] = LEVELS;

/**
 * The finest level that still holds `from` and has at most `maxPoints` rows up to `to`; where even hours are too many, hours in
 * steps of several. Times and the step are in minutes.
 */
export function chooseLevel(from: number, to: number, maxPoints: number, nowMinute: number): { level: Level; step: number } {
  const fitting = LEVELS.find((level) => from >= nowMinute - level.retentionMinutes && (to - from) / level.span <= maxPoints);
  if (fitting !== undefined) return { level: fitting, step: fitting.span };
  return { level: HOURS, step: HOURS.span * Math.max(1, Math.ceil((to - from) / HOURS.span / maxPoints)) };
}

/** The coarsest level that still has a row for each step (fewest rows to read) and holds `from`; hours where none does. */
export function chooseSparkLevel(from: number, step: number, nowMinute: number): Level {
  return LEVELS.findLast((level) => level.span <= step && from >= nowMinute - level.retentionMinutes) ?? HOURS;
}
