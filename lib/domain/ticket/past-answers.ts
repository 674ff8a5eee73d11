import { operationsIn, operationWords } from "@/lib/domain/cloud/msk-operations";
import { formatCount, formatCountOf, formatDuration, formatMilliseconds, formatSpan, formatUtcMinute } from "@/lib/domain/format";
import { isPoolSubject } from "@/lib/domain/noise/pool/pool-findings";
import type { ConditionView } from "@/lib/domain/views/common";
import { type Answer, type Asking, capital, listed, neighbourName, ownGroups, said, type TicketPast, unseen } from "./answers";
import { ACCESS_FORWARD, BROKER_FORWARD, BROKER_RULES } from "./now-answers";

/** The questions of a ticket, answered from what is kept of its time: minutes, five minutes or hours, and episodes. */

const HOUR_MS = 3_600_000;
const NOT_KEPT = "Nothing is kept of it in this time.";

function ofRules({ past, state }: Asking, ...rules: string[]): ConditionView[] {
  return past.episodes.filter(({ rule, tenantId }) => tenantId === state.tenant.id && rules.includes(rule));
}

function spanWords({ since, until }: ConditionView): string {
  return `from ${formatUtcMinute(since)} ${until === null ? "until now" : `to ${formatUtcMinute(until)}`}`;
}

/** "360 minutes, kept by 5 minutes". */
function seenWords(minutes: number, { stepMs }: TicketPast): string {
  return `${formatCountOf(minutes, "minute")} that are kept, by ${formatSpan(stepMs)}`;
}

export function lagThen(asking: Asking): Answer {
  const { past } = asking;
  const { lagMinutesJudged: judged, lagMinutesMissed: missed, lagMaxMs, lagMaxRecords } = past;
  const most = lagMaxMs !== null ? formatDuration(lagMaxMs) : lagMaxRecords === null ? null : formatCountOf(lagMaxRecords, "record");
  const worst = most === null ? "" : `; its worst group was at most ${most} behind`;
  if (missed > 0) return said("yes", `The objective was missed in ${formatCount(missed)} of ${seenWords(judged, past)}${worst}.`);
  const late = ofRules(asking, "lag.behind", "lag.losing", "lag.stuck");
  if (late.length > 0) return said("yes", `${listed(late, (one) => `${groupOf(one)} fell behind ${spanWords(one)}`)}${worst}.`);
  if (judged > 0) return said("no", `The objective was met in all of ${seenWords(judged, past)}${worst}.`);
  if (past.lagMinutesSeen === 0) return unseen(NOT_KEPT);
  return unseen(`No objective, or no time behind, is known of ${seenWords(past.lagMinutesSeen, past)}${worst}.`);
}

export function throttlingThen({ past }: Asking): Answer {
  const { throttleMinutesKnown: known, minutesThrottled: throttled, minutesThrottledBelow: below, throttleMaxMs } = past;
  if (known === 0)
    return unseen(past.minutesSeen === 0 ? NOT_KEPT : `Whether it was throttled was not measured in ${seenWords(past.minutesSeen, past)}.`);
  if (throttled === 0) return said("no", `It was not throttled in any of ${seenWords(known, past)}.`);
  const most = throttleMaxMs === null ? "" : `, for at most ${formatMilliseconds(throttleMaxMs)} a request`;
  const breach =
    below === 0 ? "" : ` In ${formatCount(below)} of them it was inside its promise: the split of the promise is ours to correct.`;
  return said("yes", `It was throttled in ${formatCount(throttled)} of ${seenWords(known, past)}${most}.${breach}`);
}

export function stuckThen(asking: Asking): Answer {
  const found = ofRules(asking, "lag.stuck", "lag.no-members");
  if (found.length > 0) {
    const words = (one: ConditionView) =>
      `${groupOf(one)} ${one.rule === "lag.stuck" ? "did not commit while records waited" : "had no members"} ${spanWords(one)}`;
    return said("yes", `${listed(found, words)}.`);
  }
  return noneOnRecord(asking, "that a group of it stood still or had no members");
}

