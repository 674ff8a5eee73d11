"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { ExportLink } from "@/components/tenancy/export-link";
import { topicColumns } from "@/components/tenancy/topic-columns";
import { EmptyState, ErrorState } from "@/components/ui/notice";
import { WaitingFor } from "@/components/ui/skeleton";
import { DataTable } from "@/components/ui/table";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { useCarry } from "@/lib/client/address";
import { tenantPartCsvPath, tenantTopics } from "@/lib/client/tenants";
import { paths } from "@/lib/domain/paths";

/** The topics that are the tenant's own, and those it shares in a pool. */
export function TenantTopics({ tenantId }: { tenantId: string }) {
  const { data, error, refetch } = useQuery(tenantTopics(tenantId));
  const carry = useCarry();
  const columns = useMemo(() => topicColumns({ tenantHref: (id) => carry(paths.tenant(id)) }), [carry]);
  const plain = columns.map(({ sort: _sort, ...column }) => column);
  if (data === undefined) {
    if (error !== null) return <ErrorState title="The topics could not be loaded" message={error.message} onRetry={() => void refetch()} />;
    return (
      <>
        <WaitingFor what="the topics" />
        <TableSkeleton columns={columns} what="topics" />
      </>
    );
  }
  if (data.rows.length === 0) {
    return <EmptyState title="No topics">No topic on its clusters has a name that the tenant’s placements claim.</EmptyState>;
  }
  return (
    <>
      <div className="filter">
        <div className="end-actions">
          <ExportLink href={tenantPartCsvPath(tenantId, "topics")} file={`topics-of-${tenantId}`} />
        </div>
      </div>
      <DataTable
        caption="Topics of the tenant"
        columns={plain}
        rows={data.rows}
        rowKey={({ clusterId, topic }) => `${clusterId}/${topic}`}
        rowHref={({ clusterId, topic }) => carry(paths.topic(clusterId, topic))}
      />
    </>
  );
}
