import type { Part } from "@/lib/domain/snapshot";
import type { StatusView } from "@/lib/domain/views/clusters";

export type ClusterStatus = StatusView["clusters"][number];
export type PartStatus = ClusterStatus["parts"][number];

/** What a part of a cluster is to a reader. */
export const PART_WORDS: Record<Part, string> = {
  metadata: "Brokers and topics",
  offsets: "Lag",
  starts: "Log starts",
  logs: "Storage",
  exporter: "Rates",
  quotas: "Quotas",
  acls: "ACLs",
  scram: "SCRAM users",
  configs: "Topic configurations",
  msk: "MSK",
  cloudwatch: "CloudWatch",
};

export interface OldestSource {
  cluster: string;
  part: Part;
  /** Milliseconds since 1970; null: never read. */
  atMs: number | null;
  stale: boolean;
}

/** A part that was never read counts when it is missed: a cluster without exporters has no rates to be late. */
function isShown(part: PartStatus, wanted: readonly Part[]): boolean {
  return (part.at !== null || part.stale) && wanted.includes(part.part);
}

/** The source a page must be judged by: the oldest stale one, else the oldest. null: there is none. */
export function oldestSource(clusters: readonly ClusterStatus[], wanted: readonly Part[]): OldestSource | null {
  const all = clusters.flatMap((cluster) =>
    cluster.parts
      .filter((part) => isShown(part, wanted))
      .map(
        (part): OldestSource => ({
          cluster: cluster.name,
          part: part.part,
          atMs: part.at === null ? null : Date.parse(part.at),
          stale: part.stale,
        }),
      ),
  );
  const age = (source: OldestSource): number => source.atMs ?? Number.NEGATIVE_INFINITY;
  const order = (a: OldestSource, b: OldestSource): number => Number(b.stale) - Number(a.stale) || age(a) - age(b);
  return all.toSorted(order)[0] ?? null;
}
