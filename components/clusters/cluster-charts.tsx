"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { ChartMark } from "@/components/charts/chart-marks";
import { MetricChart, type MetricKind } from "@/components/charts/metric-chart";
import { changeMarks } from "@/components/tenancy/change-marks";
import { operationMarks } from "@/components/tenancy/operation-marks";
import { SourceMark } from "@/components/tenancy/source-mark";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { useCarry, useTimeRange } from "@/lib/client/address";
import { clusterHistory } from "@/lib/client/clusters";
import { formatCountOf, formatSpan } from "@/lib/domain/format";
import type { ClusterHistory } from "@/lib/domain/views/clusters";

type Series = ClusterHistory["series"][number];

const CHARTS: Record<Series["name"], { title: string; kind: MetricKind }> = {
  bytesInPerSecond: { title: "Produce rate per broker", kind: "rate" },
  bytesOutPerSecond: { title: "Consume rate per broker", kind: "rate" },
  requestHandlerIdle: { title: "Request handlers idle", kind: "share" },
  cpuUsedShare: { title: "CPU in use", kind: "share" },
  diskUsedShare: { title: "Disk in use", kind: "share" },
  produceTotalTimeMs: { title: "Total time of produce requests", kind: "milliseconds" },
  fetchTotalTimeMs: { title: "Total time of consumers’ fetches, with their wait for records", kind: "milliseconds" },
};

function nameOf(brokerId: number | null): string {
  return brokerId === null ? "All brokers" : `Broker ${brokerId}`;
}

const keyOf = (brokerId: number | null): string => String(brokerId ?? "all");

/** Every broker that any chart shows, so that each keeps its colour. */
function paletteOf({ series }: ClusterHistory): string[] {
  const ids = new Set(series.flatMap(({ brokers }) => brokers.map(({ brokerId }) => brokerId)));
  return [...ids].toSorted((a, b) => (a ?? -1) - (b ?? -1)).map(keyOf);
}

function SeriesMark({ series }: { series: Series }) {
  const { source } = series;
  if (source === null) return null;
  const detail = source === "measured" ? "kept by this console, minute by minute" : "CloudWatch’s series, or an existing Prometheus";
  return <SourceMark source={source} detail={detail} />;
}

/** A cluster's past over the time range of the address, each broker apart, with what MSK did to it and what was changed here on the time axis. */
export function ClusterCharts({ clusterId }: { clusterId: string }) {
  const [range, setRange] = useTimeRange();
  const { data: history, error, refetch } = useQuery(clusterHistory(clusterId, range));
  const select = useCallback(
    (fromMs: number, toMs: number) => setRange({ kind: "custom", from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }),
    [setRange],
  );
  const times = useMemo(() => history?.times.map((at) => Date.parse(at)) ?? [], [history]);
  const palette = useMemo(() => (history === undefined ? [] : paletteOf(history)), [history]);
  const carry = useCarry();
  const marks = useMemo(() => (history === undefined ? [] : marksOf(history, carry)), [history, carry]);
  const lines = useMemo(() => new Map(history?.series.map((series) => [series.name, linesOf(series)])), [history]);
  const drawn = history?.series.filter(({ unavailable }) => unavailable === null) ?? [];
  const hidden = history?.series.filter(({ unavailable }) => unavailable !== null) ?? [];
  return (
    <section aria-labelledby="over-time">
      <SectionHead id="over-time" title="Over time" note={history === undefined ? null : noteOf(history)} />
      {history === undefined && error === null ? <Skeleton height={200} /> : null}
      {error === null ? null : (
        <Notice tone="warn" onRetry={() => void refetch()}>
          {history === undefined ? `The past could not be loaded: ${error.message}` : `Not renewed: ${error.message}`}
        </Notice>
      )}
      {hidden.length > 0 ? <Hidden series={hidden} /> : null}
      {drawn.length === 0 ? null : (
        <div className="charts">
          {drawn.map((series) => (
            <MetricChart
              key={series.name}
              {...CHARTS[series.name]}
              source={<SeriesMark series={series} />}
              times={times}
              lines={lines.get(series.name) ?? []}
              palette={palette}
              marks={marks}
              nothing="No readings in this time."
              height={120}
              group="cluster"
              onSelect={select}
            />
          ))}
        </div>
      )}
    </section>
  );
}

/** What cannot be drawn, each reason once, instead of empty charts. */
function Hidden({ series }: { series: readonly Series[] }) {
  const byReason = new Map<string, string[]>();
  for (const { name, unavailable } of series) {
    if (unavailable === null) continue;
    const reason = `${unavailable.reason} ${unavailable.remedy}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), CHARTS[name].title]);
  }
  return (
    <ul className="unseen-series">
      {[...byReason].map(([reason, titles]) => (
        <li key={reason} className="tone-muted">
          <SourceMark source="unavailable" /> {titles.join(", ")}: <bdi>{reason}</bdi>
        </li>
      ))}
    </ul>
  );
}

function marksOf({ operations, changes = [], from, to }: ClusterHistory, carry: (href: string) => string): ChartMark[] {
  const now = Date.parse(to);
  return [...operationMarks(operations, now), ...changeMarks(changes, { fromMs: Date.parse(from), toMs: now }, carry)];
}

function linesOf({ brokers }: Series) {
  return brokers.map(({ brokerId, points }) => ({ key: keyOf(brokerId), name: nameOf(brokerId), values: points }));
}

function noteOf({ stepSeconds, operations, changes = [] }: ClusterHistory): string {
  const marked = [
    operations.length === 0 ? [] : `${formatCountOf(operations.length, "operation")} of MSK`,
    changes.length === 0 ? [] : formatCountOf(changes.length, "change"),
  ].flat();
  return `one point for ${formatSpan(stepSeconds * 1000)}${marked.length === 0 ? "" : `; ${marked.join(" and ")} marked on the time axis`}`;
}
