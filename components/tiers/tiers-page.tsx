"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { PageAnswer } from "@/components/tenancy/answered";
import { useMayPlan } from "@/components/tenancy/use-may-plan";
import { useWhyClosed } from "@/components/tenancy/use-why-closed";
import { ButtonLink, ClosedButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { WaitingFor } from "@/components/ui/skeleton";
import { DataTable } from "@/components/ui/table";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { useCarry } from "@/lib/client/address";
import { tierList } from "@/lib/client/tiers";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { TierView } from "@/lib/domain/views/tenants";
import { BrokerWhatIfSection } from "./broker-what-if";
import { CostSection } from "./cost-section";
import { TIER_COLUMNS } from "./tier-columns";
import { UsageSection } from "./usage-section";

/** What is promised to whom: the tiers, and how their tenants stand to them. */
export function TiersPage() {
  const answer = useQuery(tierList());
  const { data } = answer;
  const carry = useCarry();
  const mayPlan = useMayPlan();
  return (
    <>
      <PageTitle
        title="Tiers"
        facts={data === undefined ? null : summary(data.tiers)}
        actions={
          mayPlan ? (
            <>
              <ButtonLink href={carry(paths.drift())}>Drift</ButtonLink>
              <NewTier />
            </>
          ) : null
        }
      />
      <PageAnswer
        answer={answer}
        failed="The tiers could not be loaded"
        waiting={
          <>
            <WaitingFor what="the tiers" />
            <TableSkeleton columns={TIER_COLUMNS} what="tiers" />
          </>
        }
      >
        {({ tiers }) => <Tiers tiers={tiers} mayPlan={mayPlan} />}
      </PageAnswer>
    </>
  );
}

/** A tier is everybody's: not for who is limited, who hears why. */
function NewTier() {
  const carry = useCarry();
  const why = useWhyClosed("promises");
  if (why !== null) return <ClosedButton why={why}>New tier</ClosedButton>;
  return <ButtonLink href={carry(paths.newTier())}>New tier</ButtonLink>;
}

function Tiers({ tiers, mayPlan }: { tiers: readonly TierView[]; mayPlan: boolean }) {
  const carry = useCarry();
  const makes = useWhyClosed("shared");
  const names = useMemo(() => new Map(tiers.map(({ id, name }) => [id, name])), [tiers]);
  if (tiers.length === 0) {
    return (
      <EmptyState title="No tiers yet" next={mayPlan ? <NewTier /> : null}>
        A tier is what a plan promises to a tenant: rates, retention, message size.{" "}
        {makes === null ? "Make one here, or import them with your tenants." : "An operator makes tiers, or imports them with the tenants."}
      </EmptyState>
    );
  }
  // What nobody can be put on any more comes last.
  const ordered = tiers.toSorted((a, b) => Number(a.archived === true) - Number(b.archived === true));
  return (
    <>
      <DataTable
        caption="Tiers"
        className="tall tiers"
        columns={TIER_COLUMNS}
        rows={ordered}
        rowKey={({ id }) => id}
        rowHref={({ id }) => carry(paths.tier(id))}
        rowClass={({ archived }) => (archived === true ? "archived" : undefined)}
      />
      <UsageSection names={names} />
      <CostSection names={names} />
      <BrokerWhatIfSection />
    </>
  );
}

function summary(tiers: readonly TierView[]): string {
  const tenants = tiers.reduce((sum, { tenantCount }) => sum + tenantCount, 0);
  return `${formatCountOf(tenants, "tenant")} in ${formatCountOf(tiers.length, "tier")}`;
}
