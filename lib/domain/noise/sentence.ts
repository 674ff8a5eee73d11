import { formatByteRate, formatCount, formatDuration, formatMilliseconds, formatPercent, formatUtcMinute } from "@/lib/domain/format";
import type { BrokerPressure, Episode, Level, PressureSign, Resource, Victim } from "./noise";

const TAKES: Record<Resource, string> = {
  in: "of what {b} receives",
  out: "of what {b} sends",
  requests: "of the request time of {b}",
};
export const RESOURCE_WORDS: Record<Resource, string> = { in: "produce", out: "consume", requests: "request time" };

/** How names are said: as they are, or in a way that can be forwarded. */
export interface Naming {
  tenant: (tenantId: string) => string;
  /** Whether groups and topics of others may be named. */
  others: boolean;
}

/** "Kestrel takes 29 % of what broker 2 of events-eu-1 receives, 2.4 times the 12 % it is entitled to, since 11:46 UTC." */
export function takesSentence(level: Level, clusterName: string, name: string): string {
  const what = TAKES[level.resource].replace("{b}", `broker ${level.brokerId} of ${clusterName}`);
  const entitled =
    level.entitlement === null || level.times === null
      ? "nothing is promised to it"
      : `${formatTimes(level.times)} the ${formatPercent(level.entitlement)} it is entitled to`;
  const since = level.sinceMs === null ? "" : `, since ${formatUtcMinute(new Date(level.sinceMs).toISOString())}`;
  return `${name} takes ${formatPercent(level.share)} ${what}, ${entitled}${since}.`;
}

export function formatTimes(times: number): string {
  if (times === Number.POSITIVE_INFINITY) return "more than";
  return `${times < 9.95 ? times.toFixed(1) : Math.round(times)} times`;
}

/** What shows that the broker is under pressure. */
export function signWords({ kind, value, baseline, bytesPerSecond }: PressureSign): string {
  switch (kind) {
    case "handlers":
      return `request handlers idle ${formatPercent(value)}`;
    case "network":
      return `network processors idle ${formatPercent(value)}`;
    case "cpu":
      return `CPU ${formatPercent(value)}`;
    case "produce-time":
      return `produce time ${formatMilliseconds(baseline ?? 0)} → ${formatMilliseconds(value)}`;
    case "fetch-time":
      return `fetch time ${formatMilliseconds(baseline ?? 0)} → ${formatMilliseconds(value)}`;
    case "shaped":
      return `its network allowance held back ${formatCount(value)} packets a minute`;
    case "produce-held":
      return `the limit of its size held produce requests back${heldWords(value, bytesPerSecond)}`;
    case "fetch-held":
      return `the limit of its size held fetch requests back${heldWords(value, bytesPerSecond)}`;
  }
}

function heldWords(ms: number, bytesPerSecond: number | undefined): string {
  const time = ms > 0 ? ` for ${formatMilliseconds(ms)}` : "";
  return bytesPerSecond === undefined || bytesPerSecond === 0 ? time : `${time}, ${formatByteRate(bytesPerSecond)}`;
}

export function victimWords(
  { groupId, tenantId, tenantCount, beforeMs, nowMs, beforeRecords, nowRecords }: Victim,
  naming: Naming,
): string {
  const who = tenantId === null ? `${tenantCount} tenants of a pool` : naming.tenant(tenantId);
  const group = naming.others ? ` (${groupId})` : "";
  const much =
    beforeMs !== null && nowMs !== null
      ? `${formatDuration(beforeMs)} → ${formatDuration(nowMs)}`
      : `${beforeRecords} → ${nowRecords} records`;
  return `${who}${group} ${much}`;
}

function pressureSentence({ signs, isEasing, sinceMs }: BrokerPressure, broker: string): string {
  if (sinceMs === null) return `${broker} copes.`;
  const words = signs.length === 0 ? "" : `: ${signs.map(signWords).join(", ")}`;
  return isEasing ? `${broker} was under pressure until just now${words}.` : `${broker} is under pressure${words}.`;
}

/** Everything that is known about an episode in a few sentences. */
export function episodeSentence(episode: Episode, clusterName: string, naming: Naming): string {
  const { level, pressure, victims, mechanism, causes } = episode;
  const said = [takesSentence(level, clusterName, naming.tenant(level.tenantId))];
  said.push(pressureSentence(pressure, "The broker"));
  if (victims.length === 0) said.push("Nobody was seen to fall behind at the same time.");
  else {
    const told = victims.slice(0, 3).map((victim) => victimWords(victim, naming));
    const more = victims.length > 3 ? ` and ${victims.length - 3} more` : "";
    said.push(`At the same time fell behind: ${told.join("; ")}${more}.`);
  }
  if (pressure.signs.length > 0 || victims.length > 0)
    said.push(
      mechanism === null
        ? "No mechanism seen."
        : `Mechanism: ${mechanism.what} time ${formatMilliseconds(mechanism.beforeMs)} → ${formatMilliseconds(mechanism.nowMs)}.`,
    );
  const [cause] = causes;
  said.push(cause === undefined ? "Why is not known: nothing seen explains it." : `Likely: ${cause.sentence}`);
  return said.join(" ");
}

/** A broker under pressure for which nobody is to blame: where those inside their promises take most of it, the promise does not fit. */
export function unfitSentence(pressure: BrokerPressure, clusterName: string, largest: { level: Level; name: string } | null): string {
  const said = pressureSentence(pressure, `Broker ${pressure.brokerId} of ${clusterName}`);
  if (largest === null) return `${said} No tenant is seen that explains it.`;
  const { share, resource } = largest.level;
  const what = TAKES[resource].replace("{b}", "it");
  return `${said} ${largest.name} takes ${formatPercent(share)} ${what}, inside its promise: what is promised does not fit the broker.`;
}
