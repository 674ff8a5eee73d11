import { formatDuration, formatPercent, formatUtcMinute } from "@/lib/domain/format";
import { markdownText } from "@/lib/domain/markdown-text";
import { intervalWords } from "@/lib/domain/noise/pool/pool-sentence";
import type { EpisodeView, NoisyRow, NoisyView, VictimView } from "@/lib/domain/views/noisy";

/**
 * `internal`: with all names. `forward`: safe to give to the customer it is about, whose id is given; it names no other tenant, no
 * principal, no host, and no topic or group but that customer's.
 */
export type Audience = { kind: "internal" } | { kind: "forward"; tenantId: string; tenantName: string };

/** What the page of noise shows, as a text for a ticket; `address` leads back to it and stands in the internal version alone. */
export function noisyMarkdown(view: NoisyView, audience: Audience, address: string): string {
  const lines = audience.kind === "internal" ? internalLines(view, address) : forwardLines(view, audience);
  return `${lines.join("\n")}\n`;
}

function internalLines(view: NoisyView, address: string): string[] {
  const { episodes, ranking, others, unseen } = view;
  return [
    "# Noisy tenants",
    "",
    spanLine(view),
    "",
    ...(episodes.length === 0 ? ["Nobody is noisy or loud now.", ""] : episodes.flatMap(episodeLines)),
    ...(ranking.length === 0
      ? []
      : ["| tenant | verdict | resource | broker | share | entitled | times |", "|---|---|---|---|---|---|---|"]),
    ...ranking.slice(0, 20).map((row) => {
      const entitled = row.entitlement === null ? "nothing promised" : formatPercent(row.entitlement);
      const cells = [
        markdownText(row.tenantName),
        row.verdict,
        row.resource,
        row.brokerId === null
          ? `${markdownText(row.clusterName)}, ${formatUtcMinute(row.pool?.from ?? view.to)} by the hour`
          : `${markdownText(row.clusterName)} ${row.brokerId}`,
        shareWords(row),
      ];
      return `| ${[...cells, entitled, row.times === null ? "" : row.times.toFixed(1)].join(" | ")} |`;
    }),
    "",
    ...others.map(
      ({ sentence, since, until }) =>
        `- ${formatUtcMinute(since)} to ${until === null ? "now" : formatUtcMinute(until)}: ${markdownText(sentence)}`,
    ),
    ...unseen.map(({ clusterName, reason }) => `- Cannot see ${markdownText(clusterName)}: ${markdownText(reason)}`),
    "",
    address,
  ];
}

function episodeLines({ sentence, row, victims, causes }: EpisodeView): string[] {
  return [
    `## ${markdownText(row.tenantName)}: ${row.verdict}`,
    "",
    markdownText(sentence),
    "",
    ...victims.map(
      (victim) => `- fell behind: ${markdownText(victim.tenantName)}, group ${markdownText(victim.groupId)}, ${victimWords(victim)}`,
    ),
    ...causes.map((cause) => `- speaks for a cause: ${markdownText(cause.sentence)}`),
    "",
  ];
}

/** Built from numbers alone: sentences that are kept elsewhere may name others. */
function forwardLines(view: NoisyView, { tenantId, tenantName }: Extract<Audience, { kind: "forward" }>): string[] {
  const own = view.episodes.filter(({ row }) => row.tenantId === tenantId);
  const hurt = view.episodes.flatMap(({ row, victims, mechanism }) =>
    victims.filter((victim) => victim.tenantId === tenantId).map((victim) => ({ row, victim, mechanism })),
  );
  return [
    `# ${markdownText(tenantName)}`,
    "",
    spanLine(view),
    "",
    ...own.map(({ row }) => {
      const entitled = row.entitlement === null ? "" : `, against ${formatPercent(row.entitlement)} that your plan entitles you to`;
      if (row.pool !== null) {
        const hour = `${formatUtcMinute(row.pool.from)} to ${formatUtcMinute(row.pool.until)}`;
        return `- From ${hour} your ${RESOURCE[row.resource]} was ${shareWords(row)} of what one of our clusters handled${entitled}.`;
      }
      return `- Your ${RESOURCE[row.resource]} takes ${formatPercent(row.share)} of what one of our brokers handles${entitled}${sinceWords(row.since)}.`;
    }),
    ...hurt.map(({ row, victim, mechanism }) => {
      const how = mechanism === null ? "No mechanism was measured." : `Measured there: ${mechanism}.`;
      return `- Your group ${markdownText(victim.groupId)} fell behind (${victimWords(victim)}) while another workload was above its entitlement on the same ${row.brokerId === null ? "cluster" : "broker"}${sinceWords(row.since)}. ${how}`;
    }),
    ...(own.length + hurt.length === 0 ? ["- No other workload was seen to affect you in this time, and yours affected no other."] : []),
  ];
}

/** With the interval where it is an estimate. */
function shareWords({ share, pool }: NoisyRow): string {
  return pool === null ? formatPercent(share) : intervalWords(pool.share, formatPercent);
}

const RESOURCE = { in: "produce traffic", out: "consume traffic", requests: "request time" } as const;

function spanLine({ from, to }: NoisyView): string {
  return `${formatUtcMinute(from)} to ${formatUtcMinute(to)}.`;
}

function sinceWords(since: string | null): string {
  return since === null ? "" : `, since ${formatUtcMinute(since)}`;
}

function victimWords({ beforeMs, nowMs, beforeRecords, nowRecords }: VictimView): string {
  if (beforeMs !== null && nowMs !== null) return `${formatDuration(beforeMs)} to ${formatDuration(nowMs)} behind`;
  return `${beforeRecords} to ${nowRecords} records behind`;
}
