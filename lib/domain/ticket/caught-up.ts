import type { TenantState } from "@/lib/domain/fleet";
import { formatByteRate, formatBytes, formatCount, formatDuration } from "@/lib/domain/format";
import { knownValue } from "@/lib/domain/observed";
import type { GroupSummary } from "@/lib/domain/views/lag";
import type { CaughtUp } from "@/lib/domain/views/ticket";

const NEVER_MS = 30 * 86_400_000;

/** When each late group of a tenant's own has read what waits: backlog over what is read beyond what is written. By bytes of its topics. */
export function caughtUp(state: TenantState): CaughtUp[] {
  return state.groups.filter(isLate).map((group) => caughtUpOf(state, group));
}

function isLate({ owner, recordsBehind, state }: GroupSummary): boolean {
  return owner.kind === "tenant" && (knownValue(recordsBehind) ?? 0) > 0 && state !== "ok";
}

function caughtUpOf(state: TenantState, { clusterId, groupId, topics, recordsBehind, state: of }: GroupSummary): CaughtUp {
  const told = (inMs: number | null, arithmetic: string): CaughtUp => ({ groupId, clusterId, inMs, arithmetic });
  if (of === "no-members") return told(null, "Never: the group has no members.");
  if (of === "stuck") return told(null, "Never at this pace: the group does not commit.");
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
  const backlog = (knownValue(recordsBehind) ?? 0) * (written / records);
  const limit = state.consume.worst?.quotaBytesPerSecond ?? null;
  const brokers = state.consume.buckets.filter((bucket) => bucket.clusterId === clusterId).flatMap((bucket) => bucket.brokers);
  const cap =
    limit === null || brokers.length === 0
      ? null
      : brokers.reduce((all, { quotaBytesPerSecond }) => all + (quotaBytesPerSecond ?? limit), 0);
  const pace = cap === null ? read : Math.min(read, cap);
  const drained = pace - written;
  const words = `${formatCount(knownValue(recordsBehind) ?? 0)} records of about ${formatBytes(written / records)} are ${formatBytes(backlog)}; it reads ${formatByteRate(pace)}${cap !== null && cap < read ? ", its quota," : ""} while ${formatByteRate(written)} are written`;
  if (drained <= 0) return told(null, `Never at this pace: ${words}.`);
  const inMs = (backlog / drained) * 1000;
  if (inMs > NEVER_MS) return told(null, `Not within 30 days: ${words}.`);
  return told(inMs, `${formatBytes(backlog)} ÷ ${formatByteRate(drained)} = ${formatDuration(inMs)}: ${words}.`);
}
