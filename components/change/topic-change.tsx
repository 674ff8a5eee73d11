"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { OwnerWord } from "@/components/tenancy/owner-word";
import { TopicFailed } from "@/components/tenancy/topic-failed";
import { PageTitle } from "@/components/ui/page-title";
import { useCarry } from "@/lib/client/address";
import { topicDetail } from "@/lib/client/topics";
import { paths, type TopicChange as What } from "@/lib/domain/paths";
import { FORM_WORDS } from "./form-words";
import { MessageSizeForm } from "./message-size-form";
import { PartitionsForm } from "./partitions-form";
import { RetentionForm } from "./retention-form";
import type { Prefill } from "./tenant-change";
import { useOneTopicTarget } from "./topic-target";

interface TopicChangeProps {
  clusterId: string;
  topic: string;
  what: What;
  prefill: Prefill;
}

/** A form on a topic's page. What several tenants share is changed here, for all of them. */
export function TopicChange({ clusterId, topic: name, what, prefill }: TopicChangeProps) {
  const { data: topic, error, refetch } = useQuery(topicDetail(clusterId, name));
  const carry = useCarry();
  const { title, sentence } = FORM_WORDS[what];
  if (topic === undefined && error !== null) {
    return <TopicFailed clusterId={clusterId} error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <PageTitle
        title={title}
        facts={
          <>
            <Link href={carry(paths.topic(clusterId, name))} prefetch={false} className="link">
              <bdi className="mono">{name}</bdi>
            </Link>
            <span>{topic?.clusterName ?? clusterId}</span>
            {topic === undefined ? null : <OwnerWord owner={topic.owner} tenantHref={(id) => carry(paths.tenant(id))} />}
          </>
        }
        sentence={sentence}
      />
      <Form clusterId={clusterId} topic={name} what={what} prefill={prefill} />
    </>
  );
}

function Form({ clusterId, topic, what, prefill: { value, reason } }: TopicChangeProps) {
  const target = useOneTopicTarget(clusterId, topic);
  const given = {
    draftKey: paths.changeTopic(clusterId, topic, what, { value, reason }),
    value,
    reason,
    back: paths.topic(clusterId, topic),
  };
  switch (what) {
    case "retention":
      return <RetentionForm target={target} {...given} />;
    case "message-size":
      return <MessageSizeForm target={target} {...given} />;
    case "partitions":
      return <PartitionsForm clusterId={clusterId} topic={topic} {...given} />;
  }
}
