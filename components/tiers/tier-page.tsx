"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { DriftSection } from "@/components/change/drift-section";
import { ModelWord } from "@/components/tenancy/model-word";
import { useMayPlan } from "@/components/tenancy/use-may-plan";
import { useWhyClosed } from "@/components/tenancy/use-why-closed";
import { Button, ButtonLink, ClosedButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { useCarry } from "@/lib/client/address";
import { tierDetail } from "@/lib/client/tiers";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { Tier } from "@/lib/domain/tier";
import type { TierDetail } from "@/lib/domain/views/tiers";
import { TierFailed } from "./tier-failed";
import { TierFigures } from "./tier-figures";
import { TierOverrides } from "./tier-overrides";
import { TierTenants } from "./tier-tenants";
import { TierUsageSection } from "./tier-usage";

/** One tier: what it promises, who is on it, and where its tenants differ from it. */
export function TierPage({ tierId }: { tierId: string }) {
  const { data, error, refetch } = useQuery(tierDetail(tierId));
  const mayPlan = useMayPlan();
  if (data === undefined && error !== null) return <TierFailed tierId={tierId} error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <>
        <PageTitle title={tierId} facts={<Skeleton width={180} />} />
        <WaitingFor what="the tier" />
        <Skeleton height={84} />
        <Skeleton height={200} />
      </>
    );
  }
  const { tier, counts } = data;
  return (
    <>
      <PageTitle
        title={tier.name}
        facts={
          <>
            <ModelWord model={tier.model} />
            {tier.archived === true ? <span>archived</span> : null}
          </>
        }
        sentence={sentenceOf(data)}
        actions={mayPlan ? <Actions tier={tier} /> : null}
      />
      {error === null ? null : (
        <Notice tone="warn" onRetry={() => void refetch()}>
          Not renewed: {error.message} Shown is what was known before.
        </Notice>
      )}
      <TierFigures detail={data} />
      {mayPlan && counts.drifting > 0 ? (
        <DriftSection query={{ tenant: null, tier: tier.id, cluster: null }} scope={{ tierId: tier.id }} withTenant empty={<NoDrift />} />
      ) : null}
      <TierUsageSection tierId={tier.id} />
      <TierOverrides detail={data} />
      {mayPlan ? <TierTenants tier={tier} /> : null}
    </>
  );
}

function NoDrift() {
  return <p className="tone-muted">Its tenants have what is declared.</p>;
}

/** "25 tenants: 3 with overrides, 2 that differ from what is declared, 1 under a brake." */
function sentenceOf({ tier, counts }: TierDetail): string {
  if (counts.tenants === 0) return tier.archived === true ? "No tenant is on it, and none can be put on it." : "No tenant is on it yet.";
  const parts = [
    [counts.overriding, "with overrides"],
    [counts.drifting, counts.drifting === 1 ? "that differs from what is declared" : "that differ from what is declared"],
    [counts.braked, "under a brake"],
    [counts.managedElsewhere, "managed elsewhere"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, words]) => `${formatCount(count)} ${words}`);
  const rest = said.length === 0 ? ", all of them as it declares" : `: ${said.join(", ")}`;
  return `${formatCountOf(counts.tenants, "tenant")}${rest}.`;
}

function Actions({ tier }: { tier: Tier }) {
  const carry = useCarry();
  const [archiving, setArchiving] = useState(false);
  const why = useWhyClosed("promises");
  const archived = tier.archived === true;
  if (why !== null) return <ClosedButton why={why}>Edit</ClosedButton>;
  return (
    <>
      <ButtonLink href={carry(paths.editTier(tier.id))}>Edit</ButtonLink>
      <Button onClick={() => setArchiving(true)}>{archived ? "Restore" : "Archive"}</Button>
      {archiving ? (
        <ChangeDialog
          title={archived ? `Restore ${tier.name}` : `Archive ${tier.name}`}
          request={{ kind: "tier-archive", tierId: tier.id, archived: !archived }}
          onClose={() => setArchiving(false)}
        />
      ) : null}
    </>
  );
}
