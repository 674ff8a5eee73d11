"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { ObservedMark } from "@/components/tenancy/source-mark";
import { Figure, Figures } from "@/components/ui/figures";
import { State } from "@/components/ui/state";
import { useCarry } from "@/lib/client/address";
import { formatByteRate, formatCount, formatCountOf, formatPercent } from "@/lib/domain/format";
import type { Observed } from "@/lib/domain/observed";
import { paths } from "@/lib/domain/paths";
import type { ModelCounts, Overview } from "@/lib/domain/views/overview";

const MODEL_WORDS: Record<keyof ModelCounts, string> = {
  pool: "pool",
  bridge: "bridge",
  silo: "silo",
  mixed: "mixed",
  unplaced: "unplaced",
};

function modelWords(models: ModelCounts): string {
  const there = (Object.keys(MODEL_WORDS) as (keyof ModelCounts)[]).filter((model) => models[model] > 0);
  return there.map((model) => `${formatCount(models[model])} ${MODEL_WORDS[model]}`).join(", ");
}

/** "43 % of 500.4 MB/s promised"; without a rate what is promised, and the other way round. */
function promiseWords(rate: Observed<number>, promised: number | null): string {
  if (promised === null) return "nothing promised";
  const words = `${formatByteRate(promised)} promised`;
  if (rate.source === "unavailable" || promised === 0) return words;
  return `${rate.atLeast ? "≥ " : ""}${formatPercent(rate.value / promised)} of ${words}`;
}

function RateFigure({ label, rate, promised }: { label: string; rate: Observed<number>; promised: number | null }) {
  const value = rate.source === "unavailable" ? "unknown" : `${rate.atLeast ? "≥ " : ""}${formatByteRate(rate.value)}`;
  return <Figure label={label} mark={<ObservedMark observed={rate} />} value={value} notes={[promiseWords(rate, promised)]} />;
}

interface CountFigureProps {
  label: string;
  count: number;
  href: string;
  worst: ReactNode;
  /** Of whom it cannot be said. */
  unknown: number;
}

function CountFigure({ label, count, href, worst, unknown }: CountFigureProps) {
  const value =
    count === 0 ? (
      "0"
    ) : (
      <Link className="link" prefetch={false} href={href}>
        {formatCount(count)}
        <small>{count === 1 ? "tenant" : "tenants"}</small>
      </Link>
    );
  const notes = [worst, unknown > 0 ? `${formatCount(unknown)} cannot be judged` : null].filter((note) => note !== null);
  return <Figure label={label} value={value} unit={count === 0 ? "tenants" : null} notes={notes} />;
}

/** The fleet in six figures; those that ask for something lead to whom they mean. */
export function OverviewFigures({ overview }: { overview: Overview }) {
  const carry = useCarry();
  const { tenants, clusters, nearOrOverQuota: quota, pastLagObjective: lag } = overview;
  const troubled = clusters.filter(({ state }) => state !== "healthy").length;
  return (
    <div className="whole-notes">
      <Figures>
        <Figure label="Tenants" value={formatCount(tenants.total)} notes={[modelWords(tenants.models)]} />
        <RateFigure label="Produce" rate={overview.produceBytesPerSecond} promised={overview.promisedProduceBytesPerSecond} />
        <RateFigure label="Consume" rate={overview.consumeBytesPerSecond} promised={overview.promisedConsumeBytesPerSecond} />
        <CountFigure
          label="Near or over quota"
          count={quota.tenants}
          href={carry(paths.tenants({ view: "near-limit" }))}
          worst={quota.throttled > 0 ? <State tone="danger">{formatCount(quota.throttled)} throttled, measured</State> : null}
          unknown={quota.unknown}
        />
        <CountFigure
          label="Past lag objective"
          count={lag.tenants}
          href={carry(paths.tenants({ view: "lag" }))}
          worst={lag.stuck > 0 ? <State tone="danger">{formatCount(lag.stuck)} stuck</State> : null}
          unknown={lag.unknown}
        />
        <Figure
          label="Clusters"
          value={formatCount(clusters.length)}
          notes={[
            troubled > 0 ? (
              <State key="state" tone="warn">
                {formatCount(troubled)} not healthy
              </State>
            ) : (
              "all healthy"
            ),
            brokerWords(overview),
          ]}
        />
      </Figures>
    </div>
  );
}

function brokerWords({ clusters }: Overview): string {
  const told = clusters.filter(({ brokersAlive }) => brokersAlive !== null);
  const alive = told.reduce((sum, { brokersAlive }) => sum + (brokersAlive ?? 0), 0);
  return `${told.length < clusters.length ? "at least " : ""}${formatCountOf(alive, "broker")}`;
}
