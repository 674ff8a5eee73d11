"use client";

import { useQuery } from "@tanstack/react-query";
import { tenantDetail, tenantTopics } from "@/lib/client/tenants";
import { topicDetail } from "@/lib/client/topics";
import type { Refusal } from "@/lib/domain/change/plan";
import type { TopicRef, TopicScope } from "@/lib/domain/change/request";
import { knownValue } from "@/lib/domain/observed";
import type { Override } from "@/lib/domain/override";
import { paths } from "@/lib/domain/paths";
import { topicKey } from "./topic-operations";

/** The topics that a form on a tenant's or a topic's page is about. */
export interface TopicTarget {
  scope: TopicScope;
  /** The topics to choose from; null: not known yet, or of many tenants. */
  topics: readonly TopicRef[] | null;
  /** A topic's value as it was last read, in Kafka's text; null: not known. */
  lastRead: (topic: TopicRef, key: string) => string | null;
  /** Whether a tier says anything here. */
  hasTier: boolean;
  overrides: readonly Override[];
  /** Why nothing can be changed here whatever is given; null: something can. */
  standing: Refusal | null;
  /** Whether all that the form stands on has been loaded. */
  ready: boolean;
}

/** A tenant's own topics. What it shares with others is changed on the topic's page. */
export function useTenantTarget(tenantId: string): TopicTarget {
  const { data: tenant } = useQuery(tenantDetail(tenantId));
  const { data: topics } = useQuery(tenantTopics(tenantId));
  const own = topics?.rows.filter(({ owner }) => owner.kind === "tenant") ?? null;
  const retentions = new Map(own?.map((topic) => [topicKey(topic), knownValue(topic.retentionMs)]));
  return {
    scope: { tenantIds: [tenantId] },
    topics: own?.map(({ clusterId, topic }) => ({ clusterId, topic })) ?? null,
    lastRead: (topic, key) => (key === "retention.ms" ? textOf(retentions.get(topicKey(topic))) : null),
    hasTier: true,
    overrides: tenant?.overrides ?? [],
    standing: own?.length === 0 ? noOwnTopic(tenantId) : null,
    ready: tenant !== undefined && topics !== undefined,
  };
}

function noOwnTopic(tenantId: string): Refusal {
  return {
    field: null,
    reason: "It has no topic of its own.",
    wayOut:
      "What it shares with other tenants is changed on the topic’s page, for all of them; a value of its own takes topics of its own.",
    link: { label: "Its topics", href: paths.tenant(tenantId, "topics") },
  };
}

function textOf(value: number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** One topic, whoever shares it. */
export function useOneTopicTarget(clusterId: string, topic: string): TopicTarget {
  const { data, error } = useQuery(topicDetail(clusterId, topic));
  const configs = data?.configs ?? [];
  return {
    scope: { topics: [{ clusterId, topic }] },
    topics: [{ clusterId, topic }],
    lastRead: (_topic, key) => configs.find(({ name }) => name === key)?.value ?? null,
    hasTier: configs.some(({ tierDefault }) => tierDefault !== null),
    overrides: [],
    standing: null,
    ready: data !== undefined || error !== null,
  };
}
