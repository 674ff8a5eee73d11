"use client";

import Link from "next/link";
import { ButtonLink } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Clipped } from "@/components/ui/clipped";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { useCarry } from "@/lib/client/address";
import { formatCountOf, formatDuration, formatPercent, formatSpan } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { EpisodeView, VictimView } from "@/lib/domain/views/noisy";

function Stand({ timeMs, records }: { timeMs: number | null; records: number }) {
  return timeMs === null ? formatCountOf(records, "record") : formatDuration(timeMs);
}

const VICTIM_COLUMNS: readonly Column<VictimView>[] = [
  { key: "who", head: "Who", className: "name", cell: ({ tenantName }) => <bdi>{tenantName}</bdi> },
  {
    key: "group",
    head: "Group",
    mono: true,
    cell: ({ groupId }) => <Clipped text={groupId} />,
  },
  { key: "before", head: "Before", align: "right", cell: (victim) => <Stand timeMs={victim.beforeMs} records={victim.beforeRecords} /> },
  { key: "now", head: "Behind now", align: "right", cell: (victim) => <Stand timeMs={victim.nowMs} records={victim.nowRecords} /> },
  {
    key: "objective",
    head: "Objective",
    align: "right",
    cell: ({ objectiveMs }) => (objectiveMs === null ? <span className="tone-faint">none</span> : formatSpan(objectiveMs)),
  },
];

/** The sentence about one who is noisy or loud, what speaks for it, who fell behind, and what can be done. */
export function EpisodeBox({ episode, leading }: { episode: EpisodeView; leading: boolean }) {
  const carry = useCarry();
  const { row, sentence, causes, next, victims, mechanism, peakShare } = episode;
  const isNoisy = row.verdict === "noisy";
  return (
    <section className={classNames("episode", leading && isNoisy && "tinted")} aria-label={`${row.tenantName}, ${row.verdict}`}>
      <p className="episode-sentence">
        <State tone={isNoisy ? "danger" : "info"}>{isNoisy ? "Noisy" : "Loud"}</State> <bdi>{sentence}</bdi>
      </p>
      {causes.length < 2 ? null : (
        <ul className="episode-causes">
          {causes.slice(1).map((cause) => (
            <li key={cause.sentence}>
              Also: <bdi>{cause.sentence}</bdi>
              {cause.href === null ? null : (
                <>
                  {" "}
                  <Link className="link" prefetch={false} href={carry(cause.href)}>
                    Look at it
                  </Link>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <p className="tone-muted">
        {row.pool === null ? "Highest share" : "Highest lower end of its share"} {formatPercent(peakShare)}.{" "}
        {mechanism === null ? "No mechanism was measured by which others became slower." : `Measured: ${mechanism}.`}
      </p>
      {isNoisy ? (
        <div className="episode-next">
          {next.map(({ label, href }) => (
            <ButtonLink key={label} href={carry(href)}>
              {label}
            </ButtonLink>
          ))}
        </div>
      ) : null}
      {victims.length === 0 ? null : (
        <>
          <h3>Who fell behind at the same time</h3>
          <DataTable
            caption={`Who fell behind beside ${row.tenantName}`}
            columns={VICTIM_COLUMNS}
            rows={victims}
            rowKey={({ groupId }) => groupId}
            rowHref={({ groupId }) => carry(paths.group(row.clusterId, groupId))}
          />
        </>
      )}
    </section>
  );
}
