import type { Placement } from "@/lib/domain/placement";
import { UNKNOWN_TENANT } from "@/lib/domain/posture/tally-records";
import { defaultPartition } from "./default-partition";
import { shareOfTenant } from "./pool-rate";
import type { PoolShares } from "./shares";

/** Fewer sampled partitions with one tenant each are chance. */
const PARTITIONS_MIN = 3;

/** Where all records of a tenant in a shared topic lie. */
export interface TenantPartition {
  partition: number;
  /** `key`: the key is the tenant, and Kafka's default partitioner puts it there. `sample`: the topic has a partition for each tenant. */
  by: "key" | "sample";
  /** A sample found it there, and nobody where they should not be; false: this tenant was in none of the batches. */
  seen: boolean;
  /** The other tenants whose records lie there too. */
  sharedWith: string[];
}

export interface PartitionInput {
  tenantId: string;
  /** The tenants of the topic by the key that names them; empty: the key is not the tenant. */
  keys: ReadonlyMap<string, string>;
  /** Of the topic. */
  partitions: number;
  /** null: not sampled yet. */
  shares: PoolShares | null;
}

/** Where a tenant's records lie; else why that cannot be said, or null where nothing speaks for one partition. */
export function tenantPartition(input: PartitionInput): TenantPartition | { unknown: string } | null {
  return input.keys.size > 0 ? byKey(input) : bySample(input);
}

function byKey({ tenantId, keys, partitions, shares }: PartitionInput): TenantPartition | { unknown: string } {
  const placed = new Map([...keys].map(([id, key]) => [id, defaultPartition(key, partitions)]));
  const partition = placed.get(tenantId);
  if (partition === undefined) return { unknown: "Its placement names no key." };
  const astray = shares?.rows.find((row) => isAstray(row.partitions, row.tenantId === null ? undefined : placed.get(row.tenantId)));
  if (astray !== undefined) {
    return {
      unknown:
        "Sampled records lie in other partitions than Kafka's default partitioner gives their keys: the producers partition in another way, or partitions were added since.",
    };
  }
  const sharedWith = [...placed].flatMap(([id, at]) => (at === partition && id !== tenantId ? [id] : []));
  return { partition, by: "key", seen: shares !== null && shareOfTenant(shares, tenantId) !== null, sharedWith };
}

function isAstray(met: readonly number[], expected: number | undefined): boolean {
  return expected !== undefined && met.some((partition) => partition !== expected);
}

/** A topic in which each partition that was drawn from had one tenant, and each tenant one partition. */
function bySample({ tenantId, shares }: PartitionInput): TenantPartition | null {
  if (shares === null || shares.partitions.length < PARTITIONS_MIN) return null;
  const named = shares.rows.filter((row) => row.tenantId !== null && row.tenantId !== UNKNOWN_TENANT);
  const isOneEach = named.length === shares.partitions.length && named.every(({ partitions }) => partitions.length === 1);
  if (!isOneEach || new Set(named.flatMap(({ partitions }) => partitions)).size !== named.length) return null;
  const [partition] = shareOfTenant(shares, tenantId)?.partitions ?? [];
  return partition === undefined ? null : { partition, by: "sample", seen: true, sharedWith: [] };
}

/** The key that names a tenant in a pool's topics, where the placement says that keys do; null: they do not. */
export function keyOfTenant(tenantId: string, { record, recordValue }: Placement): string | null {
  return record !== undefined && "key" in record ? (recordValue ?? tenantId) : null;
}
