"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { MetricChart } from "@/components/charts/metric-chart";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { useScope, useTimeRange } from "@/lib/client/address";
import { overviewHistory } from "@/lib/client/overview";
import type { OverviewCluster, OverviewHistory } from "@/lib/domain/views/overview";

const STEP_WORDS: [number, string][] = [
  [86_400_000, "by the day"],
  [3_600_000, "by the hour"],
  [300_000, "by five minutes"],
  [0, "by the minute"],
];

/** How fine the lines are, and which clusters have none: of those that only AWS shows the console keeps no minutes. */
function noteOf({ stepMs, clusters }: OverviewHistory): string {
  const step = STEP_WORDS.find(([least]) => stepMs >= least)?.[1] ?? "";
  const empty = clusters.filter(({ bytesPerSecond }) => bytesPerSecond.every((value) => value === null)).map(({ name }) => name);
  if (empty.length === 0 || empty.length === clusters.length) return step;
  return `${step}; nothing is kept of ${empty.length > 2 ? `${empty.length} clusters` : empty.join(" and ")}`;
}

/** Produce rate of each cluster over the time range of the address, from the minutes that the console keeps. */
export function ProduceChart({ clusters }: { clusters: readonly OverviewCluster[] }) {
  const [scope] = useScope();
  const [range, setRange] = useTimeRange();
  const { data, error, refetch } = useQuery(overviewHistory(scope, range));
  const select = useCallback(
    (fromMs: number, toMs: number) => setRange({ kind: "custom", from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }),
    [setRange],
  );
  const palette = useMemo(() => clusters.map(({ id }) => id), [clusters]);
  const lines = useMemo(
    () => data?.clusters.map(({ id, name, bytesPerSecond }) => ({ key: id, name, values: bytesPerSecond })) ?? [],
    [data],
  );
  if (clusters.length === 0) return <section />;
  return (
    <section className="overview-chart">
      {data === undefined ? (
        <>
          <SectionHead title="Produce rate by cluster" />
          {error === null ? (
            <Skeleton height={174} />
          ) : (
            <Notice tone="warn" onRetry={() => void refetch()}>
              The past could not be loaded: {error.message}
            </Notice>
          )}
        </>
      ) : (
        <MetricChart
          title="Produce rate by cluster"
          kind="rate"
          note={noteOf(data)}
          times={data.times}
          lines={lines}
          palette={palette}
          nothing="No minute is kept of this time yet."
          onSelect={select}
        />
      )}
    </section>
  );
}
