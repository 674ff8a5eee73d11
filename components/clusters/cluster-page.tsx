"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { CannotSee } from "@/components/tenancy/cannot-see";
import { KIND_WORDS } from "@/components/tenancy/cluster-cells";
import { clusterTone } from "@/components/tenancy/cluster-state";
import { ConditionList } from "@/components/tenancy/condition-list";
import { PageFailed } from "@/components/tenancy/page-failed";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { SectionHead } from "@/components/ui/section";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { ToneIcon } from "@/components/ui/state";
import { DataTable } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { useCarry } from "@/lib/client/address";
import { clusterDetail } from "@/lib/client/clusters";
import { operationWords } from "@/lib/domain/cloud/msk-operations";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import { paths } from "@/lib/domain/paths";
import type { ClusterDetail } from "@/lib/domain/views/clusters";
import { brokerColumns } from "./broker-columns";
import { ClusterCharts } from "./cluster-charts";
import { ClusterFigures } from "./cluster-figures";
import { ConnectionCheck } from "./connection-check";
import { LimitList } from "./limit-list";
import { OperationList } from "./operation-list";
import { PayloadSection } from "./payload-section";
import { SetupSection } from "./setup-section";
import { SourceList } from "./source-list";

function Sentence({ cluster }: { cluster: ClusterDetail }) {
  const tone = clusterTone(cluster.state);
  const operation = cluster.msk?.operation ?? null;
  const words = (
    <>
      {cluster.sentence}
      {operation === null ? null : (
        <>
          {" "}
          The {operationWords(operation.type)} began <Time at={operation.startedAt} />.
        </>
      )}
    </>
  );
  if (tone === null) return words;
  return (
    <span className={`state-line tone-${tone}`}>
      <ToneIcon tone={tone} />
      <span>{words}</span>
    </span>
  );
}

/** A broker leads to who is on it. */
function Brokers({ cluster }: { cluster: ClusterDetail }) {
  const carry = useCarry();
  if (cluster.brokers.length === 0) {
    return <EmptyState title="No broker seen yet">The cluster has not answered since the console began to watch it.</EmptyState>;
  }
  const columns = brokerColumns(cluster.brokers, cluster.msk !== null);
  return (
    <DataTable
      caption="Brokers"
      columns={columns}
      rows={cluster.brokers}
      rowKey={({ id }) => String(id)}
      rowHref={({ id }) => carry(paths.noisy({ cluster: cluster.id, broker: String(id) }))}
    />
  );
}

const BROKER_NOTES: Record<ClusterDetail["knownThrough"], string> = {
  kafka: "rates, idle shares and times as the brokers’ own exporters say",
  both: "rates, idle shares and times as the brokers’ own exporters say; CPU as CloudWatch says",
  aws: "as CloudWatch says: the brokers themselves are not reached from here",
};

/** How the console gets to the cluster, and what it is at AWS. */
function factsOf({ mode, knownThrough, authentication, tls, msk }: ClusterDetail): string {
  const at =
    msk === null ? [] : [`MSK ${KIND_WORDS[msk.kind]}`, msk.region, ...(msk.kafkaVersion === null ? [] : [`Kafka ${msk.kafkaVersion}`])];
  const way = knownThrough === "aws" ? "known through AWS only" : `${authentication}${tls ? " over TLS" : ", no TLS"}`;
  return [mode, ...at, way].join(" · ");
}

/** One cluster: how it is, its brokers, what is wrong, and where its figures come from. */
export function ClusterPage({ clusterId }: { clusterId: string }) {
  const { data: cluster, error, refetch } = useQuery(clusterDetail(clusterId));
  const carry = useCarry();
  if (cluster === undefined)
    return error === null ? <Loading clusterId={clusterId} /> : <Failed error={error} onRetry={() => void refetch()} />;
  const facts = factsOf(cluster);
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
            {cluster.msk?.kind === "serverless" ? null : <ButtonLink href={carry(paths.brokerWhatIf(cluster.id))}>What if</ButtonLink>}
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
          <SectionHead title="To know" note={formatCountOf(cluster.conditionTotal, "condition")} />
          <ConditionList conditions={cluster.conditions} here={paths.cluster(cluster.id)} tenantNames={cluster.tenantNames} />
          {cluster.conditionTotal > cluster.conditions.length ? (
            <p className="table-foot">
              {formatCount(cluster.conditions.length)} of {formatCount(cluster.conditionTotal)}: the cluster’s own, and the worst of its
              tenants.{" "}
              <Link className="link" prefetch={false} href={carry(paths.tenants({ view: "attention", cluster: cluster.id }))}>
                Tenants that need attention
              </Link>
            </p>
          ) : null}
        </section>
      ) : null}
      <section>
        <SectionHead title="Brokers" note={BROKER_NOTES[cluster.knownThrough]} />
        <Brokers cluster={cluster} />
      </section>
      <ClusterCharts clusterId={cluster.id} />
      <LimitList limits={cluster.limits} />
      {cluster.mskDetail === null ? null : <OperationList operations={cluster.mskDetail.operations} />}
      <SetupSection cluster={cluster} />
      <PayloadSection clusterId={cluster.id} />
      {cluster.parts.some(({ part }) => part === "offsets") ? <ConnectionCheck clusterId={cluster.id} /> : null}
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
  return (
    <PageFailed
      error={error}
      missing="There is no such cluster"
      failed="The cluster could not be loaded"
      onRetry={onRetry}
      next={<ButtonLink href={paths.clusters()}>All clusters</ButtonLink>}
    />
  );
}
