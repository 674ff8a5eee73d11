"use client";

import { useQuery } from "@tanstack/react-query";
import { PageFailed } from "@/components/tenancy/page-failed";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { ToneIcon } from "@/components/ui/state";
import { useCarry, useScope } from "@/lib/client/address";
import { overview } from "@/lib/client/overview";
import { paths } from "@/lib/domain/paths";
import type { Overview } from "@/lib/domain/views/overview";
import { AttentionSection } from "./attention-section";
import { ClusterSection } from "./cluster-section";
import { DriftLine } from "./drift-line";
import { OverviewFigures } from "./overview-figures";
import { ProduceChart } from "./produce-chart";
import { TierSection } from "./tier-section";

function Sentence({ sentence }: Pick<Overview, "sentence">) {
  if (sentence.severity === null) return sentence.text;
  return (
    <span className={`state-line tone-${sentence.severity}`}>
      <ToneIcon tone={sentence.severity} />
      <bdi>{sentence.text}</bdi>
    </span>
  );
}

/** The first page: how the fleet is, what needs attention now, its clusters, and its tenants by tier. */
export function OverviewPage() {
  const [scope] = useScope();
  const { data, error, refetch } = useQuery(overview(scope));
  const carry = useCarry();
  if (data === undefined) return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  const name = scope === null ? "Fleet" : (data.clusters[0]?.name ?? scope);
  return (
    <>
      <PageTitle
        title={name}
        sentence={<Sentence sentence={data.sentence} />}
        actions={<ButtonLink href={carry(paths.tenants())}>All tenants</ButtonLink>}
      />
      {error === null ? null : (
        <Notice tone="warn" onRetry={() => void refetch()}>
          Not renewed: {error.message} Shown is what was known before.
        </Notice>
      )}
      <OverviewFigures overview={data} />
      <AttentionSection overview={data} />
      <DriftLine />
      <ClusterSection overview={data} />
      <div className="overview-pair">
        <ProduceChart clusters={data.clusters} />
        <TierSection overview={data} />
      </div>
    </>
  );
}

function Loading() {
  return (
    <>
      <PageTitle title="Fleet" sentence={<Skeleton width={420} />} />
      <WaitingFor what="the overview" />
      <Skeleton height={84} />
      <Skeleton height={220} />
      <Skeleton height={180} />
    </>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const [scope] = useScope();
  return (
    <PageFailed
      error={error}
      missing="There is no such cluster"
      failed="The overview could not be loaded"
      onRetry={onRetry}
      next={
        <>
          {scope === null ? null : <ButtonLink href={paths.overview()}>All clusters</ButtonLink>}
          <ButtonLink href={paths.tenants()}>All tenants</ButtonLink>
        </>
      }
    />
  );
}
