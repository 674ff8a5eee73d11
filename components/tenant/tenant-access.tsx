"use client";

import { useQuery } from "@tanstack/react-query";
import { EmptyState, ErrorState, Notice } from "@/components/ui/notice";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { tenantAccess } from "@/lib/client/tenants";
import { PrincipalSection } from "./principal-section";

/** Which principals are the tenant's, which quotas bind them, and what they may do. */
export function TenantAccessTab({ tenantId }: { tenantId: string }) {
  const { data, error, refetch } = useQuery(tenantAccess(tenantId));
  if (data === undefined) {
    if (error !== null) return <ErrorState title="The access could not be loaded" message={error.message} onRetry={() => void refetch()} />;
    return (
      <>
        <WaitingFor what="principals, quotas and ACLs" />
        <Skeleton height={220} />
      </>
    );
  }
  return (
    <>
      {data.problems.map((problem) => (
        <Notice key={`${problem.operation} ${problem.brokerId ?? ""} ${problem.message}`} tone="warn">
          {problem.message} {problem.remedy}
        </Notice>
      ))}
      {data.principals.length === 0 ? (
        <EmptyState title="No principal of its own">
          The tenant’s placements name no principal. Its traffic is made by services that serve many tenants, so Kafka cannot limit or count
          it by itself.
        </EmptyState>
      ) : null}
      {data.principals.map((principal) => (
        <PrincipalSection key={`${principal.clusterId} ${principal.kind} ${principal.name}`} principal={principal} />
      ))}
    </>
  );
}
