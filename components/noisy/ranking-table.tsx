"use client";

import { useMemo } from "react";
import { SourceMark } from "@/components/tenancy/source-mark";
import { SectionHead } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { useCarry } from "@/lib/client/address";
import { formatCount, formatPercent, formatRateOf } from "@/lib/domain/format";
import { RESOURCE_WORDS } from "@/lib/domain/noise/sentence";
import { paths } from "@/lib/domain/paths";
import type { NoisyRow, NoisyView } from "@/lib/domain/views/noisy";

const WORDS: Record<NoisyRow["verdict"], string> = {
  noisy: "Noisy",
  loud: "Loud",
  inside: "Inside its promise",
  quiet: "",
  unpromised: "Nothing promised",
};

function Verdict({ verdict }: NoisyRow) {
  if (verdict === "noisy") return <State tone="danger">{WORDS.noisy}</State>;
  if (verdict === "loud") return <State tone="info">{WORDS.loud}</State>;
  return <span className="tone-muted">{WORDS[verdict]}</span>;
}

function Rate({ resource, rate, brokerRate, source }: NoisyRow) {
  if (rate === null || brokerRate === null) return <span className="tone-faint">not kept</span>;
  return (
    <>
      {resource === "requests" ? `${rate.toFixed(1)} of ${brokerRate.toFixed(1)} % of a thread` : formatRateOf(rate, brokerRate)}
      {source === null ? null : <SourceMark source={source} />}
    </>
  );
}

const COLUMNS: readonly Column<NoisyRow>[] = [
  { key: "name", head: "Tenant", className: "name", cell: ({ tenantName }) => <bdi className="clip">{tenantName}</bdi> },
  { key: "verdict", head: "Verdict", cell: (row) => <Verdict {...row} /> },
  { key: "resource", head: "Of what", cell: ({ resource }) => RESOURCE_WORDS[resource] },
  {
    key: "broker",
    head: "Broker",
    cell: ({ clusterName, brokerId }) => (
      <span>
        <bdi>{clusterName}</bdi>, {brokerId}
      </span>
    ),
  },
  { key: "share", head: "Share", align: "right", cell: ({ share }) => formatPercent(share) },
  {
    key: "entitlement",
    head: "Entitled to",
    align: "right",
    cell: ({ entitlement }) => (entitlement === null ? <span className="tone-faint">nothing promised</span> : formatPercent(entitlement)),
  },
  {
    key: "times",
    head: "Times",
    align: "right",
    cell: ({ times, entitlement }) =>
      times === null ? <span className="tone-faint">{entitlement === 0 ? "beyond" : ""}</span> : times.toFixed(1),
  },
  { key: "rate", head: "Rate", align: "right", cell: (row) => <Rate {...row} /> },
  {
    key: "pressure",
    head: "Pressure on the broker",
    cell: ({ signs }) => (signs.length === 0 ? <span className="tone-faint">none</span> : signs.join(", ")),
  },
];

/** Everybody by share against entitlement, each at the worst broker and resource. */
export function RankingTable({ view: { ranking, rankingTotal, live } }: { view: NoisyView }) {
  const carry = useCarry();
  const note = useMemo(() => {
    const cut = ranking.length < rankingTotal ? `the first ${formatCount(ranking.length)} of ${formatCount(rankingTotal)}, ` : "";
    return `${cut}worst broker and resource each${live ? "" : ", as it was then"}`;
  }, [ranking.length, rankingTotal, live]);
  return (
    <section aria-labelledby="ranking">
      <SectionHead id="ranking" title="Ranking" note={note} />
      {ranking.length === 0 ? (
        <p className="tone-muted">{live ? "No traffic of a tenant is seen on any broker." : "Nothing is kept of this time."}</p>
      ) : (
        <DataTable
          caption="Tenants by share against entitlement"
          columns={COLUMNS}
          rows={ranking}
          rowKey={({ tenantId }) => tenantId}
          rowHref={({ tenantId }) => carry(paths.noisy({ tenant: tenantId }))}
        />
      )}
    </section>
  );
}
