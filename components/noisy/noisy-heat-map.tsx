"use client";

import { useRouter } from "next/navigation";
import { useCallback, useMemo } from "react";
import { HeatMap, type HeatRow } from "@/components/charts/heat-map";
import { SectionHead } from "@/components/ui/section";
import { formatClock } from "@/components/ui/time";
import { useCarry, useTimeRange } from "@/lib/client/address";
import { withBase } from "@/lib/client/base-path";
import { formatCount, formatSpan } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { NoisyView } from "@/lib/domain/views/noisy";

/** Beyond this a number says no more than "far above". */
const FAR = 99;

/** How loud the loudest tenants were over the time range, by steps. */
export function NoisyHeatMap({ view: { heat, to } }: { view: NoisyView }) {
  const carry = useCarry();
  const router = useRouter();
  const [, setRange] = useTimeRange();
  const rows = useMemo<HeatRow[]>(
    () =>
      heat.rows.map(({ tenantId, name, values }) => ({
        key: tenantId,
        name,
        values,
        href: withBase(carry(paths.noisy({ tenant: tenantId }))),
      })),
    [heat.rows, carry],
  );
  const follow = useCallback((tenantId: string) => router.push(carry(paths.noisy({ tenant: tenantId }))), [router, carry]);
  const byHour = useMemo(() => new Set(heat.rows.filter((row) => row.byHour).map(({ tenantId }) => tenantId)), [heat.rows]);
  const words = useCallback(
    (row: HeatRow, value: number | null, atMs: number): string => {
      const span = `${formatClock(atMs, Date.parse(to))} to ${formatClock(atMs + heat.stepMs, Date.parse(to))}`;
      if (value === null) return `${row.name}, ${span}: no data${heat.cut ? ", or not among the loudest that are kept" : ""}.`;
      const times = value >= FAR ? "far more than" : `${value.toFixed(2)} times`;
      const where = byHour.has(row.key) ? "of the cluster, by the hour, as estimated or reported" : "on its worst broker";
      return `${row.name}, ${span}: ${times} its entitlement ${where}.`;
    },
    [heat.stepMs, heat.cut, to, byHour],
  );
  const open = useCallback(
    (atMs: number) => setRange({ kind: "custom", from: new Date(atMs).toISOString(), to: new Date(atMs + heat.stepMs).toISOString() }),
    [setRange, heat.stepMs],
  );
  const more = heat.seen > heat.rows.length ? `the loudest ${heat.rows.length} of ${formatCount(heat.seen)} tenants, ` : "";
  return (
    <section aria-labelledby="heat">
      <SectionHead
        id="heat"
        title="Share against entitlement"
        note={`${more}steps of ${formatSpan(heat.stepMs)}, kept by ${formatSpan(heat.keptMinutes * 60_000)}; the worst broker of each step`}
      />
      {heat.withoutPools ? (
        <p className="tone-muted heat-note">
          Tenants of pools are known by the hour only: they have cells where steps are hours, in ranges of seven days and more.
        </p>
      ) : null}
      {rows.length === 0 ? (
        <p className="tone-muted">Nothing is kept of this time yet. Each reading of the brokers adds to it.</p>
      ) : (
        <HeatMap
          label="Share against entitlement, tenants by time"
          rows={rows}
          times={heat.times}
          stepMs={heat.stepMs}
          words={words}
          onName={follow}
          onOpen={open}
        />
      )}
    </section>
  );
}
