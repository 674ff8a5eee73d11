"use client";

import { useQuery } from "@tanstack/react-query";
import { ExportLink } from "@/components/tenancy/export-link";
import { EmptyState, ErrorState, Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { WaitingFor } from "@/components/ui/skeleton";
import { DataTable } from "@/components/ui/table";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { useCarry } from "@/lib/client/address";
import { clusterList, clusterListCsvPath } from "@/lib/client/clusters";
import { ApiError } from "@/lib/client/fetch-json";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { ClusterSummary } from "@/lib/domain/views/clusters";
import { CLUSTER_COLUMNS } from "./cluster-columns";
import { UnseenRegions } from "./unseen-regions";

function summary(clusters: readonly ClusterSummary[]): string {
  const well = clusters.filter(({ state }) => state === "healthy").length;
  const all = formatCountOf(clusters.length, "cluster");
  return well === clusters.length ? `${all}, all healthy` : `${all}, ${well} healthy`;
}

/** All clusters the console has a connection to, the troubled ones with their sentence below the table. */
export function ClustersPage() {
  const { data, error, refetch } = useQuery(clusterList());
  const carry = useCarry();
  const clusters = data?.clusters;
  const troubled = clusters?.filter(({ state }) => state !== "healthy") ?? [];
  return (
    <>
      <PageTitle
        title="Clusters"
        facts={clusters && clusters.length > 0 ? summary(clusters) : null}
        actions={<ExportLink href={clusterListCsvPath} file="clusters" />}
      />
      {error && clusters ? (
        <Notice tone="warn" onRetry={() => void refetch()}>
          Not renewed: {error.message} Shown is what was known before.
        </Notice>
      ) : null}
      {error && !clusters ? (
        <ErrorState
          title="The clusters could not be loaded"
          message={error.message}
          requestId={error instanceof ApiError ? error.requestId : null}
          onRetry={() => void refetch()}
        />
      ) : null}
      {!clusters && !error ? (
        <>
          <WaitingFor what="the list of clusters" />
          <TableSkeleton columns={CLUSTER_COLUMNS} what="clusters" />
        </>
      ) : null}
      <UnseenRegions regions={data?.unseenRegions ?? []} />
      {troubled.map(({ id, name, state, sentence }) => (
        <Notice key={id} tone={state === "unreachable" ? "danger" : state === "starting" ? "info" : "warn"}>
          <bdi>{name}</bdi>: {sentence}
        </Notice>
      ))}
      {clusters?.length === 0 ? (
        <EmptyState title="No clusters yet">
          The console reads its connections from the file that CONNECTIONS_FILE names: bootstrap addresses or AWS accounts, how to sign in,
          and where the exporters listen. Add one, and start the console again.
        </EmptyState>
      ) : null}
      {clusters && clusters.length > 0 ? (
        <DataTable
          caption="Clusters"
          columns={CLUSTER_COLUMNS}
          rows={clusters}
          rowKey={({ id }) => id}
          rowHref={({ id }) => carry(paths.cluster(id))}
        />
      ) : null}
    </>
  );
}
