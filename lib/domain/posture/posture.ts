import type { Finding } from "@/lib/domain/conditions/condition";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { PostureRule } from "./rules";
import type { ClusterSample } from "./sample";

/** How the console signs in to a cluster; null: it is known through AWS only. */
export type PostureConnection = Pick<ResolvedConnection, "authentication" | "tls" | "bootstrap" | "samples">;

export interface PostureInput {
  fleet: FleetSnapshot;
  cluster: ClusterSnapshot;
  connection: PostureConnection | null;
  /** What was read of records and groups; null: nothing yet, or it is turned off. */
  sample: ClusterSample | null;
}

/** What a sweep found on one cluster. */
export interface ClusterPosture {
  /** ISO time. */
  at: string;
  findings: Finding[];
  /** Rules that could not be judged, with the reason: their silence says nothing, and what they found before goes on. */
  unseen: Partial<Record<PostureRule, string>>;
  /** Rules that could not look at everything; what they found before and not now has ended. */
  partly: Partial<Record<PostureRule, string>>;
}

/** Where checks put what they find, and what they cannot see. */
export interface Report {
  find: (finding: Omit<Finding, "clusterId">) => void;
  cannotSee: (rules: readonly PostureRule[], reason: string) => void;
  seesPartly: (rules: readonly PostureRule[], reason: string) => void;
}

/** Tenants with a placement on the cluster. */
export function tenantsOn({ fleet, cluster }: PostureInput): TenantState[] {
  return [...fleet.tenants.values()].filter(({ tenant }) => tenant.placements.some((one) => one.cluster === cluster.clusterId));
}
