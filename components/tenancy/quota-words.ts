import { formatByteRate, formatMilliseconds, formatPercent, formatRateIn, formatRateOf, type RateUnit } from "@/lib/domain/format";
import type { BrokerUse, Direction, LimitState, RowUse } from "@/lib/domain/views/use";

const NEAR = 0.8;

export const DIRECTION_WORDS: Record<Direction, string> = { produce: "Produce", consume: "Consume" };

/** What a state of the limit axis is called in a sentence; null where the number says it all. */
export const LIMIT_WORDS: Record<LimitState, string | null> = {
  free: null,
  near: "near quota",
  "at-limit": "at its limit, demand is cut off",
  "throttled-below-promise": "throttled below its promise",
  "not-in-force": "quota not in force for this traffic",
  "no-limit": "no limit",
  idle: "idle",
  unknown: "unknown",
};

export type BarKind = "limited" | "no-limit" | "unknown";
export type BarTone = "warn" | "danger" | null;

/** What is drawn. The four pictures (use, no limit, unknown, zero) never look alike. */
export interface BarPicture {
  kind: BarKind;
  tone: BarTone;
  throttled: boolean;
  /** Length of the bar and of the thin line below it, in percent of quota and promise; null: not drawn. */
  usePercent: number | null;
  totalPercent: number | null;
}

/** The words beside the bar: a percentage and a fainter figure, or words in the place of both. */
export interface BarWords {
  percent: string | null;
  rate: string | null;
  words: string | null;
  /** All of it for a screen reader and the tooltip. */
  spoken: string;
}

function kindOf(use: Pick<RowUse, "state" | "share">): BarKind {
  if (use.state === "no-limit") return "no-limit";
  if (use.state === "unknown") return "unknown";
  if (use.share === null && use.state !== "idle") return "unknown";
  return "limited";
}

function isCutOff(state: LimitState): boolean {
  return state === "at-limit" || state === "throttled-below-promise";
}

export function toneOf(use: Pick<RowUse, "state" | "share">): BarTone {
  if (use.state === "throttled-below-promise") return "danger";
  if (use.share !== null && use.share > 1) return "danger";
  if (use.state === "at-limit" || (use.share ?? 0) >= NEAR) return "warn";
  return null;
}

export function pictureOf(use: RowUse): BarPicture {
  const kind = kindOf(use);
  return {
    kind,
    tone: kind === "limited" ? toneOf(use) : null,
    throttled: (use.throttleMs ?? 0) > 0,
    usePercent: kind === "limited" ? (use.share ?? 0) * 100 : null,
    totalPercent: use.promiseShare === null ? null : use.promiseShare * 100,
  };
}

function least(use: RowUse): string {
  return use.atLeast ? "≥" : "";
}

/** " ±12 %": the 95 % interval of an estimate. */
function interval({ error }: Pick<RowUse, "error">): string {
  return error === undefined ? "" : ` ±${formatPercent(error)}`;
}

function rateBeside(use: RowUse, unit: RateUnit): string | null {
  if ((use.throttleMs ?? 0) > 0) return formatMilliseconds(use.throttleMs ?? 0);
  if (isCutOff(use.state)) return "at limit";
  if (use.worstBytesPerSecond === null) return null;
  const broker = use.brokerId === null ? "" : ` · b${use.brokerId}`;
  return `${formatRateIn(use.worstBytesPerSecond, unit)}${broker}`;
}

/** The reason in a few words for a cell; the sentence is in the tooltip. */
export function shortReason(reason: string): string {
  const first = reason.split(/[.:;,(]/)[0] ?? reason;
  return first.trim();
}

function wordsBeside(use: RowUse, unit: RateUnit): string {
  if (use.state === "idle") return formatByteRate(0);
  const rate = use.bytesPerSecond === null ? null : `${least(use)}${formatRateIn(use.bytesPerSecond, unit)}${interval(use)}`;
  // The bar has no end already; a figure that is cut off would be another one.
  if (use.state === "no-limit" && rate !== null && use.error !== undefined) return rate;
  if (use.state === "no-limit") return rate === null ? "no limit" : `no limit · ${rate}`;
  const reason = shortReason(use.reason ?? "limit unknown");
  return rate === null ? reason : `${rate} · ${reason}`;
}

function spokenPromise(use: RowUse): string | null {
  if (use.bytesPerSecond === null) return null;
  const atLeast = use.atLeast ? "at least " : "";
  if (use.promiseShare === null || use.promiseShare === 0) return `total ${atLeast}${formatByteRate(use.bytesPerSecond)}${interval(use)}`;
  const words = formatRateOf(use.bytesPerSecond, use.bytesPerSecond / use.promiseShare);
  return `total ${atLeast}${words} promised${use.error === undefined ? "" : `,${interval(use)}`}`;
}

function spokenLimit(use: RowUse, kind: BarKind): string | null {
  if (kind === "no-limit") return "no limit";
  if (kind === "unknown") return `unknown: ${use.reason ?? "no quota could be read"}`;
  const share = use.share ?? 0;
  const percent = `${isCutOff(use.state) ? "at least " : ""}${formatPercent(share)}`;
  const broker = use.brokerId === null ? "" : ` on broker ${use.brokerId}`;
  if (use.worstBytesPerSecond === null) return percent;
  const rate = share > 0 ? formatRateOf(use.worstBytesPerSecond, use.worstBytesPerSecond / share) : formatByteRate(use.worstBytesPerSecond);
  return `${percent}, ${rate}${broker}`;
}

function spokenThrottle(use: RowUse): string | null {
  if ((use.throttleMs ?? 0) > 0) return `throttled ${formatMilliseconds(use.throttleMs ?? 0)}`;
  return use.throttleMs === null && kindOf(use) === "limited" ? "throttling is not visible" : null;
}

export function wordsOf(use: RowUse, unit: RateUnit): BarWords {
  const kind = kindOf(use);
  const state = use.state === "unknown" || use.state === "no-limit" ? null : LIMIT_WORDS[use.state];
  const spoken = [spokenLimit(use, kind), state, spokenThrottle(use), spokenPromise(use), use.source]
    .filter((part) => part !== null)
    .join("; ");
  if (kind !== "limited" || use.state === "idle") return { percent: null, rate: null, words: wordsBeside(use, unit), spoken };
  const percent = `${isCutOff(use.state) ? "≥" : ""}${formatPercent(use.share ?? 0)}`;
  return { percent, rate: rateBeside(use, unit), words: null, spoken };
}

/** One bucket on one broker as a bar of its own. */
export function brokerRowUse(use: BrokerUse, quotaUnread = false): RowUse {
  const throttled = (use.throttleMs ?? 0) > 0;
  const limited: LimitState = throttled ? "at-limit" : (use.share ?? 0) >= NEAR ? "near" : "free";
  return {
    state: quotaUnread ? "unknown" : use.quotaBytesPerSecond === null ? "no-limit" : limited,
    bytesPerSecond: use.bytesPerSecond,
    source: use.source,
    share: use.share,
    worstBytesPerSecond: use.bytesPerSecond,
    brokerId: use.brokerId,
    throttleMs: use.throttleMs,
    promiseShare: null,
  };
}

const MEGABYTE = 1e6;

/** The unit for a column of rates: the one in which its largest has a digit before the point. */
export function rateUnitFor(rates: Iterable<number | null>): RateUnit {
  for (const rate of rates) if (rate !== null && rate >= MEGABYTE) return "MB/s";
  return "kB/s";
}
