"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy } from "react";
import { OnDemand } from "@/components/ui/on-demand";
import { formatClock } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import { useScope } from "@/lib/client/address";
import { status } from "@/lib/client/status";
import { formatAgo } from "@/lib/domain/format";
import type { Part } from "@/lib/domain/snapshot";
import type { StatusView } from "@/lib/domain/views/clusters";
import { oldestSource, PART_WORDS } from "./freshness-words";

const loadDetail = () => import("./freshness-detail").then((module) => ({ default: module.FreshnessDetail }));
const FreshnessDetail = lazy(loadDetail);

interface FreshnessProps {
  parts: readonly Part[];
  clusterId?: string;
}

interface Words {
  tone: "ok" | "warn" | "danger" | "waiting";
  source: string;
  when: string | null;
  ago: string | null;
}

const PLAIN = { when: null, ago: null };

function freshnessWords(
  view: StatusView | undefined,
  failed: boolean,
  shown: StatusView["clusters"],
  parts: readonly Part[],
  now: number,
): Words {
  if (failed) return { tone: "danger", source: "The console’s server does not answer", ...PLAIN };
  if (view === undefined || now === 0) return { tone: "waiting", source: "", ...PLAIN };
  const oldest = oldestSource(shown, parts);
  if (oldest === null) return { tone: "waiting", source: shown.length === 0 ? "No clusters connected" : "Nothing read yet", ...PLAIN };
  const source = `${PART_WORDS[oldest.part]} of ${oldest.cluster}`;
  if (oldest.atMs === null) return { tone: "warn", source: `${source}: never read`, ...PLAIN };
  return {
    tone: oldest.stale ? "warn" : "ok",
    source,
    when: `as of ${formatClock(oldest.atMs, now)}`,
    ago: formatAgo(now - oldest.atMs),
  };
}

/** How old the oldest source on the page is, and which one that is; pressed, all sources with what is wrong with them. */
export function Freshness({ parts, clusterId }: FreshnessProps) {
  const [scope] = useScope();
  const now = useNow();
  const { data, error, dataUpdatedAt } = useQuery(status());
  const only = clusterId ?? scope;
  const shown = data?.clusters.filter((cluster) => only === null || cluster.id === only) ?? [];
  const skewMs = data === undefined ? 0 : Date.parse(data.now) - dataUpdatedAt;
  const words = freshnessWords(data, error !== null, shown, parts, now === 0 ? 0 : now + skewMs);
  return (
    <OnDemand
      popup="dialog"
      preload={() => void loadDetail()}
      trigger={
        <button type="button" className={`fresh ${words.tone}`} title={words.tone === "warn" ? "A source is late" : undefined}>
          <i aria-hidden />
          <span className="clip">
            {words.source}
            {words.when === null ? "" : <span className="when">: {words.when}</span>}
            {words.ago === null ? "" : `, ${words.ago}`}
          </span>
          <span className="visually-hidden">{words.tone === "warn" ? "A source is late. " : ""}Show all sources</span>
        </button>
      }
    >
      {(trigger) => (
        <FreshnessDetail trigger={trigger} clusters={shown} collector={data?.collector} nowMs={now + skewMs} error={error?.message} />
      )}
    </OnDemand>
  );
}
