import type { TenantState } from "@/lib/domain/fleet";
import { formatByteRate, formatBytes, formatCount, formatDuration } from "@/lib/domain/format";
import { isAtLeast, knownValue } from "@/lib/domain/observed";
import type { CaughtUp, GroupSummary } from "@/lib/domain/views/lag";

const NEVER_MS = 30 * 86_400_000;

/** When each late group of a tenant's own has read what waits. */
export function caughtUpGroups(state: TenantState): CaughtUp[] {
  return state.groups.flatMap((group) => caughtUp(state, group) ?? []);
}

/**
 * When a late group of a tenant's own has read what waits: backlog over what is read beyond what is written, by bytes of its topics and
 * capped by the tenant's consume quota. null: it is not late, or not one tenant's.
 */
export function caughtUp(state: TenantState, group: GroupSummary): CaughtUp | null {
  const { clusterId, groupId, topics, recordsBehind, owner } = group;
  const waiting = knownValue(recordsBehind) ?? 0;
  if (owner.kind !== "tenant" || waiting === 0 || group.state === "ok") return null;
  const told = (inMs: number | null, arithmetic: string): CaughtUp => ({ groupId, clusterId, inMs, arithmetic });
  if (group.state === "no-members") return told(null, "Never: the group has no members.");
  if (group.state === "stuck") return told(null, "Never at this pace: the group does not commit.");
  const names = new Set(topics);
  const own = state.topics.filter((topic) => topic.clusterId === clusterId && names.has(topic.topic));
  const sum = (key: "bytesInPerSecond" | "bytesOutPerSecond" | "recordsInPerSecond"): number | null => {
    const rates = own.map((topic) => knownValue(topic[key]));
    return own.length === 0 || rates.includes(null) ? null : rates.reduce<number>((all, rate) => all + (rate ?? 0), 0);
  };
  const [written, read, records] = [sum("bytesInPerSecond"), sum("bytesOutPerSecond"), sum("recordsInPerSecond")];
  if (written === null || read === null || records === null)
    return told(null, "Not known: the rates of the topics it reads cannot be seen.");
  if (records === 0) return told(null, "Not known: nothing is written to its topics now, so the size of a record cannot be told.");
  if (own.some(({ groupCount }) => groupCount > 1))
    return told(null, "Not known: several groups read its topics, and the brokers count what goes out to all of them together.");
  const backlog = waiting * (written / records);
  const limit = state.consume.worst?.quotaBytesPerSecond ?? null;
  const brokers = state.consume.buckets.filter((bucket) => bucket.clusterId === clusterId).flatMap((bucket) => bucket.brokers);
  const cap =
    limit === null || brokers.length === 0
      ? null
      : brokers.reduce((all, { quotaBytesPerSecond }) => all + (quotaBytesPerSecond ?? limit), 0);
  const pace = cap === null ? read : Math.min(read, cap);
  const drained = pace - written;
  const atLeast = isAtLeast(recordsBehind);
  const words = `${atLeast ? "at least " : ""}${formatCount(waiting)} records of about ${formatBytes(written / records)} are ${formatBytes(backlog)}; it reads ${formatByteRate(pace)}${cap !== null && cap < read ? ", its quota," : ""} while ${formatByteRate(written)} are written`;
  if (drained <= 0) return told(null, `Never at this pace: ${words}.`);
  const inMs = (backlog / drained) * 1000;
  if (inMs > NEVER_MS) return told(null, `Not within 30 days: ${words}.`);
  return {
    ...told(inMs, `${formatBytes(backlog)} ÷ ${formatByteRate(drained)} = ${formatDuration(inMs)}: ${words}.`),
    ...(atLeast ? { atLeast } : {}),
  };
}
