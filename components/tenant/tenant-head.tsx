"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { ModelWord } from "@/components/tenancy/model-word";
import { TenantFailed } from "@/components/tenancy/tenant-failed";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { ToneIcon } from "@/components/ui/state";
import { Tabs } from "@/components/ui/tabs";
import { useCarry } from "@/lib/client/address";
import { tenantDetail } from "@/lib/client/tenants";
import { paths, TENANT_TABS, type TenantTab } from "@/lib/domain/paths";
import type { TenantDetail } from "@/lib/domain/views/tenants";
import { BrakeButton } from "./brake-button";
import { BrakeLine } from "./brake-line";
import { ChangeButton } from "./change-button";
import { CopyLink } from "./copy-link";

const TAB_WORDS: Record<TenantTab, string> = {
  overview: "Overview",
  topics: "Topics",
  consumers: "Consumers",
  access: "Access",
  ticket: "Ticket",
};

function countOf(tenant: TenantDetail, tab: TenantTab): number | undefined {
  if (tab === "topics") return tenant.counts.topics;
  if (tab === "consumers") return tenant.counts.groups;
  return tab === "access" ? tenant.counts.principals : undefined;
}

function Facts({ tenant }: { tenant: TenantDetail }) {
  const carry = useCarry();
  const models = [...new Set(tenant.placements.map(({ model }) => model))];
  const clusters = new Map(tenant.placements.map(({ cluster, clusterName }) => [cluster, clusterName ?? cluster]));
  return (
    <>
      <Link href={carry(paths.tier(tenant.tier.id))} prefetch={false} className="link">
        <bdi>{tenant.tier.name}</bdi>
      </Link>
      <ModelWord model={tenant.model} models={models} />
      {tenant.managedElsewhere === null ? null : (
        <span>
          managed by <bdi>{tenant.managedElsewhere}</bdi>
        </span>
      )}
      {[...clusters].map(([id, name]) => (
        <Link key={id} href={carry(paths.cluster(id))} prefetch={false} className="link">
          {name}
        </Link>
      ))}
    </>
  );
}

function Sentence({ sentence }: Pick<TenantDetail, "sentence">) {
  if (sentence.severity === null) return <bdi>{sentence.text}</bdi>;
  return (
    <span className={`state-line tone-${sentence.severity}`}>
      <ToneIcon tone={sentence.severity} />
      <bdi>{sentence.text}</bdi>
    </span>
  );
}

/** Name, plan and state of a tenant, and its tabs. Without such a tenant nothing below is shown. */
export function TenantHead({ tenantId, tab, children }: { tenantId: string; tab: TenantTab; children: ReactNode }) {
  const { data: tenant, error, refetch } = useQuery(tenantDetail(tenantId));
  const carry = useCarry();
  if (tenant === undefined && error !== null) return <TenantFailed tenantId={tenantId} error={error} onRetry={() => void refetch()} />;
  const tabs = TENANT_TABS.map((each) => ({
    href: carry(paths.tenant(tenantId, each)),
    label: TAB_WORDS[each],
    note: tenant === undefined ? undefined : countOf(tenant, each),
    current: each === tab,
  }));
  return (
    <>
      <PageTitle
        title={tenant?.name ?? tenantId}
        facts={tenant === undefined ? <Skeleton width={180} /> : <Facts tenant={tenant} />}
        sentence={tenant === undefined ? <Skeleton width={420} /> : <Sentence sentence={tenant.sentence} />}
        actions={
          <>
            <ButtonLink kind="quiet" href={carry(paths.noisy({ tenant: tenantId }))}>
              Noise
            </ButtonLink>
            <BrakeButton tenantId={tenantId} />
            <ChangeButton tenantId={tenantId} />
            <CopyLink />
          </>
        }
      />
      {tenant === undefined ? null : <BrakeLine tenant={tenant} />}
      <Tabs label="Parts of the tenant" tabs={tabs} />
      {error !== null ? (
        <Notice tone="warn" onRetry={() => void refetch()}>
          Not renewed: {error.message} Shown is what was known before.
        </Notice>
      ) : null}
      {tenant === undefined ? <WaitingFor what="the tenant" /> : children}
    </>
  );
}
