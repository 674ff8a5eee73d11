/** Hours by which AWS's own examples turn prices of an hour into a month. */
export const MONTH_HOURS = 730;
export const MONTH_SECONDS = MONTH_HOURS * 3600;

/** What a part of a cluster's bill is for. */
export const COST_KINDS = [
  "brokers",
  "serverless-cluster",
  "partitions",
  "storage",
  "throughput",
  "data-in",
  "data-out",
  "monitoring",
  "console-calls",
] as const;
export type CostKind = (typeof COST_KINDS)[number];

/** One product of a price and a quantity, for a month at the present state. */
export interface CostPart {
  kind: CostKind;
  dollars: number;
  /** The product in words: "3 × kafka.m7g.large at $0.204 an hour (AWS, 2026-08) × 730 h". */
  words: string;
  /** By which quantity it is shared out; `whole`: it is nobody's in particular. */
  by: "brokers" | "provisioned" | "stored" | "in" | "out" | "partitions" | "topics" | "whole";
}

/** Something that is paid for and has no number, with the reason. */
export interface Unpriced {
  what: string;
  reason: string;
  remedy: string;
  /** Said of every cluster: what is told is meant without it. */
  always?: true;
}

/** `shared`: pool topics whose tenants the brokers cannot tell apart. `others`: topics of no tenant. `idle`: paid for and not used. `rest`: of nobody in particular. */
export type CostHolder = { kind: "tenant"; tenantId: string } | { kind: "shared" | "others" | "idle" | "rest" };

/** A holder's part of a part of the bill. */
export interface CostLine {
  holder: CostHolder;
  kind: CostKind;
  /** For brokers: what is used, what is kept free for a promise, what is neither. */
  of: "used" | "reserved" | "idle" | "all";
  dollars: number;
  /** How the number came about, in words. */
  arithmetic: string;
}

export interface ClusterCost {
  clusterId: string;
  /** The whole; its lines add up to it. */
  dollars: number;
  lines: CostLine[];
  unpriced: Unpriced[];
}

/** What somebody holds of a cluster. Rates in bytes per second; null: not known. */
export interface Holding {
  inRate: number | null;
  outRate: number | null;
  /** Promised and kept free for it. */
  reservedIn: number;
  reservedOut: number;
  /** One copy, and all copies. */
  stored: number | null;
  storedOnAll: number | null;
  topics: number;
  partitions: number | null;
}

export interface ClusterHoldings {
  tenants: ReadonlyMap<string, Holding>;
  shared: Holding;
  others: Holding;
  /** The tenant that has the cluster to itself; null: nobody has. */
  sole: string | null;
}

export function noHolding(): Holding {
  return { inRate: 0, outRate: 0, reservedIn: 0, reservedOut: 0, stored: 0, storedOnAll: 0, topics: 0, partitions: 0 };
}
