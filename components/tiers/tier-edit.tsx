"use client";

import { useQuery } from "@tanstack/react-query";
import { PageTitle } from "@/components/ui/page-title";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { tierDetail } from "@/lib/client/tiers";
import { formatCountOf } from "@/lib/domain/format";
import { TierDefinitionForm } from "./tier-definition-form";
import { TierFailed } from "./tier-failed";

const SENTENCE = "What is promised to its tenants, and how far they may go. Nothing is written until you apply.";

export function NewTier() {
  return (
    <>
      <PageTitle title="New tier" sentence={SENTENCE} />
      <TierDefinitionForm tier={null} tenantCount={0} />
    </>
  );
}

/** Another promise for a tier that exists. */
export function EditTier({ tierId }: { tierId: string }) {
  const { data, error, refetch } = useQuery(tierDetail(tierId));
  if (data === undefined && error !== null) return <TierFailed tierId={tierId} error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <>
        <PageTitle title="Edit tier" sentence={SENTENCE} />
        <WaitingFor what="the tier" />
        <Skeleton height={200} />
      </>
    );
  }
  return (
    <>
      <PageTitle title={`Edit ${data.tier.name}`} facts={<span>{formatCountOf(data.counts.tenants, "tenant")}</span>} sentence={SENTENCE} />
      <TierDefinitionForm tier={data.tier} tenantCount={data.counts.tenants} />
    </>
  );
}
