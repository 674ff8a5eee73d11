"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ModelWord } from "@/components/tenancy/model-word";
import { TenantFailed } from "@/components/tenancy/tenant-failed";
import { PageTitle } from "@/components/ui/page-title";
import { Skeleton } from "@/components/ui/skeleton";
import { useCarry } from "@/lib/client/address";
import { tenantDetail } from "@/lib/client/tenants";
import { paths, type TenantChange as What } from "@/lib/domain/paths";
import type { TenantDetail } from "@/lib/domain/views/tenants";
import { FORM_WORDS } from "./form-words";
import { MessageSizeForm } from "./message-size-form";
import { QuotaForm } from "./quota-form";
import { RetentionForm } from "./retention-form";
import { SameForTier } from "./same-for-tier";
import { TierForm } from "./tier-form";
import { useTenantTarget } from "./topic-target";

/** What the address of a form brings to it. */
export interface Prefill {
  value: string;
  reason: string;
  /** For quotas: what is consumed and the share of request time; the value is what is produced. */
  consume: string;
  percent: string;
  /** For retention: the limit by size; the value is the time. */
  size: string;
}

interface TenantChangeProps {
  tenantId: string;
  what: What;
  prefill: Prefill;
}

/** A form on a tenant's page. */
export function TenantChange({ tenantId, what, prefill }: TenantChangeProps) {
  const { data: tenant, error, refetch } = useQuery(tenantDetail(tenantId));
  const words = FORM_WORDS[what];
  if (tenant === undefined && error !== null) {
    return <TenantFailed tenantId={tenantId} error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <PageTitle
        title={words.title}
        facts={tenant === undefined ? <Skeleton width={180} /> : <Facts tenant={tenant} what={what} />}
        sentence={words.sentence}
      />
      <Form tenantId={tenantId} what={what} prefill={prefill} />
    </>
  );
}

function Facts({ tenant, what }: { tenant: TenantDetail; what: What }) {
  const carry = useCarry();
  const clusters = new Map(tenant.placements.map(({ cluster, clusterName }) => [cluster, clusterName ?? cluster]));
  return (
    <>
      <Link href={carry(paths.tenant(tenant.id))} prefetch={false} className="link">
        <bdi>{tenant.name}</bdi>
      </Link>
      <span>{tenant.tier.name}</span>
      <ModelWord model={tenant.model} models={[...new Set(tenant.placements.map(({ model }) => model))]} />
      {[...clusters].map(([id, name]) => (
        <span key={id}>{name}</span>
      ))}
      <SameForTier tenantId={tenant.id} what={what} />
    </>
  );
}

function Form({ tenantId, what, prefill: { value, reason, consume } }: TenantChangeProps) {
  const target = useTenantTarget(tenantId);
  const given = {
    draftKey: paths.changeTenant(tenantId, what, { value, reason, consume }),
    value,
    reason,
    back: paths.tenant(tenantId, what === "retention" || what === "message-size" ? "topics" : "overview"),
  };
  switch (what) {
    case "retention":
      return <RetentionForm target={target} {...given} />;
    case "message-size":
      return <MessageSizeForm target={target} {...given} />;
    case "quota":
      return <QuotaForm tenantId={tenantId} consume={consume} {...given} />;
    case "tier":
      return <TierForm tenantId={tenantId} {...given} />;
  }
}
