import type { ClusterJoin } from "./assemble/cluster-join";
import type { PriceSet } from "./cost/price-list";
import type { DriftItem } from "./drift/drift-item";
import type { ClusterNoise } from "./noise/noise";
import type { Known, Observed } from "./observed";
import type { OwnerIndex } from "./owner";
import type { PinnedLists } from "./pinned-list";
import type { ClusterPosture } from "./posture/posture";
import type { ServicePrincipal } from "./principal";
import type { ClusterSnapshot } from "./snapshot";
import type { Tenant } from "./tenant";
import type { Tier } from "./tier";
import type { ClusterSummary } from "./views/clusters";
import type { ConditionView } from "./views/common";
import type { GroupSummary, LagHeadline } from "./views/lag";
import type { Blindness, TenantRow, TopicSummary } from "./views/tenants";
import type { Direction, DirectionUse } from "./views/use";

/** One tenant as it stands now: its record, and everything that follows from the clusters' snapshots. */
export interface TenantState {
  tenant: Tenant;
  tier: Tier;
  row: TenantRow;
  produce: DirectionUse;
  consume: DirectionUse;
  /** Of a tenant on several clusters: its part in the pool of each, where that is estimated or reported. */
  poolRates?: Partial<Record<Direction, ReadonlyMap<string, Known<number>>>>;
  lag: LagHeadline;
  storageBytes: Observed<number>;
  storageWithReplicasBytes: Observed<number>;
  /** The tenant's own topics and groups (shared ones included), by cluster. */
  topics: TopicSummary[];
  groups: GroupSummary[];
  conditions: ConditionView[];
  /** Where its live values differ from what is declared for it, on all its clusters. */
  drift: readonly DriftItem[];
  cannotSee: Blindness[];
}

/**
 * The whole fleet at one moment: the declared tenants joined with the last snapshot of each cluster. Immutable and versioned:
 * lists sort, filter and page over it, and a cursor pins a version.
 */
export interface FleetSnapshot {
  version: string;
  at: string | null;
  tiers: Map<string, Tier>;
  services: ServicePrincipal[];
  /** What operators set instead of AWS's public prices, by region. */
  prices?: ReadonlyMap<string, PriceSet>;
  /** Whose a topic, group, principal or client-id is, by the same declarations. */
  owners: OwnerIndex;
  tenants: Map<string, TenantState>;
  clusters: Map<string, ClusterSnapshot>;
  summaries: Map<string, ClusterSummary>;
  /** By cluster, then by name. */
  topics: Map<string, Map<string, TopicSummary>>;
  groups: Map<string, Map<string, GroupSummary>>;
  /** Everything that is so now, worst first. */
  conditions: ConditionView[];
  /** What the last slow checks found, by cluster (null: of the fleet as a whole); what they found is among the conditions. */
  posture?: ReadonlyMap<string | null, ClusterPosture>;
  /** Who takes how much of what, on which brokers under pressure, by cluster; as of the last reading that was judged. */
  noise?: ReadonlyMap<string, ClusterNoise>;
  /** The fleet that this is a part of, for whose role is limited: what can only be worked out of all of it is taken from there. */
  whole?: FleetSnapshot;
  /** What it is a part by: to whom is limited to tenants of a cluster nothing is told that is another's or nobody's. */
  within?: "tenants" | "clusters";
  /** What was worked out of it for answers, by what it is of. */
  answers: Map<string, unknown>;
  /** Lists that cursors may point into. They stay with the version, as far as they are needed for that. */
  lists: PinnedLists;
  /** The same of those whose role is limited, by the limits. */
  listsWithin: Map<string, PinnedLists>;
  /** A newer version has taken its place: of this one nothing is left but the order of its lists, and what was declared. */
  replaced?: true;
  /** What the next assembly takes over where nothing changed. Not for readers. */
  joins?: ReadonlyMap<string, ClusterJoin>;
}
