import { formatDuration } from "@/lib/domain/format";
import { isKnown, type Known, type Observed, sumObserved, unavailable } from "@/lib/domain/observed";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import type { Direction } from "@/lib/domain/views/use";
import type { PoolFacts, ReportedUse } from "./pool-facts";
import type { PoolShare, PoolShares } from "./shares";

/** A sample is taken each hour; one that is older than this says little of now. */
export const SHARES_OLD_MS = 3 * 3_600_000;
/** Metering systems publish minutes late; after this time nothing comes any more. */
export const REPORTED_OLD_MS = 20 * 60_000;

export interface PoolRateInput {
  tenantId: string;
  /** The shared topics of the tenant's pool, on one cluster. */
  topics: readonly TopicSummary[];
  facts: PoolFacts;
  direction: Direction;
  nowMs: number;
  at: string;
}

export interface PoolRate {
  rate: Observed<number>;
  /** What a person should know of how it came to be; null: the mark says it. */
  note: string | null;
}

/** A tenant's rate in the shared topics: as its application reports it, else its sampled share of what the topics carry. */
export function poolRate(input: PoolRateInput): PoolRate {
  const { tenantId, facts, direction, nowMs } = input;
  const reported = facts.reported.get(tenantId);
  const told = reported?.[direction];
  if (reported === undefined || told === undefined) return { rate: sampledRate(input), note: null };
  if (told !== null && nowMs - Date.parse(told.at) <= REPORTED_OLD_MS) {
    return { rate: { source: "reported", value: told.bytesPerSecond, at: told.at }, note: `Its application reports it: ${reported.from}.` };
  }
  const rate = sampledRate(input);
  return { rate, note: `${awaySentence(reported, direction, nowMs)} ${isKnown(rate) ? "The sample stands in." : ""}`.trim() };
}

/** Why what is reported cannot be used now. */
export function awaySentence(reported: ReportedUse, direction: Direction, nowMs: number): string {
  const told = reported[direction] ?? null;
  const why = reported.problem === null ? "" : ` ${reported.problem.message}`;
  if (told === null) return `${reported.from} has reported nothing of it yet.${why}`;
  return `What ${reported.from} reported last is ${ageWords(nowMs - Date.parse(told.at))} old.${why}`;
}

/** Share times rate, topic by topic; one that was not sampled makes it "at least". Topics through which nothing goes need no sample. */
export function sampledRate({ tenantId, topics, facts, direction, nowMs, at }: PoolRateInput): Observed<number> {
  const rates = topics.map((topic) => ({ topic, rate: direction === "produce" ? topic.bytesInPerSecond : topic.bytesOutPerSecond }));
  const carrying = rates.filter(({ rate }) => !isNothing(rate));
  const parts = carrying.map(({ topic: { topic }, rate }) => partOf(tenantId, topic, rate, facts.shares.get(topic), nowMs));
  return sumObserved(
    parts.length > 0 ? parts : rates.map(({ rate }) => rate),
    unavailable("No shared topic fits the names of its placement.", "Check the names in its placement.", at),
  );
}

function isNothing(rate: Observed<number>): boolean {
  return isKnown(rate) && rate.value === 0 && rate.atLeast !== true;
}

function partOf(tenantId: string, topic: string, rate: Observed<number>, shares: PoolShares | undefined, nowMs: number): Observed<number> {
  if (!isKnown(rate)) return rate;
  if (shares === undefined) return unavailable(`${topic} has not been sampled yet.`, NOT_SAMPLED, rate.at);
  const ageMs = nowMs - Date.parse(shares.at);
  if (ageMs > SHARES_OLD_MS) return unavailable(`The last sample of ${topic} is ${ageWords(ageMs)} old.`, NOT_SAMPLED, shares.at);
  const row = shareOfTenant(shares, tenantId);
  if (row === null) return { source: "estimated", value: 0, at: shares.at, atLeast: true };
  const { bytes, bytesError } = row;
  const part: Known<number> = { ...rate, value: rate.value * bytes, source: "estimated", at: shares.at };
  if (bytes > 0 && bytesError > 0) part.error = bytesError / bytes;
  return part;
}

const NOT_SAMPLED = "Shared topics are sampled once an hour, unless samples are off for the connection.";

const MINUTE_MS = 60_000;

/** In whole minutes, so that what is old does not read differently each second. */
function ageWords(ageMs: number): string {
  return formatDuration(Math.floor(ageMs / MINUTE_MS) * MINUTE_MS);
}

const byTenant = new WeakMap<PoolShares, Map<string | null, PoolShare>>();

/** A tenant's row; null: it was in none of the batches. */
export function shareOfTenant(shares: PoolShares, tenantId: string): PoolShare | null {
  let index = byTenant.get(shares);
  if (index === undefined) {
    index = new Map(shares.rows.map((row) => [row.tenantId, row]));
    byTenant.set(shares, index);
  }
  return index.get(tenantId) ?? null;
}
