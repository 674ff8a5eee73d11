import { formatCount, formatCountOf, formatDuration, formatMilliseconds, formatPercent, formatUtcMinute } from "@/lib/domain/format";
import type { ClusterNoise } from "@/lib/domain/noise/noise";
import { hourWords, intervalWords } from "@/lib/domain/noise/pool/pool-sentence";
import { isAtLeast, knownValue } from "@/lib/domain/observed";
import type { GroupSummary } from "@/lib/domain/views/lag";
import { DIRECTIONS } from "@/lib/domain/views/use";
import { type Answer, type Asking, capital, listed, neighbourName, ownGroups, said, unseen } from "./answers";

/** The questions of a ticket, answered from what is seen at this moment. */

export function lagNow({ state }: Asking): Answer {
  const own = ownGroups(state);
  const late = own.filter(({ state: of }) => of === "behind" || of === "losing" || of === "stuck");
  if (late.length > 0) return said("yes", `${listed(late, behindWords)}.`);
  const known = own.filter(({ recordsBehind }) => knownValue(recordsBehind) !== null);
  if (known.length === 0) return unseen(state.lag.reason ?? "No group of its own has a lag that can be read.");
  const read = formatCountOf(known.length, "group of its own is", "groups of its own are");
  return said("no", `${read} read, and none is past its objective.`);
}

function behindWords({ groupId, timeBehindMs, recordsBehind, objectiveMs }: GroupSummary): string {
  const time = knownValue(timeBehindMs);
  const records = knownValue(recordsBehind);
  const least = isAtLeast(time === null ? recordsBehind : timeBehindMs) ? "at least " : "";
  const much = time !== null ? formatDuration(time) : records === null ? "by an unknown amount" : formatCountOf(records, "record");
  return `${groupId} is ${least}${much} behind${objectiveMs === null ? "" : `, objective ${formatDuration(objectiveMs)}`}`;
}

export function throttlingNow({ state }: Asking): Answer {
  const uses = DIRECTIONS.map((direction) => ({ direction, use: state[direction] }));
  const throttled = uses.filter(({ use }) => use.state === "at-limit" || use.state === "throttled-below-promise");
  if (throttled.length > 0) {
    const told = listed(throttled, ({ direction, use: { worst, state: of } }) => {
      const much = worst?.throttleMs == null ? "" : ` for ${formatMilliseconds(worst.throttleMs)} a request`;
      const whose =
        of === "throttled-below-promise" ? ", although it is inside its promise: the split of the promise is ours to correct" : "";
      return `its ${direction} traffic is held back${much} at ${formatPercent(worst?.share ?? 1)} of its quota on one broker${whose}`;
    });
    return said("yes", `${capital(told)}.`);
  }
  const [blind] = uses.filter(({ use }) => !use.throttleVisible && use.state !== "no-limit" && use.state !== "idle");
  if (blind !== undefined)
    return unseen(blind.use.note ?? "Throttling of its clients is not measured: its traffic is not counted by client.");
  if (uses.every(({ use }) => use.state === "no-limit")) return said("no", "No quota applies to it, so none holds it back.");
  return said("no", "No client of it was throttled in the last minute.");
}

export function stuckNow({ state }: Asking): Answer {
  const own = ownGroups(state);
  const stuck = own.filter((group) => group.state === "stuck");
  if (stuck.length > 0) {
    const since = ({ stuckSince }: GroupSummary) => (stuckSince === null ? "" : ` since ${formatUtcMinute(stuckSince)}`);
    return said("yes", `${listed(stuck, (group) => `${group.groupId} has not committed${since(group)} while records wait`)}.`);
  }
  const gone = own.filter((group) => group.state === "no-members");
  if (gone.length > 0) return said("yes", `${listed(gone, ({ groupId }) => groupId, ", ")} has no members: nobody reads.`);
  const known = own.filter((group) => group.state !== "unknown");
  if (known.length === 0) return unseen("No group of its own can be read.");
  const committing = formatCountOf(known.length, "group of its own commits", "groups of its own commit");
  return said("no", `${committing}, and none stands still.`);
}

export function commitsNow({ state }: Asking): Answer {
  const own = ownGroups(state);
  const lost = own.filter(({ lostRecords }) => (lostRecords ?? 0) > 0);
  if (lost.length > 0) {
    const told = listed(lost, ({ groupId, lostRecords }) => `${groupId} lost ${formatCount(lostRecords ?? 0)} unread records`);
    return said("yes", `${told}.`);
  }
  const none = own.filter((group) => group.state === "no-commits");
  if (none.length > 0)
    return said("yes", `${listed(none, ({ groupId }) => groupId, ", ")} has no commits: it never committed, or Kafka dropped them.`);
  for (const { groupId, commitsExpireAt } of own)
    if (commitsExpireAt !== null) return said("no", `Not yet: those of ${groupId} are dropped at ${formatUtcMinute(commitsExpireAt)}.`);
  if (own.every(({ lostRecords }) => lostRecords === null)) return unseen("Log starts and commits of its groups are not both known.");
  return said("no", "Every committed offset is above the log's start.");
}

