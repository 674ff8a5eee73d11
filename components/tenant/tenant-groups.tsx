"use client";

import { useMemo } from "react";
import { ExportLink } from "@/components/tenancy/export-link";
import { groupColumns } from "@/components/tenancy/group-columns";
import { SectionHead } from "@/components/ui/section";
import { DataTable } from "@/components/ui/table";
import { useCarry } from "@/lib/client/address";
import { tenantPartCsvPath } from "@/lib/client/tenants";
import { formatSpan } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { GroupSummary } from "@/lib/domain/views/lag";
import type { TenantDetail } from "@/lib/domain/views/tenants";

function GroupTable({ caption, groups }: { caption: string; groups: readonly GroupSummary[] }) {
  const carry = useCarry();
  const columns = useMemo(() => groupColumns({ tenantHref: (id) => carry(paths.tenant(id)), without: ["owner"] }), [carry]);
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={groups}
      rowKey={({ clusterId, groupId }) => `${clusterId}/${groupId}`}
      rowHref={({ clusterId, groupId }) => carry(paths.group(clusterId, groupId))}
    />
  );
}

/** A tenant's groups: its own with members, its own without, and those it shares with other tenants. */
export function TenantGroups({ tenant }: { tenant: Pick<TenantDetail, "id" | "groups" | "tier"> }) {
  const own = tenant.groups.filter(({ owner }) => owner.kind === "tenant");
  const shared = tenant.groups.filter(({ owner }) => owner.kind !== "tenant");
  const active = own.filter(({ hasMembers }) => hasMembers !== false);
  const empty = own.filter(({ hasMembers }) => hasMembers === false);
  const objective = tenant.tier.lagObjectiveMs;
  return (
    <>
      <section>
        <SectionHead
          title="Lag by group"
          note={objective === undefined ? "no objective in its tier" : `objective ${formatSpan(objective)}`}
          actions={
            tenant.groups.length > 0 ? <ExportLink href={tenantPartCsvPath(tenant.id, "groups")} file={`groups-of-${tenant.id}`} /> : null
          }
        />
        {active.length > 0 ? <GroupTable caption="Groups with members" groups={active} /> : null}
        {active.length === 0 ? <p className="tone-muted">No group of its own has members now.</p> : null}
      </section>
      {empty.length > 0 ? (
        <section>
          <SectionHead title="Groups without members" note="their lag counts for nobody now; Kafka drops their commits in the end" />
          <GroupTable caption="Groups without members" groups={empty} />
        </section>
      ) : null}
      {shared.length > 0 ? (
        <section>
          <SectionHead title="Shared groups" note="they read topics of several tenants: how far behind this one is cannot be told apart" />
          <GroupTable caption="Shared groups" groups={shared} />
        </section>
      ) : null}
    </>
  );
}
