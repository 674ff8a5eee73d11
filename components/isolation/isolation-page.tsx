"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { PageFailed } from "@/components/tenancy/page-failed";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { useScope } from "@/lib/client/address";
import { isolation } from "@/lib/client/isolation";
import { paths } from "@/lib/domain/paths";
import { AdvisorSection } from "./advisor-section";
import { Matrix } from "./matrix";
import { PostureSection } from "./posture-section";
import { TenantPicker } from "./tenant-picker";

const SENTENCE =
  "What each model allows, what this fleet makes of it, and where the two do not agree. “Bridge” here: topics of a tenant’s own in a shared cluster.";

/** The isolation models against each other, live, and for one tenant what is in force. */
export function IsolationPage() {
  const [scope] = useScope();
  const [tenantId, setTenantId] = useQueryState("tenant", parseAsString.withOptions({ history: "push" }));
  const { data, error, refetch } = useQuery(isolation(scope, tenantId));
  const retry = () => void refetch();
  if (data === undefined) return error === null ? <Loading /> : <Failed error={error} onRetry={retry} />;
  return (
    <>
      <PageTitle title="Isolation models" sentence={SENTENCE} />
      {error === null ? null : (
        <Notice tone="warn" onRetry={retry}>
          Not renewed: {error.message} Shown is what was known before.
        </Notice>
      )}
      <Matrix view={data} picker={<TenantPicker tenant={data.tenant} onChange={(id) => void setTenantId(id)} />} />
      <AdvisorSection tenantId={tenantId} />
      <PostureSection scope={scope} tenantId={tenantId} />
    </>
  );
}

function Loading() {
  return (
    <>
      <PageTitle title="Isolation models" sentence={SENTENCE} />
      <WaitingFor what="the comparison" />
      <Skeleton height={480} />
    </>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <PageFailed
      error={error}
      missing="There is no such tenant or cluster"
      failed="The comparison could not be loaded"
      onRetry={onRetry}
      next={<ButtonLink href={paths.isolation()}>The whole fleet</ButtonLink>}
    />
  );
}