export function neighbourNow(asking: Asking): Answer {
  const { fleet, state, clusters } = asking;
  const judged = clusters.flatMap(({ clusterId }) => fleet.noise?.get(clusterId) ?? []);
  const episodes = judged.flatMap((noise) => noise.episodes);
  const hurt = episodes.find(
    ({ level, victims }) => level.verdict === "noisy" && victims.some(({ tenantId }) => tenantId === state.tenant.id),
  );
  if (hurt !== undefined) {
    const { level, mechanism } = hurt;
    const name = neighbourName(fleet, level.tenantId);
    const how =
      mechanism === null
        ? "No mechanism was measured."
        : `${capital(mechanism.what)} time rose from ${formatMilliseconds(mechanism.beforeMs)} to ${formatMilliseconds(mechanism.nowMs)}.`;
    const rest = `takes ${formatPercent(level.share)} of a broker that its groups read from, and they fell behind at the same time. ${how}`;
    return said("yes", `${name} ${rest}`, `Another workload ${rest}`);
  }
  const pool = poolNeighbour(asking, judged);
  if (pool !== null) return pool;
  const blind = judged.find((noise) => noise.unseen !== null)?.unseen;
  if (judged.length === 0 || blind != null) return unseen(blind ?? "This process has not judged its clusters yet.");
  const own = episodes.find(({ level }) => level.tenantId === state.tenant.id);
  if (own !== undefined) return said("no", `It is itself ${own.level.verdict} there.`);
  return said("no", "Nobody beside it is noisy while its groups fall behind.");
}

/** Who of a pool was noisy in its last hour while groups that read for the tenant fell behind; null: nobody was, or it is the tenant itself. */
function poolNeighbour({ fleet, state }: Asking, judged: readonly ClusterNoise[]): Answer | null {
  const { id } = state.tenant;
  for (const { pool } of judged) {
    if (pool === undefined) continue;
    const own = pool.episodes.find(({ level }) => level.tenantId === id);
    if (own !== undefined) return said("no", `It is itself ${own.verdict} in the pool, in the hour ${hourWords(pool)}.`);
    const shared = new Set(state.groups.flatMap(({ clusterId, groupId }) => (clusterId === pool.clusterId ? [groupId] : [])));
    const hurt = pool.episodes.find(({ verdict, victims }) => verdict === "noisy" && victims.some(({ groupId }) => shared.has(groupId)));
    if (hurt === undefined) continue;
    const { level, mechanism } = hurt;
    const groups = listed(
      hurt.victims.filter(({ groupId }) => shared.has(groupId)),
      ({ groupId }) => groupId,
      ", ",
    );
    const how =
      mechanism === null
        ? "No mechanism was measured."
        : `${capital(mechanism.what)} time rose from ${formatMilliseconds(mechanism.beforeMs)} to ${formatMilliseconds(mechanism.nowMs)}.`;
    const rest = `took ${intervalWords(level.share, formatPercent)} of what its cluster received in the hour ${hourWords(pool)}, above its promise`;
    return said(
      "yes",
      `${neighbourName(fleet, level.tenantId)} ${rest}, and ${groups} fell behind in the same hour. ${how}`,
      `Another workload ${rest}, and a group that reads for you fell behind in the same hour. ${how}`,
    );
  }
  return null;
}

/** Rules by which a broker, and not a tenant, is what is wrong. */
export const BROKER_RULES: readonly string[] = ["broker.missing", "partition.leaderless", "partition.under-replicated", "noise.pressure"];
export const BROKER_FORWARD = "One of our brokers was missing, behind with its copies, or under pressure.";

export function brokerNow({ fleet, clusters }: Asking): Answer {
  const ids = new Set(clusters.map(({ clusterId }) => clusterId));
  const found = fleet.conditions.filter(({ rule, clusterId }) => clusterId !== null && ids.has(clusterId) && BROKER_RULES.includes(rule));
  if (found.length > 0)
    return said(
      "yes",
      listed(found, ({ sentence }) => sentence, " "),
      BROKER_FORWARD,
    );
  if (clusters.length === 0 || clusters.some(({ metadata }) => metadata === null)) return unseen("A cluster it is on has not been read.");
  return said("no", "All brokers it is on are alive, and every partition has a leader and its copies.");
}

export const ACCESS_FORWARD = "Our rules of access need a look; we are on it.";

export function accessNow({ fleet, state, clusters }: Asking): Answer {
  const found = fleet.conditions.filter(({ tenantId, rule }) => tenantId === state.tenant.id && rule.startsWith("access."));
  if (found.length > 0)
    return said(
      "yes",
      listed(found, ({ sentence }) => sentence, " "),
      ACCESS_FORWARD,
    );
  if (clusters.length === 0 || clusters.some(({ acls }) => acls === null))
    return unseen("The rules of access of a cluster it is on could not be read.");
  return unseen(
    "Brokers do not count refused requests by client, and IAM policies are not read here. The rules that are read hold nothing against it; the client's own log says whether it was refused.",
  );
}
