import type { TenantState } from "@/lib/domain/fleet";
import { formatByteRate, formatBytes, formatCountOf, formatDuration } from "@/lib/domain/format";
import { isAtLeast, knownValue } from "@/lib/domain/observed";
import type { CaughtUp, GroupSummary } from "@/lib/domain/views/lag";

const NEVER_MS = 30 * 86_400_000;

/** When each late group of a tenant's own has read what waits. */
export function caughtUpGroups(state: TenantState): CaughtUp[] {
  return state.groups.flatMap((group) => caughtUp(state, group) ?? []);
}

/**
 * When a late group of a tenant's own has read what waits: backlog over what is read beyond what is written, by bytes of its topics and
 * capped by the tenant's consume quota. null: no record is known to wait, it is not known to be late, or it is not one tenant's.
 */
export function caughtUp(state: TenantState, group: GroupSummary): CaughtUp | null {
  const { clusterId, groupId, recordsBehind, owner } = group;
  const waiting = knownValue(recordsBehind) ?? 0;
  if (owner.kind !== "tenant" || waiting === 0 || group.state === "ok" || group.state === "unknown") return null;
  const never = (arithmetic: string): CaughtUp => ({ groupId, clusterId, inMs: null, arithmetic });
  if (group.state === "no-members") return never("Never: the group has no members.");
  if (group.state === "stuck") return never("Never at this pace: the group does not commit.");
  const rates = ratesOf(state, group);
  if (typeof rates === "string") return never(`Not known: ${rates}`);
  const { written, recordBytes } = rates;
  const cap = consumeCap(state, clusterId);
  const isCapped = cap !== null && cap < rates.read;
  const pace = isCapped ? cap : rates.read;
  const backlog = waiting * recordBytes;
  const drained = pace - written;
  const atLeast = isAtLeast(recordsBehind);
  const words = `${atLeast ? "at least " : ""}${formatCountOf(waiting, "record")} of about ${formatBytes(recordBytes)} each, ${formatBytes(backlog)} in all; it reads ${formatByteRate(pace)}${isCapped ? ", its quota," : ""} while ${formatByteRate(written)} are written`;
  if (drained <= 0) return never(`Never at this pace: ${words}.`);
  const inMs = (backlog / drained) * 1000;
  if (inMs > NEVER_MS) return never(`Not within 30 days: ${words}.`);
  const arithmetic = `${formatBytes(backlog)} ÷ ${formatByteRate(drained)} = ${formatDuration(inMs)}: ${words}.`;
  return { groupId, clusterId, inMs, ...(atLeast ? { atLeast } : {}), arithmetic };
}

interface Rates {
  /** Bytes per second. */
  written: number;
  read: number;
  recordBytes: number;
}

/** Of the tenant's topics that the group reads; else why they cannot be told. */
function ratesOf({ topics: all }: TenantState, { clusterId, topics }: GroupSummary): Rates | string {
  const names = new Set(topics);
  const own = all.filter((topic) => topic.clusterId === clusterId && names.has(topic.topic));
  const sum = (key: "bytesInPerSecond" | "bytesOutPerSecond" | "recordsInPerSecond"): number | null => {
    const rates = own.map((topic) => (isAtLeast(topic[key]) ? null : knownValue(topic[key])));
    return own.length === 0 || rates.includes(null) ? null : rates.reduce<number>((all, rate) => all + (rate ?? 0), 0);
  };
  if (own.length > 0 && own.length < names.size)
    return "not all topics it reads are seen as the tenant's, and what waits is of all of them.";
  const [written, read, records] = [sum("bytesInPerSecond"), sum("bytesOutPerSecond"), sum("recordsInPerSecond")];
  if (written === null || read === null || records === null) return "the rates of the topics it reads cannot be seen, or not whole.";
  if (records === 0) return "nothing is written to its topics now, so the size of a record cannot be told.";
  if (own.some(({ groupCount }) => groupCount > 1))
    return "several groups read its topics, and the brokers count what goes out to all of them together.";
  return { written, read, recordBytes: written / records };
}

/**
 * What the tenant's consume quotas let it read from all brokers of a cluster, in bytes per second; null: one of its principals is not
 * known to have a quota, and the group may read as that one.
 */
function consumeCap({ consume }: TenantState, clusterId: string): number | null {
  const brokers = consume.buckets.filter((bucket) => bucket.clusterId === clusterId).flatMap((bucket) => bucket.brokers);
  if (brokers.length === 0) return null;
  return brokers.reduce<number | null>(
    (all, { quotaBytesPerSecond }) => (all === null || quotaBytesPerSecond === null ? null : all + quotaBytesPerSecond),
    0,
  );
}
