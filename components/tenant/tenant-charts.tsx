"use client";

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { ChartMark } from "@/components/charts/chart-marks";
import { LagChart } from "@/components/charts/lag-chart";
import { RateChart } from "@/components/charts/rate-chart";
import { ThrottleChart } from "@/components/charts/throttle-chart";
import { changeMarks } from "@/components/tenancy/change-marks";
import { operationMarks } from "@/components/tenancy/operation-marks";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { Skeleton } from "@/components/ui/skeleton";
import { formatUtc } from "@/components/ui/time";
import { useCarry, useTimeRange } from "@/lib/client/address";
import { tenantHistory } from "@/lib/client/tenants";
import type { TenantDetail, TenantHistory } from "@/lib/domain/views/tenants";
import { throttledWords } from "./throttled-words";

const GROUP = "tenant";

function sinceNote({ since, stepMs }: TenantHistory): string {
  const step = stepMs >= 3_600_000 ? "by the hour" : stepMs >= 300_000 ? "by five minutes" : "by the minute";
  if (since === null) return `${step}; nothing is kept yet, the first minute is on its way`;
  return `${step}; kept since ${formatUtc(Date.parse(since))}`;
}

function noteOf(lines: TenantHistory["produceThrottleMs"], stepMs: number): { note?: string } {
  const note = throttledWords(lines, stepMs);
  return note === undefined ? {} : { note };
}

/** Operations of MSK on the tenant's clusters, each named where there are several, and changes of the tenant made here. */
function marksOf({ operations = [], changes = [], from, to }: TenantHistory, carry: (href: string) => string): ChartMark[] {
  const several = new Set(operations.map(({ clusterName }) => clusterName)).size > 1;
  const now = Date.parse(to);
  return [
    ...operations.flatMap((operation) => operationMarks([operation], now, several ? operation.clusterName : undefined)),
    ...changeMarks(changes, { fromMs: Date.parse(from), toMs: now }, carry),
  ];
}

/** The tenant's past over the time range of the address: rates against quota, throttling, and lag. */
export function TenantCharts({ tenant }: { tenant: TenantDetail }) {
  const [range, setRange] = useTimeRange();
  const carry = useCarry();
  const { data: history, error, refetch } = useQuery(tenantHistory(tenant.id, range));
  const select = useCallback(
    (fromMs: number, toMs: number) => setRange({ kind: "custom", from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }),
    [setRange],
  );
  const marks = useMemo(() => (history === undefined ? [] : marksOf(history, carry)), [history, carry]);
  if (history === undefined) {
    if (error === null) return <Skeleton height={200} />;
    return (
      <Notice tone="warn" onRetry={() => void refetch()}>
        The past could not be loaded: {error.message}
      </Notice>
    );
  }
  const palette = [...history.produce, ...history.consume];
  const shared = { times: history.times, marks, group: GROUP, onSelect: select };
  const nothing = "No readings in this time.";
  const byTime = history.lagMs.some((value) => value !== null);
  return (
    <section>
      <SectionHead title="Over time" note={sinceNote(history)} />
      <div className="charts two">
        <RateChart title="Produce rate per broker against quota" lines={history.produce} palette={palette} nothing={nothing} {...shared} />
        <RateChart title="Consume rate per broker against quota" lines={history.consume} palette={palette} nothing={nothing} {...shared} />
        <ThrottleChart
          title="Produce throttle time"
          lines={history.produceThrottleMs}
          {...noteOf(history.produceThrottleMs, history.stepMs)}
          palette={palette}
          nothing="Throttling is not visible here."
          {...shared}
        />
        <ThrottleChart
          title="Consume throttle time"
          lines={history.consumeThrottleMs}
          {...noteOf(history.consumeThrottleMs, history.stepMs)}
          palette={palette}
          nothing="Throttling is not visible here."
          {...shared}
        />
        <LagChart
          title="Lag of the worst group with members"
          kind={byTime ? "time" : "records"}
          values={byTime ? history.lagMs : history.lagRecords}
          objectiveMs={tenant.tier.lagObjectiveMs ?? null}
          nothing={nothing}
          {...shared}
        />
      </div>
    </section>
  );
}
