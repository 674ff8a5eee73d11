import type { PoolShares } from "@/lib/domain/pool/shares";

/**
 * What was read of a cluster's records and groups: counts and header names. No payload, no key and no header value but the tenant's id is
 * kept.
 */
export interface ClusterSample {
  /** ISO time of the newest topic. */
  at: string;
  topics: ReadonlyMap<string, TopicSample>;
  /** Members of groups, by name. */
  members: ReadonlyMap<string, MemberCount>;
  /** Who is in the shared topics, by topic. */
  shares: ReadonlyMap<string, PoolShares>;
}

export interface MemberCount {
  members: number;
  /** Members to whom no partition is assigned. null: the assignment is not told, or is being made. */
  idle: number | null;
}

export interface TopicSample {
  at: string;
  records: number;
  /** Batches the records came in: Kafka hands out whole batches of one producer, so they are what was really drawn. */
  batches: number;
  bytes: number;
  partitions: PartitionSample[];
  /** Records without their tenant, by whatever names it there. */
  withoutTenant: number;
  /** Batches in which a record lacked it. */
  batchesWithoutTenant: number;
  /** Records whose payload names another tenant. null: no payload told one. */
  contradicting: number | null;
  /** Names of headers, of the records without their tenant. */
  headersWithout: string[];
  /** Where such records are: "3/1041". */
  examples: string[];
  /** Headers whose name says that they hold a key's id, and how many values they had. */
  keyHeaders: { name: string; records: number; values: number; tenantsWithOneKey: number; tenants: number }[];
  /** A problem that kept some of it from being read. */
  problem: string | null;
}

export interface PartitionSample {
  partition: number;
  records: number;
  batches: number;
  /** The tenants that records named, the first few. */
  tenants: string[];
  /** A mark of the one key that all records had; null: they had several, or none. */
  oneKey: string | null;
}
