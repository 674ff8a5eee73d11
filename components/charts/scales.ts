const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TIME_STEPS = [MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];
const DAY_STEPS = [DAY, 2 * DAY, 7 * DAY, 14 * DAY];
const TICKS_MAX = 7;

/** Round values from zero to at or above `highest`, three to five of them, for an axis that starts at zero. */
export function valueTicks(highest: number): number[] {
  if (!(highest > 0)) return [0, 1];
  const rough = highest / 4;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 4, 5, 10].find((factor) => factor * magnitude >= rough * 0.999) ?? 10) * magnitude;
  const count = Math.ceil((highest / step) * 0.9999);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** Times at round hours or days of the viewer's zone inside the range, seven at most. */
export function timeTicks(fromMs: number, toMs: number): number[] {
  const step = [...TIME_STEPS, ...DAY_STEPS].find((size) => (toMs - fromMs) / size <= TICKS_MAX) ?? 28 * DAY;
  const zoneMs = new Date(fromMs).getTimezoneOffset() * MINUTE;
  const first = Math.ceil((fromMs - zoneMs) / step) * step + zoneMs;
  const ticks: number[] = [];
  for (let at = first; at <= toMs; at += step) ticks.push(at);
  return ticks;
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY_NAME = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

/** "14:00"; midnight of a longer range is its day, "23 Nov". */
export function timeTickWords(atMs: number, spanMs: number): string {
  const at = new Date(atMs);
  const midnight = at.getHours() === 0 && at.getMinutes() === 0;
  return spanMs > 12 * HOUR && midnight ? DAY_NAME.format(at) : CLOCK.format(at);
}
