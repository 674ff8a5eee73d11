import type { MetadataFacts } from "@/lib/domain/facts";
import { heldOn } from "@/lib/domain/held-on";
import type { TopicSummary } from "@/lib/domain/views/tenants";

/** Over how many brokers a tenant's traffic is spread on a cluster: through topics of its own, through a pool's, and through both. */
export interface LeadingBrokers {
  own: number;
  pool: number;
  both: number;
}

type OwnedTopic = Pick<TopicSummary, "clusterId" | "topic" | "owner">;

/** Thousands of tenants of a pool have one list of topics in common, so it is counted once for each reading of the cluster. */
const counted = heldOn<readonly OwnedTopic[], { of: MetadataFacts; count: LeadingBrokers }>();

/**
 * Counts the brokers that lead partitions of a tenant's topics. null: the partitions of one cannot be seen, so nothing can be counted.
 * A partition whose first replica is on a broker that is down counts for that one: it leads again when it is back, and a quota that
 * changed with each restart of a broker would be wrong most of the time.
 */
export function leadingBrokers(topics: readonly OwnedTopic[], clusterId: string, metadata: MetadataFacts): LeadingBrokers | null {
  const known = counted.get(topics);
  if (known?.of === metadata) return known.count;
  const alive = new Set(metadata.brokers.map(({ id }) => id));
  const own = new Set<number>();
  const pool = new Set<number>();
  for (const { clusterId: on, topic, owner } of topics) {
    const fact = on === clusterId ? metadata.topics.get(topic) : undefined;
    if (fact?.partitionsHidden === true) return null;
    const leaders = owner.kind === "tenant" ? own : pool;
    for (const { leader, replicas } of fact?.partitions ?? []) {
      const [first] = replicas;
      if (first !== undefined && !alive.has(first)) leaders.add(first);
      else if (leader !== null) leaders.add(leader);
    }
  }
  const count = { own: own.size, pool: pool.size, both: own.union(pool).size };
  counted.set(topics, { of: metadata, count });
  return count;
}