export function commitsThen(asking: Asking): Answer {
  const found = ofRules(asking, "lag.losing");
  if (found.length > 0) {
    const words = (one: ConditionView) => {
      const lost = typeof one.evidence.lostRecords === "number" ? formatCountOf(one.evidence.lostRecords, "record") : "records";
      return `${groupOf(one)} lost ${lost} unread, ${spanWords(one)}`;
    };
    return said("yes", `${listed(found, words)}.`);
  }
  const expired = ofRules(asking, "lag.no-members").filter(({ evidence: { commitsExpireAt: at } }) => {
    const atMs = typeof at === "string" ? Date.parse(at) : Number.NaN;
    return atMs >= asking.fromMs && atMs < asking.toMs;
  });
  if (expired.length > 0)
    return said("yes", `${listed(expired, (one) => `Kafka dropped the commits of ${groupOf(one)}, which had no members`)}.`);
  return noneOnRecord(asking, "that it lost records unread");
}

export function neighbourThen(asking: Asking): Answer {
  const { fleet, state, past } = asking;
  // In a pool it is shared groups that read for a tenant.
  const own = new Set((isInPool(state) ? state.groups : ownGroups(state)).map(({ groupId }) => groupId));
  const hurt = past.episodes.find(
    ({ rule, tenantId, evidence: { victims } }) =>
      rule === "noise.noisy" &&
      tenantId !== state.tenant.id &&
      typeof victims === "string" &&
      victims.split(", ").some((id) => own.has(id)),
  );
  if (hurt !== undefined) {
    const { tenantId, evidence } = hurt;
    const name = neighbourName(fleet, tenantId);
    const how = typeof evidence.mechanism === "string" ? `${capital(evidence.mechanism)}.` : "No mechanism was measured.";
    const where = isPoolSubject(hurt.subject) ? "was above its promise in the pool of a cluster" : "was noisy on a broker";
    const rest = `${where} that its groups read from ${spanWords(hurt)}, and they fell behind at the same time. ${how}`;
    return said("yes", `${name} ${rest}`, `Another workload ${rest}`);
  }
  return noneOnRecord(asking, "that somebody beside it was noisy while its groups fell behind");
}

function isInPool({ tenant }: Asking["state"]): boolean {
  return tenant.placements.some(({ model }) => model === "pool");
}

export function brokerThen(asking: Asking): Answer {
  const ids = new Set(asking.clusters.map(({ clusterId }) => clusterId));
  const found = asking.past.episodes.filter(
    ({ rule, clusterId }) => clusterId !== null && ids.has(clusterId) && BROKER_RULES.includes(rule),
  );
  if (found.length > 0) return said("yes", `${listed(found, (one) => `${one.label}, ${one.subject}, ${spanWords(one)}`)}.`, BROKER_FORWARD);
  return noneOnRecord(asking, "that a broker was missing or under pressure, or a partition without its copies");
}

export function operationThen({ clusters, fromMs, toMs }: Asking): Answer {
  const found = clusters.flatMap(({ name, msk }) =>
    operationsIn(msk?.operations ?? [], fromMs - HOUR_MS, toMs).map((one) => ({ ...one, name })),
  );
  if (found.length > 0) {
    const plain = ({ type, startedAt }: { type: string; startedAt: string }, where = "") =>
      `${operationWords(type)}${where} since ${formatUtcMinute(startedAt)}`;
    const told = listed(found, (one) => plain(one, ` on ${one.name}`));
    return said("yes", `${capital(told)}.`, `${capital(listed(found, (one) => plain(one)))}.`);
  }
  if (clusters.length === 0 || clusters.some(({ msk }) => (msk?.operations ?? null) === null))
    return unseen("AWS does not tell the operations of every cluster it is on.");
  return said("no", "AWS tells of none in this time.");
}

export function accessThen(asking: Asking): Answer {
  const found = asking.past.episodes.filter(({ rule, tenantId }) => tenantId === asking.state.tenant.id && rule.startsWith("access."));
  if (found.length > 0) return said("yes", `${listed(found, (one) => `${one.sentence} ${capital(spanWords(one))}.`, " ")}`, ACCESS_FORWARD);
  return unseen(
    "Refused requests are not kept, because brokers do not count them by client; the client's own log says whether it was refused.",
  );
}

/** Nothing on record says no as far as it was looked at. */
function noneOnRecord({ past }: Asking, what: string): Answer {
  if (past.minutesSeen === 0) return unseen(NOT_KEPT);
  return said("no", `Nothing is on record ${what}, in ${seenWords(past.minutesSeen, past)}.`);
}

/** Conditions of groups have "group <id>" as their subject. */
function groupOf({ subject }: ConditionView): string {
  return subject.replace(/^group /, "");
}
