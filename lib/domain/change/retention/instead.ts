import type { Consequence } from "@/lib/domain/change/plan";
import type { RequestOf } from "@/lib/domain/change/request";
import { TOPIC_SETTINGS } from "@/lib/domain/change/topic-keys/settings";
import { formatSpan } from "@/lib/domain/format";
import { mapInSlices, type Steps } from "@/lib/domain/steps";
import { limitsAfter } from "./limits";
import { type GroupOutlook, groupOutlooks } from "./losses";
import { outlookOf, type TopicOutlook } from "./outlook";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** For more topics no single time is looked for. */
const TOPICS_MAX = 200;
const SLICE = 50;
/** Tried where the next whole hour or day is not certain to lose nothing. */
const USUAL_MS = [HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS, ...[1, 2, 3, 7, 14, 30, 60, 90].map((days) => days * DAY_MS)];

/**
 * The shortest retention in whole hours, or from a day on in whole days, under which nothing unread is lost. null: there is none that is
 * shorter than today's, or none of which that is certain.
 */
export function* longerInstead(
  request: RequestOf<"retention">,
  outlooks: readonly TopicOutlook[],
  groups: readonly GroupOutlook[],
  at: string,
): Steps<Consequence["instead"]> {
  const losing = groups.filter(({ recordsAtMost }) => recordsAtMost > 0);
  const deleting = outlooks.filter(({ deletes, changed }) => deletes && changed.keys.has("retention.ms"));
  if (losing.length === 0 || deleting.length === 0 || deleting.length > TOPICS_MAX) return null;
  const nowMs = Math.min(...deleting.map(({ now }) => now.ms ?? 0));
  const boundMs = Math.min(...deleting.flatMap(boundsOf));
  const behindMs = Math.max(...losing.map(({ timeBehindMs }) => timeBehindMs ?? 0));
  const rounded = roundUp(behindMs);
  const candidates = [rounded, roundUp(rounded + 1), ...USUAL_MS.filter((ms) => ms > behindMs)].filter((ms) => ms < nowMs && ms <= boundMs);
  for (const ms of candidates.toSorted((a, b) => a - b)) {
    if (!(yield* losesNothing(deleting, ms, at))) continue;
    return { label: `Keep ${formatSpan(ms)} instead: nothing unread is lost`, request: { ...request, retentionMs: ms } };
  }
  return null;
}

function roundUp(ms: number): number {
  const unit = ms < DAY_MS ? HOUR_MS : DAY_MS;
  return Math.max(1, Math.ceil(ms / unit)) * unit;
}

function boundsOf({ changed }: TopicOutlook): number[] {
  return changed.scoped.tenants.flatMap(({ tier }) => TOPIC_SETTINGS["retention.ms"].boundOf(tier) ?? []);
}

function* losesNothing(outlooks: readonly TopicOutlook[], ms: number, at: string): Steps<boolean> {
  const longer = yield* mapInSlices(outlooks, SLICE, ({ changed }) => outlookOf(changed, at, { ...limitsAfter(changed), ms }));
  return (yield* groupOutlooks(longer)).every(({ recordsAtMost, isUnseen }) => recordsAtMost === 0 && !isUnseen);
}
