"use client";

import { useMemo } from "react";
import { SourceMark } from "@/components/tenancy/source-mark";
import { Clipped } from "@/components/ui/clipped";
import { SectionHead } from "@/components/ui/section";
import { State } from "@/components/ui/state";
import { type Column, DataTable } from "@/components/ui/table";
import { formatClockSpan } from "@/components/ui/time";
import { useCarry } from "@/lib/client/address";
import { formatByteRate, formatCount, formatPercent, formatRateOf } from "@/lib/domain/format";
import { RESOURCE_WORDS } from "@/lib/domain/noise/sentence";
import { paths } from "@/lib/domain/paths";
import type { NoisyRow, NoisyView } from "@/lib/domain/views/noisy";

const WORDS: Record<NoisyRow["verdict"], string> = {
  noisy: "Noisy",
  loud: "Loud",
  inside: "Inside its promise",
  quiet: "",
  unpromised: "Nothing promised",
  unknown: "Cannot tell",
};

function Verdict({ verdict, pool }: NoisyRow) {
  if (verdict === "noisy") return <State tone="danger">{WORDS.noisy}</State>;
  if (verdict === "loud") return <State tone="info">{WORDS.loud}</State>;
  if (verdict === "quiet" && pool?.promise === "above") return <span className="tone-muted">Above its promise</span>;
  return (
    <span className="tone-muted" title={pool?.because ?? undefined}>
      {WORDS[verdict]}
    </span>
  );
}

/** Which broker; of a pool's tenant the hour, in which it is known of the cluster as a whole. */
function Where({ clusterName, brokerId, pool }: NoisyRow) {
  if (pool === null) {
    return (
      <span>
        <bdi>{clusterName}</bdi>, {brokerId}
      </span>
    );
  }
  const [from, until] = [Date.parse(pool.from), Date.parse(pool.until)];
  const span = formatClockSpan(from, until, until);
  return (
    <span title={pool.sentence}>
      <bdi>{clusterName}</bdi> <span className="tone-muted nowrap">by the hour, {span}</span>
    </span>
  );
}

/** An estimate with its interval, or the number alone. */
function Part({
  value,
  of,
  format,
}: {
  value: number;
  of: NonNullable<NoisyRow["pool"]>["share"] | undefined;
  format: (one: number) => string;
}) {
  if (of === undefined || of.low === of.high) return format(value);
  return (
    <span className="nowrap">
      {format(value)}{" "}
      <span className="tone-muted">
        {format(of.low)}–{format(of.high)}
      </span>
    </span>
  );
}

function rateDetail({ rateBytesPerSecond: { low, high }, promiseBytesPerSecond: promised }: NonNullable<NoisyRow["pool"]>): string {
  const interval = low === high ? "" : `${formatByteRate(low)} to ${formatByteRate(high)}, the 95 % interval; `;
  return `${interval}${promised === null ? "nothing is promised" : `promised ${formatByteRate(promised)}`}`;
}

function Rate({ resource, rate, brokerRate, source, pool }: NoisyRow) {
  if (rate === null || brokerRate === null) return <span className="tone-faint">not kept</span>;
  if (pool !== null) {
    return (
      <>
        {formatByteRate(rate)}
        {source === null ? null : <SourceMark source={source} detail={rateDetail(pool)} />}
      </>
    );
  }
  return (
    <>
      {resource === "requests" ? `${rate.toFixed(1)} of ${brokerRate.toFixed(1)} % of a thread` : formatRateOf(rate, brokerRate)}
      {source === null ? null : <SourceMark source={source} />}
    </>
  );
}

const COLUMNS: readonly Column<NoisyRow>[] = [
  {
    key: "name",
    head: "Tenant",
    className: "name",
    cell: ({ tenantName }) => <Clipped text={tenantName} />,
  },
  { key: "verdict", head: "Verdict", cell: (row) => <Verdict {...row} /> },
  { key: "resource", head: "Of what", cell: ({ resource }) => RESOURCE_WORDS[resource] },
  {
    key: "broker",
    head: "Broker",
    cell: (row) => <Where {...row} />,
  },
  {
    key: "share",
    head: "Share",
    align: "right",
    cell: ({ share, pool }) => <Part value={share} of={pool?.share} format={formatPercent} />,
  },
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
    cell: ({ times, entitlement, pool }) =>
      times === null ? (
        <span className="tone-faint">{entitlement === 0 ? "beyond" : ""}</span>
      ) : (
        <Part value={times} of={pool?.times ?? undefined} format={(one) => one.toFixed(1)} />
      ),
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
  const hasPools = ranking.some(({ pool }) => pool !== null);
  const note = useMemo(() => {
    const cut = ranking.length < rankingTotal ? `the first ${formatCount(ranking.length)} of ${formatCount(rankingTotal)}, ` : "";
    return `${cut}worst broker and resource each${hasPools ? "; tenants of pools by the hour, with the 95 % interval" : ""}${live ? "" : ", as it was then"}`;
  }, [ranking.length, rankingTotal, live, hasPools]);
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
