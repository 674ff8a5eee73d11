import { topicValue } from "@/lib/domain/compare/config-values";
import { formatCountOf, formatSpan } from "@/lib/domain/format";
import { deletesByTime } from "@/lib/domain/lag/retention";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Steps } from "@/lib/domain/steps";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import { affects } from "./affected";
import { type PostureInput, type Report, tenantsOn } from "./posture";

/** How long a topic keeps a record at most: its retention, and the open segment, which is not deleted before it is rolled. */
interface Keeps {
  topic: TopicSummary;
  /** Of the open segment; null: nothing of the topic is deleted by time. */
  segmentMs: number | null;
  /** Infinity: for ever. */
  ms: number;
}

const SLICE = 200;
/** Topics that a finding leads to the form of. */
const SHORTENED_MAX = 5;

/** Tenants whose records are kept longer than their right to be forgotten allows; in a pool they cannot be deleted sooner at all. */
export function* erasureFindings(input: PostureInput, report: Report): Steps<void> {
  const { cluster } = input;
  let unread = 0;
  let done = 0;
  for (const { tenant, topics } of tenantsOn(input)) {
    done += 1;
    if (done % SLICE === 0) yield;
    const withinMs = tenant.requirements?.forgetWithinMs;
    if (withinMs === undefined) continue;
    const here = topics.filter(({ clusterId }) => clusterId === cluster.clusterId);
    const kept = here.map((topic) => keeps(cluster, topic));
    unread += kept.filter((one) => one === null).length;
    const late = kept.filter((one) => one !== null).filter(({ ms }) => ms > withinMs);
    const worst = late.toSorted((a, b) => b.ms - a.ms)[0];
    if (worst === undefined) continue;
    const isPooled = late.some(({ topic }) => topic.owner.kind === "shared");
    report.find({
      rule: "erasure.late",
      severity: isPooled ? "danger" : "warn",
      sentence: sentence(worst, late.length, withinMs, isPooled),
      evidence: {
        topic: worst.topic.topic,
        topics: late.length,
        ...shortening(late, withinMs),
        keepsMs: Number.isFinite(worst.ms) ? worst.ms : null,
        forgetWithinMs: withinMs,
        ...affects([tenant.id]),
      },
      tenantId: tenant.id,
      subject: "topics",
    });
  }
  // Topics that are refused stay unread; those that were merely not read yet are waited for.
  const isRefused = cluster.parts.configs.problems.length > 0;
  const unseen = isRefused ? report.seesPartly : report.cannotSee;
  if (unread > 0) unseen(["erasure.late"], `The retention of ${formatCountOf(unread, "topic")} has not been read.`);
}

/** The topics on which a shorter retention makes it good, and the longest that does for all of them. */
function shortening(late: readonly Keeps[], withinMs: number): { shorten: string | null; retentionMsAtMost: number | null } {
  const timed = late.filter(({ segmentMs }) => segmentMs !== null && segmentMs < withinMs);
  if (timed.length === 0) return { shorten: null, retentionMsAtMost: null };
  const shown = timed.slice(0, SHORTENED_MAX);
  const longest = shown.reduce((most, { segmentMs }) => Math.max(most, segmentMs ?? 0), 0);
  return { shorten: shown.map(({ topic }) => topic.topic).join(", "), retentionMsAtMost: withinMs - longest };
}

/** null: not read. */
function keeps(cluster: ClusterSnapshot, topic: TopicSummary): Keeps | null {
  if (!deletesByTime(cluster, topic.topic)) return { topic, segmentMs: null, ms: Number.POSITIVE_INFINITY };
  const retention = topicValue(cluster, topic.topic, "retention.ms");
  if (retention === null) return null;
  const segmentMs = topicValue(cluster, topic.topic, "segment.ms")?.value ?? 0;
  return { topic, segmentMs, ms: retention.value < 0 ? Number.POSITIVE_INFINITY : retention.value + segmentMs };
}

function sentence({ topic, ms }: Keeps, topics: number, withinMs: number, isPooled: boolean): string {
  const how = Number.isFinite(ms) ? `up to ${formatSpan(ms)}, the open segment included` : "for ever";
  const more = topics > 1 ? `, and ${topics - 1} more ${topics === 2 ? "topic" : "topics"} too long` : "";
  const pool = isPooled ? " It is shared: one tenant's records cannot be deleted from it sooner." : "";
  return `${topic.topic} keeps records ${how}${more}; they must be gone within ${formatSpan(withinMs)}.${pool}`;
}
