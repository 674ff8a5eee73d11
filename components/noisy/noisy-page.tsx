"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { PageAnswer } from "@/components/tenancy/answered";
import { ExportLink } from "@/components/tenancy/export-link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { Segments } from "@/components/ui/segments";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { formatClock } from "@/components/ui/time";
import { useCarry, useScope, useTimeRange } from "@/lib/client/address";
import { type NoisyQuery, noisy, noisyCsvPath } from "@/lib/client/noisy";
import { formatCountOf, formatUtcMinute } from "@/lib/domain/format";
import { RESOURCES } from "@/lib/domain/noise/noise";
import { paths } from "@/lib/domain/paths";
import type { NoisyView } from "@/lib/domain/views/noisy";
import { EpisodeBox } from "./episode-box";
import { NoisyExport } from "./noisy-export";
import { NoisyHeatMap } from "./noisy-heat-map";
import { OtherEpisodes } from "./other-episodes";
import { RankingTable } from "./ranking-table";

const ANY = "worst";
const RESOURCE_SEGMENTS = [
  { value: ANY, label: "Worst of all" },
  { value: "in", label: "Produce" },
  { value: "out", label: "Consume" },
  { value: "requests", label: "Request time" },
] as const;

const PARSERS = { tenant: parseAsString, broker: parseAsString, resource: parseAsStringLiteral(RESOURCES) };

/** Who takes more than their entitlement, who fell behind at the same time, and how it was before. */
export function NoisyPage() {
  const [scope] = useScope();
  const [range] = useTimeRange();
  const [{ tenant, broker, resource }, set] = useQueryStates(PARSERS, { history: "push" });
  const query: NoisyQuery = { cluster: scope, broker: scope === null ? null : broker, tenant, resource };
  const answer = useQuery(noisy(query, range));
  const { data } = answer;
  return (
    <>
      <PageTitle
        title="Noisy tenants"
        facts={data === undefined ? null : factsOf(data)}
        actions={
          <>
            <ExportLink href={noisyCsvPath(query, range)} file="noisy" />
            {data === undefined ? null : <NoisyExport query={query} range={range} />}
          </>
        }
      />
      <div className="filter">
        <Segments
          label="Resource"
          segments={RESOURCE_SEGMENTS}
          value={resource ?? ANY}
          onChange={(value) => void set({ resource: value === ANY ? null : value })}
        />
        {tenant === null ? null : <About what={`beside ${tenant}`} onEnd={() => void set({ tenant: null })} />}
        {query.broker === null ? null : <About what={`on broker ${broker}`} onEnd={() => void set({ broker: null })} />}
      </div>
      <PageAnswer answer={answer} failed="It could not be loaded who is noisy" waiting={<Waiting />}>
        {(view) => <Noisy view={view} tenantId={tenant} />}
      </PageAnswer>
    </>
  );
}

function Waiting() {
  return (
    <>
      <WaitingFor what="who is noisy" />
      <Skeleton height={96} />
      <Skeleton height={240} />
    </>
  );
}

function About({ what, onEnd }: { what: string; onEnd: () => void }) {
  return (
    <Button kind="quiet" onClick={onEnd} aria-label={`Show all again, not only those ${what}`}>
      <bdi>{what}</bdi> ×
    </Button>
  );
}

function Noisy({ view, tenantId }: { view: NoisyView; tenantId: string | null }) {
  const carry = useCarry();
  const { episodes, unseen, unseenPools } = view;
  const own = episodes.filter(({ row }) => tenantId === null || row.tenantId === tenantId);
  const beside = episodes.filter(({ row }) => tenantId !== null && row.tenantId !== tenantId);
  return (
    <>
      {view.live && episodes.length === 0 ? (
        <p className="noisy-none">
          {tenantId === null ? "Nobody is noisy or loud now." : "It is not loud now, and nobody was seen to be loud beside it."}
        </p>
      ) : null}
      {own.map((episode, index) => (
        <EpisodeBox key={keyOf(episode)} episode={episode} leading={index === 0} />
      ))}
      {beside.length === 0 ? null : <h2 className="noisy-beside">Who was loud beside it</h2>}
      {beside.map((episode) => (
        <EpisodeBox key={keyOf(episode)} episode={episode} leading={false} />
      ))}
      {unseen.map(({ clusterId, clusterName, reason }) => (
        <Notice key={clusterId} tone="info">
          <Link className="link" prefetch={false} href={carry(paths.cluster(clusterId))}>
            <bdi>{clusterName}</bdi>
          </Link>
          : {reason}
        </Notice>
      ))}
      {unseenPools.map(({ clusterId, clusterName, from, reason }) => (
        <Notice key={clusterId} tone="info">
          Tenants of pools on <bdi>{clusterName}</bdi>, the hour from {formatUtcMinute(from)}: {reason}
        </Notice>
      ))}
      <RankingTable view={view} />
      <NoisyHeatMap view={view} />
      <OtherEpisodes view={view} />
    </>
  );
}

/** Of tenants without a name there may be several on one broker. */
function keyOf({ row }: NoisyView["episodes"][number]): string {
  return `${row.tenantId} ${row.clusterId} ${row.brokerId} ${row.resource} ${row.since} ${row.share}`;
}

function factsOf({ live, momentAt, episodes, to }: NoisyView): string {
  if (!live) return momentAt === null ? "nothing is kept of this time" : `as it was ${formatClock(Date.parse(momentAt), Date.parse(to))}`;
  const count = (verdict: string) => episodes.filter(({ row }) => row.verdict === verdict).length;
  return `${formatCountOf(count("noisy"), "noisy place")}, ${count("loud")} loud. Noisy: at least twice its entitlement on a broker under pressure. Loud: the same, and the broker copes.`;
}
