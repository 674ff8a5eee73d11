import { formatByteRate, formatMilliseconds, formatPercent, formatUtcMinute } from "@/lib/domain/format";
import { formatTimes, type Naming, signWords, victimWords } from "@/lib/domain/noise/sentence";
import { HOUR_MS } from "@/lib/domain/pool/sampled-hour";
import type { Interval, PoolEpisode, PoolLevel, PoolNoise } from "./pool-noise";

const TAKES = { in: "received", out: "sent" } as const;
/** Who holds a tenant of a pool to its promise. */
export const ENFORCED_BY = "Its promise is enforced by your application, or by nobody: no quota of Kafka can hold it.";

/** "10:00 to 11:00 UTC" of a day. */
export function hourWords({ fromMs, untilMs }: Pick<PoolNoise, "fromMs" | "untilMs">): string {
  const from = formatUtcMinute(new Date(fromMs).toISOString());
  return `${from.replace(" UTC", "")} to ${new Date(untilMs).toISOString().slice(11, 16)} UTC`;
}

/** "38 % (31 % to 45 %)", or the number alone where it has no interval. */
export function intervalWords({ low, value, high }: Interval, format: (one: number) => string): string {
  const [from, until] = [format(low), format(high)];
  return from === until ? format(value) : `${format(value)} (${from} to ${until})`;
}

/** What a pool's tenant took in an hour, against what it is entitled to and against its promise. */
export function hourSentence(level: PoolLevel, hour: Pick<PoolNoise, "fromMs" | "untilMs">, clusterName: string, name: string): string {
  const how = level.source === "reported" ? "as its application reports" : "by the sample of that hour";
  const took = `In the hour ${hourWords(hour)} ${name} took ${intervalWords(level.share, formatPercent)} of what ${clusterName} ${TAKES[level.resource]}, ${how}`;
  const entitled =
    level.entitlement === null || level.times === null
      ? ""
      : `, ${timesWords(level.times)} the ${formatPercent(level.entitlement)} it is entitled to`;
  return `${took}${entitled}. ${promiseSentence(level)}`;
}

function timesWords({ low, value }: Interval): string {
  return low === value ? formatTimes(value) : `at least ${formatTimes(low)}`;
}

/** Above, not above, or why that cannot be told. */
export function promiseSentence({ rate, promiseBytesPerSecond, promise, because }: PoolLevel): string {
  const is = intervalWords(rate, formatByteRate);
  if (promiseBytesPerSecond === null) return `That is ${is}; nothing is promised to it.`;
  const promised = formatByteRate(promiseBytesPerSecond);
  if (promise === "above") return `That is ${is}, above the ${promised} of its promise.`;
  if (promise === "within") return `That is ${is}, not above the ${promised} of its promise.`;
  return `That is ${is}; whether it is above the ${promised} of its promise cannot be told. ${because ?? ""}`.trim();
}

/** Everything that is known of one of a pool that was noisy or loud in an hour. */
export function poolEpisodeSentence(
  episode: PoolEpisode,
  hour: Pick<PoolNoise, "fromMs" | "untilMs">,
  clusterName: string,
  naming: Naming,
): string {
  const { level, pressures, victims, mechanism, causes } = episode;
  const said = [hourSentence(level, hour, clusterName, naming.tenant(level.tenantId)), ENFORCED_BY];
  if (level.sinceMs !== null && level.sinceMs < hour.fromMs)
    said.push(`It has been so since the hour of ${formatUtcMinute(new Date(level.sinceMs).toISOString())}.`);
  said.push(pressureSentence(episode));
  if (victims.length === 0) said.push("Nobody was seen to fall behind in that hour.");
  else {
    const told = victims.slice(0, 3).map((victim) => victimWords(victim, naming));
    const more = victims.length > 3 ? ` and ${victims.length - 3} more` : "";
    said.push(`In the same hour fell behind: ${told.join("; ")}${more}.`);
  }
  if (pressures.length > 0 || victims.length > 0) {
    const times = mechanism === null ? "" : `${formatMilliseconds(mechanism.beforeMs)} → ${formatMilliseconds(mechanism.nowMs)}`;
    said.push(mechanism === null ? "No mechanism seen." : `Mechanism: ${mechanism.what} time ${times}.`);
  }
  const [cause] = causes;
  said.push(cause === undefined ? "Why is not known: nothing seen explains it." : `Likely: ${cause.sentence}`);
  return said.join(" ");
}

/** An hour is one step: what came first within it is not known. */
function pressureSentence({ level, pressures }: PoolEpisode): string {
  if (pressures.length === 0) return "No broker that leads its partitions was under pressure in that hour.";
  const told = pressures.map(({ brokerId, signs }) => `${brokerId}${signs.length === 0 ? "" : ` (${signs.map(signWords).join(", ")})`}`);
  const brokers = `${told.length === 1 ? "broker" : "brokers"} ${told.join(", ")}`;
  const firstMs = Math.min(...pressures.map(({ sinceMs }) => sinceMs));
  const isSameHour = level.sinceMs !== null && firstMs >= level.sinceMs && firstMs < level.sinceMs + HOUR_MS;
  return `Under pressure in it: ${brokers}.${isSameHour ? " Which of both came first within the hour is not known." : ""}`;
}
