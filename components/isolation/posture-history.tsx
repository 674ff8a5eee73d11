"use client";

import { useQuery } from "@tanstack/react-query";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { type Column, DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { postureHistory, postureHistoryCsvPath } from "@/lib/client/isolation";
import { formatCount } from "@/lib/domain/format";
import type { ConditionView } from "@/lib/domain/views/common";

const COLUMNS: Column<ConditionView>[] = [
  { key: "finding", head: "Finding", cell: ({ label }) => label },
  {
    key: "cluster",
    head: "Cluster",
    cell: ({ clusterId }) => (clusterId === null ? <span className="tone-faint">fleet</span> : <bdi>{clusterId}</bdi>),
  },
  { key: "sentence", head: "What it was", className: "said", cell: ({ sentence }) => <bdi>{sentence}</bdi> },
  { key: "since", head: "Opened", cell: ({ since }) => <Time at={since} /> },
  {
    key: "until",
    head: "Closed",
    cell: ({ until }) => (until === null ? <span className="tone-faint">still so</span> : <Time at={until} />),
  },
];

/** Findings that began or ended within a month, the newest first. */
export function PostureHistoryList({ scope, tenantId }: { scope: string | null; tenantId: string | null }) {
  const { data, error, refetch } = useQuery(postureHistory(scope, tenantId));
  if (error !== null) {
    return (
      <Notice tone="warn" onRetry={() => void refetch()}>
        The history could not be loaded: {error.message}
      </Notice>
    );
  }
  if (data === undefined) return <Skeleton height={120} />;
  if (data.conditions.length === 0) return <p className="tone-muted">Nothing began or ended within 30 days.</p>;
  return (
    <>
      <DataTable
        caption="Findings opened and closed within 30 days"
        className="checks"
        columns={COLUMNS}
        rows={data.conditions}
        rowKey={({ id, since }) => `${id} ${since}`}
      />
      <p className="table-foot">
        {data.total > data.conditions.length ? `The newest ${formatCount(data.conditions.length)} of ${formatCount(data.total)}. ` : null}
        <a className="link" href={postureHistoryCsvPath(scope, tenantId)} download="posture-history.csv">
          All as CSV
        </a>
      </p>
    </>
  );
}
