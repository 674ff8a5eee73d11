import { leadingBrokers } from "@/lib/domain/declared/leading-brokers";
import type { MetadataFacts } from "@/lib/domain/facts";
import type { TenantState } from "@/lib/domain/fleet";

/** Over how many brokers a tenant's traffic goes on a cluster, and how many partitions there are to be spread. */
export interface Spread {
  leading: number;
  partitions: number;
}

/** null: the partitions of one of its topics cannot be seen, or none has a leader. */
export function spreadOf({ topics }: TenantState, clusterId: string, metadata: MetadataFacts): Spread | null {
  const leading = leadingBrokers(topics, clusterId, metadata)?.both ?? 0;
  if (leading === 0) return null;
  const own = topics.filter((topic) => topic.clusterId === clusterId);
  return { leading, partitions: own.reduce((sum, { topic }) => sum + (metadata.topics.get(topic)?.partitions.length ?? 0), 0) };
}

/** Brokers that lead its partitions once these are spread evenly over another number of brokers. */
export function leadingOf({ leading, partitions }: Spread, brokersNow: number, brokers: number): number {
  if (brokers <= brokersNow) return Math.max(1, Math.min(leading, brokers));
  return Math.max(leading, Math.min(partitions, leading + brokers - brokersNow));
}

/** The same with one broker down: its partitions are led by the others, its quota is gone. */
export function oneDown(leading: number): number {
  return Math.max(1, leading - 1);
}
