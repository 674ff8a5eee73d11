"use client";

import { DriftSection } from "@/components/change/drift-section";
import { CannotSee } from "@/components/tenancy/cannot-see";
import { ConditionList } from "@/components/tenancy/condition-list";
import { SectionHead } from "@/components/ui/section";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import { isBrake } from "./brake-line";
import { BucketTable } from "./bucket-table";
import { PlacementTable } from "./placement-table";
import { TenantCharts } from "./tenant-charts";
import { TenantCost } from "./tenant-cost";
import { TenantFigures } from "./tenant-figures";
import { TenantGroups } from "./tenant-groups";
import { TenantMonths } from "./tenant-months";
import { TenantPool } from "./tenant-pool";
import { TenantPosture } from "./tenant-posture";
import { useTenant } from "./use-tenant";

/** One tenant at a glance: the three axes, what is wrong, the past, the groups, the quotas in force, and what cannot be seen. */
export function TenantOverview({ tenantId }: { tenantId: string }) {
  const tenant = useTenant(tenantId);
  if (tenant === null) return null;
  // A brake stands above the tabs, with the way out of it.
  const conditions = tenant.conditions.filter((condition) => !isBrake(condition));
  return (
    <>
      <TenantFigures tenant={tenant} />
      {conditions.length > 0 ? (
        <section>
          <SectionHead title="To know" note={formatCountOf(conditions.length, "condition")} />
          <ConditionList conditions={conditions} here={paths.tenant(tenantId)} />
        </section>
      ) : null}
      <TenantPosture tenantId={tenantId} />
      {tenant.conditions.some(({ rule }) => rule.startsWith("drift.")) ? (
        <DriftSection
          query={{ tenant: tenantId, tier: null, cluster: null }}
          scope={{ tenantIds: [tenantId] }}
          withTenant={false}
          empty={<p className="tone-muted">It has what is declared.</p>}
        />
      ) : null}
      <TenantCharts tenant={tenant} />
      <TenantGroups tenant={tenant} />
      {tenant.placements.some(({ model }) => model === "pool") ? <TenantPool tenantId={tenantId} /> : null}
      <BucketTable tenant={tenant} />
      <TenantMonths tenantId={tenantId} />
      <TenantCost tenantId={tenantId} />
      <PlacementTable tenant={tenant} />
      <CannotSee lines={tenant.cannotSee} />
    </>
  );
}
