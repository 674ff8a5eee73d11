"use client";

import { useQuery } from "@tanstack/react-query";
import { CannotSee } from "@/components/tenancy/cannot-see";
import { clusterTone } from "@/components/tenancy/cluster-state";
import { ConditionList } from "@/components/tenancy/condition-list";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, ErrorState, Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { SectionHead } from "@/components/ui/section";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { ToneIcon } from "@/components/ui/state";
import { DataTable } from "@/components/ui/table";
import { useCarry } from "@/lib/client/address";
import { clusterDetail } from "@/lib/client/clusters";
import { ApiError } from "@/lib/client/fetch-json";
import { formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { ClusterDetail } from "@/lib/domain/views/clusters";
import { BROKER_COLUMNS } from "./broker-columns";
import { ClusterFigures } from "./cluster-figures";
import { SourceList } from "./source-list";

function Sentence({ cluster }: { cluster: ClusterDetail }) {
  const tone = clusterTone(cluster.state);
  if (tone === null) return cluster.sentence;
  return (
    <span className={`state tone-${tone}`}>
      <ToneIcon tone={tone} />
      <span>{cluster.sentence}</span>
    </span>
  );
}

function Brokers({ cluster }: { cluster: ClusterDetail }) {
  if (cluster.brokers.length === 0) {
    return <EmptyState title="No broker seen yet">The cluster has not answered since the console began to watch it.</EmptyState>;
  }
  return <DataTable caption="Brokers" columns={BROKER_COLUMNS} rows={cluster.brokers} rowKey={({ id }) => String(id)} />;
}

/** One cluster: how it is, its brokers, what is wrong, and where its figures come from. */
export function ClusterPage({ clusterId }: { clusterId: string }) {
  const { data: cluster, error, refetch } = useQuery(clusterDetail(clusterId));
  const carry = useCarry();
  if (cluster === undefined)
    return error === null ? <Loading clusterId={clusterId} /> : <Failed error={error} onRetry={() => void refetch()} />;
  const facts = `${cluster.mode} · ${cluster.authentication}${cluster.tls ? " over TLS" : ", no TLS"}`;
  return (
    <>
      <PageTitle
        title={cluster.name}
        facts={facts}
        sentence={<Sentence cluster={cluster} />}
        actions={
          <>
            <ButtonLink href={carry(paths.tenants({ cluster: cluster.id }))}>{formatCountOf(cluster.tenants, "tenant")}</ButtonLink>
            <ButtonLink href={carry(paths.topics(cluster.id))}>Topics</ButtonLink>
            <ButtonLink href={carry(paths.groups(cluster.id))}>Groups</ButtonLink>
          </>
        }
      />
      {error ? (
        <Notice tone="warn" onRetry={() => void refetch()}>
          Not renewed: {error.message} Shown is what was known before.
        </Notice>
      ) : null}
      <ClusterFigures cluster={cluster} />
      {cluster.conditions.length > 0 ? (
        <section>
          <SectionHead title="To know" note={formatCountOf(cluster.conditions.length, "condition")} />
          <ConditionList conditions={cluster.conditions} here={paths.cluster(cluster.id)} />
        </section>
      ) : null}
      <section>
        <SectionHead title="Brokers" note="rates, idle shares and times as the brokers' own exporters say" />
        <Brokers cluster={cluster} />
      </section>
      <SourceList parts={cluster.parts} />
      <CannotSee lines={cluster.cannotSee} />
    </>
  );
}

function Loading({ clusterId }: { clusterId: string }) {
  return (
    <>
      <PageTitle title={clusterId} sentence={<Skeleton width={320} />} />
      <WaitingFor what="the cluster" />
      <Skeleton height={72} />
      <Skeleton height={180} />
    </>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const missing = error instanceof ApiError && error.code === "not_found";
  return (
    <ErrorState
      title={missing ? "There is no such cluster" : "The cluster could not be loaded"}
      message={error.message}
      requestId={error instanceof ApiError ? error.requestId : null}
      {...(missing ? {} : { onRetry })}
      next={<ButtonLink href={paths.clusters()}>All clusters</ButtonLink>}
    />
  );
}
