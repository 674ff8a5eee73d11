"use client";

import { useQuery } from "@tanstack/react-query";
import { OwnerWord } from "@/components/tenancy/owner-word";
import { ObservedMark } from "@/components/tenancy/source-mark";
import { TopicHealth } from "@/components/tenancy/topic-columns";
import { TopicFailed } from "@/components/tenancy/topic-failed";
import { ButtonLink } from "@/components/ui/button";
import { Figure, Figures } from "@/components/ui/figures";
import { Notice } from "@/components/ui/notice";
import { PageTitle } from "@/components/ui/page-title";
import { Skeleton, WaitingFor } from "@/components/ui/skeleton";
import { useCarry } from "@/lib/client/address";
import { topicDetail } from "@/lib/client/topics";
import { formatByteRate, formatBytes, formatCount, formatSpan } from "@/lib/domain/format";
import type { Observed } from "@/lib/domain/observed";
import { paths } from "@/lib/domain/paths";
import type { TopicDetail } from "@/lib/domain/views/clusters";
import { TopicConfiguration } from "./topic-configuration";
import { TopicConsumers } from "./topic-consumers";
import { TopicPartitions } from "./topic-partitions";
import { TopicRecords } from "./topic-records";
import { TopicShares } from "./topic-shares";

function ObservedFigure({
  label,
  observed,
  format,
  note,
}: {
  label: string;
  observed: Observed<number>;
  format: (value: number) => string;
  note?: string;
}) {
  const known = observed.source !== "unavailable";
  const value = known ? `${observed.atLeast ? "≥ " : ""}${format(observed.value)}` : "unknown";
  const notes = known ? (note === undefined ? [] : [note]) : [observed.reason];
  return <Figure label={label} mark={<ObservedMark observed={observed} />} value={value} notes={notes} />;
}

function Facts({ topic }: { topic: TopicDetail }) {
  const carry = useCarry();
  const tenantHref = (id: string) => carry(paths.tenant(id));
  return (
    <>
      <span>{topic.clusterName}</span>
      <OwnerWord owner={topic.owner} tenantHref={tenantHref} />
      <TopicHealth topic={topic} />
    </>
  );
}

/** Slow topics have less than one record a second, which is not none. */
function recordRate(recordsPerSecond: number): string {
  const slow = recordsPerSecond > 0 && recordsPerSecond < 10;
  return `${slow ? Number(recordsPerSecond.toPrecision(2)) : formatCount(recordsPerSecond)}/s`;
}

function TopicFigures({ topic }: { topic: TopicDetail }) {
  const withReplicas = topic.sizeWithReplicasBytes;
  const replicas = withReplicas.source === "unavailable" ? undefined : `${formatBytes(withReplicas.value)} with replicas`;
  return (
    <Figures>
      <ObservedFigure label="Produce" observed={topic.bytesInPerSecond} format={formatByteRate} />
      <ObservedFigure label="Consume, all readers" observed={topic.bytesOutPerSecond} format={formatByteRate} />
      <ObservedFigure label="Records in" observed={topic.recordsInPerSecond} format={recordRate} />
      <ObservedFigure
        label="Storage"
        observed={topic.sizeBytes}
        format={formatBytes}
        {...(replicas === undefined ? {} : { note: replicas })}
      />
      <ObservedFigure label="Retention" observed={topic.retentionMs} format={formatSpan} />
      <Figure
        label="Partitions"
        value={topic.partitions === null ? "unknown" : formatCount(topic.partitions)}
        notes={[topic.replicationFactor === null ? null : `${topic.replicationFactor} copies each`]}
      />
    </Figures>
  );
}

/** The topic's one page: rates, sizes, partitions, who reads it, and its configuration with the source of every value. */
export function TopicPage({ clusterId, topic: name }: { clusterId: string; topic: string }) {
  const { data: topic, error, refetch } = useQuery(topicDetail(clusterId, name));
  if (topic === undefined) {
    if (error === null) return <Loading name={name} />;
    return <TopicFailed clusterId={clusterId} error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <PageTitle
        title={topic.topic}
        facts={<Facts topic={topic} />}
        actions={topic.internal ? null : <ChangeLinks clusterId={clusterId} topic={name} />}
      />
      {error ? (
        <Notice tone="warn" onRetry={() => void refetch()}>
          Not renewed: {error.message} Shown is what was known before.
        </Notice>
      ) : null}
      {topic.problems.map((problem) => (
        <Notice key={`${problem.operation} ${problem.message}`} tone="warn">
          {problem.message} {problem.remedy}
        </Notice>
      ))}
      <TopicFigures topic={topic} />
      <TopicShares topic={topic} />
      <TopicConsumers topic={topic} />
      <TopicPartitions topic={topic} />
      <TopicConfiguration topic={topic} />
      <TopicRecords topic={topic} />
    </>
  );
}

function ChangeLinks({ clusterId, topic }: { clusterId: string; topic: string }) {
  const carry = useCarry();
  return (
    <>
      <ButtonLink href={carry(paths.changeTopic(clusterId, topic, "retention"))}>Change retention</ButtonLink>
      <ButtonLink href={carry(paths.changeTopic(clusterId, topic, "message-size"))}>Change message size</ButtonLink>
      <ButtonLink href={carry(paths.changeTopic(clusterId, topic, "partitions"))}>Add partitions</ButtonLink>
    </>
  );
}

function Loading({ name }: { name: string }) {
  return (
    <>
      <PageTitle title={name} />
      <WaitingFor what="the topic" />
      <Skeleton height={72} />
      <Skeleton height={240} />
    </>
  );
}
