"use client";

import { useQuery } from "@tanstack/react-query";
import { ConditionList } from "@/components/tenancy/condition-list";
import { ButtonLink } from "@/components/ui/button";
import { SectionHead } from "@/components/ui/section";
import { useCarry } from "@/lib/client/address";
import { posture } from "@/lib/client/isolation";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";

/** As many as a tenant's page has room for; the rest is on the page of all. */
const SHOWN_MAX = 5;
/** What falls on more tenants than this is the cluster's matter, and told there. */
const OF_FEW = 10;

/** What is wrong by construction and falls on this tenant; nothing while there is none. */
export function TenantPosture({ tenantId }: { tenantId: string }) {
  const { data } = useQuery(posture(null, tenantId));
  const carry = useCarry();
  const own = data?.findings.filter((finding) => finding.tenantId === tenantId || (finding.affects?.count ?? 0) <= OF_FEW) ?? [];
  if (data === undefined || own.length === 0) return null;
  return (
    <section>
      <SectionHead
        title="Posture"
        note={formatCountOf(own.length, "finding")}
        actions={
          <ButtonLink kind="quiet" href={carry(`${paths.isolation({ tenant: tenantId })}#posture`)}>
            {own.length > SHOWN_MAX ? "All, with remedies" : "Remedies"}
          </ButtonLink>
        }
      />
      <ConditionList conditions={own.slice(0, SHOWN_MAX)} here={paths.tenant(tenantId)} />
    </section>
  );
}
