"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { ToneIcon } from "@/components/ui/state";
import { formatClock, formatUtc } from "@/components/ui/time";
import { refreshCluster } from "@/lib/client/clusters";
import { formatAgo, formatSpan } from "@/lib/domain/format";
import type { StatusView } from "@/lib/domain/views/clusters";
import { type ClusterStatus, PART_WORDS, type PartStatus } from "./freshness-words";

const PROBLEMS_SHOWN = 3;

interface FreshnessDetailProps {
  trigger: ReactElement;
  clusters: readonly ClusterStatus[];
  collector: StatusView["collector"] | undefined;
  nowMs: number;
  error: string | undefined;
}

const COLLECTOR_WORDS: Record<StatusView["collector"], string | null> = {
  running: null,
  elsewhere: "Another process of this console reads the clusters.",
  off: "This process does not read the clusters, and nothing says that another does.",
};

function Problems({ part }: { part: PartStatus }) {
  const more = part.problems.length - PROBLEMS_SHOWN;
  return (
    <>
      {part.problems.slice(0, PROBLEMS_SHOWN).map((problem) => (
        <dd className="problem" key={`${problem.operation} ${problem.brokerId ?? ""} ${problem.resource ?? ""} ${problem.message}`}>
          {problem.brokerId === undefined ? "" : `Broker ${problem.brokerId}: `}
          {problem.message} {problem.remedy}
        </dd>
      ))}
      {more > 0 ? <dd className="problem">and {more} more</dd> : null}
    </>
  );
}

function PartLine({ part, nowMs }: { part: PartStatus; nowMs: number }) {
  const late = part.stale || part.problems.length > 0;
  const atMs = part.at === null ? null : Date.parse(part.at);
  return (
    <>
      <dt>
        <span className={late ? "tone-warn" : "tone-ok"}>
          {part.at === null && !late ? null : <ToneIcon tone={late ? "warn" : "ok"} />}
        </span>
        <span>
          {PART_WORDS[part.part]} <span className="tone-faint">every {formatSpan(part.intervalMs)}</span>
        </span>
      </dt>
      <dd title={atMs === null ? undefined : formatUtc(atMs)}>
        {atMs === null ? (late ? "never read" : "not read") : `${formatClock(atMs, nowMs)}, ${formatAgo(nowMs - atMs)}`}
      </dd>
      <Problems part={part} />
    </>
  );
}

function ClusterParts({ cluster, nowMs }: { cluster: ClusterStatus; nowMs: number }) {
  const client = useQueryClient();
  const refresh = useMutation({ mutationFn: () => refreshCluster(cluster.id), onSettled: () => client.invalidateQueries() });
  return (
    <section>
      <div className="section" style={{ margin: "12px 0 0" }}>
        <h2>{cluster.name}</h2>
        <p>{cluster.state}</p>
        <div className="actions">
          <Button kind="quiet" disabled={refresh.isPending} onClick={() => refresh.mutate()}>
            <RotateCw aria-hidden />
            {refresh.isPending ? "Reading" : "Read now"}
          </Button>
        </div>
      </div>
      {refresh.error ? (
        <p className="tone-danger" role="alert">
          {refresh.error.message}
        </p>
      ) : null}
      <dl className="parts">
        {cluster.parts.map((part) => (
          <PartLine key={part.part} part={part} nowMs={nowMs} />
        ))}
      </dl>
    </section>
  );
}

/** Every source on the page: how old it is, what is wrong with it, and what to do. */
export function FreshnessDetail({ trigger, clusters, collector, nowMs, error }: FreshnessDetailProps) {
  const words = collector === undefined ? null : COLLECTOR_WORDS[collector];
  return (
    <Popover trigger={trigger} label="Sources of this page">
      {error ? (
        <p className="tone-danger" role="alert">
          {error}
        </p>
      ) : null}
      {words === null ? null : <p className="tone-muted">{words}</p>}
      {clusters.length === 0 && !error ? (
        <p className="tone-muted">No cluster is connected. The console reads its connections from the file named by CONNECTIONS_FILE.</p>
      ) : null}
      {clusters.map((cluster) => (
        <ClusterParts key={cluster.id} cluster={cluster} nowMs={nowMs} />
      ))}
    </Popover>
  );
}
