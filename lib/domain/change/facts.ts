import type { ConfigFact, Problem, QuotaRuleFact } from "@/lib/domain/facts";
import type { TenantState } from "@/lib/domain/fleet";
import type { MskKind } from "@/lib/domain/msk-facts";
import type { Known, Observed } from "@/lib/domain/observed";
import type { OwnerIndex } from "@/lib/domain/owner";
import type { Registry } from "@/lib/domain/registry";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { Direction } from "@/lib/domain/views/use";
import type { ChangeState, PlannedOperation } from "./operation";

/** How topics of a cluster are changed: through its brokers, through MSK's own API, or not at all, for this reason. */
export type WriteWay = { by: "kafka" } | { by: "msk" } | { by: null; reason: string; wayOut: string };

/** One cluster as a plan sees it: what the collector last saw, and what was read live for this plan. */
export interface ClusterFacts {
  clusterId: string;
  name: string;
  mode: "observe" | "operate";
  /** `kafka`: not known to be MSK. */
  kind: MskKind | "kafka";
  instanceType: string | null;
  managedElsewhere: string | null;
  topicsBy: WriteWay;
  quotasBy: WriteWay;
  /** Offsets, groups, sizes, rates as last collected; each part says when. */
  snapshot: ClusterSnapshot;
  /** The configuration of the topics asked for, read live. A topic that is absent could not be read. */
  configs: ReadonlyMap<string, readonly ConfigFact[]>;
  /** Of one broker, which speaks for all; read live, else as last collected. */
  brokerConfigs: readonly ConfigFact[];
  /** Read live; null: could not be read. */
  quotas: readonly QuotaRuleFact[] | null;
  /** Partitions by topic, read live. A topic that is absent is not there; null: could not be read. */
  partitions: ReadonlyMap<string, number> | null;
  /** Members by group, of the groups that read the topics asked for; absent: not read. */
  groupMembers?: ReadonlyMap<string, number>;
  problems: readonly Problem[];
}

/** What a tenant did on one cluster in a minute of the last hour, by broker. */
export interface RateMinute {
  atMs: number;
  brokers: readonly { brokerId: number; bytesPerSecond: number | null; throttleMs: number | null }[];
}

/** The minutes of the last hour, oldest first; a minute without a reading is absent. */
export interface PastHour {
  minutes: Record<Direction, readonly RateMinute[]>;
}

/** A brake in force, from the record of changes. */
export interface ActiveBrake {
  changeId: number;
  tenantId: string;
  /** ISO time at which it takes itself back. */
  until: string;
  by: string;
  reason: string | null;
  /** What it wrote and nothing has taken back yet, with what was there before. */
  operations: readonly PlannedOperation[];
  /** The change that was to take it back and could not, with the reason; absent: none has failed. */
  failedEnd?: { changeId: number; message: string };
}

/** A change that is to be taken back. */
export interface ChangeToRevert {
  id: number;
  kind: string;
  title: string;
  state: ChangeState;
  operations: readonly (PlannedOperation & { state: string })[];
}

export function hourKey(tenantId: string, clusterId: string): string {
  return `${clusterId} ${tenantId}`;
}

/** Everything a plan is decided from; read once, so that typing asks nobody anything. */
export interface PlanFacts {
  /** ISO time of the live readings. */
  at: string;
  registry: Registry;
  owners: OwnerIndex;
  tenants: ReadonlyMap<string, TenantState>;
  clusters: ReadonlyMap<string, ClusterFacts>;
  /** By `hourKey`; absent: nothing was kept, or not asked for. */
  pastHours: ReadonlyMap<string, PastHour>;
  brakes: ReadonlyMap<string, ActiveBrake>;
  /** Clusters that a brake or a change to be taken back wrote to, and that no connection lets write to any more; absent: all can be. */
  unconnected?: ReadonlySet<string>;
  /** By tenant, the change that is writing a brake at this moment; absent: none is. */
  brakesInWriting?: ReadonlyMap<string, number>;
  /** The largest records seen in a bounded sample, by `clusterId topic`; only where a plan asks for it. */
  largestRecords: ReadonlyMap<string, Observed<number>>;
  /** Mean bytes of a record, by `clusterId topic`, where rates tell it. */
  recordBytes?: ReadonlyMap<string, Known<number>>;
  reverted: ChangeToRevert | null;
  /** Units that the change leaves alone, so that no sentence counts them; absent: none. */
  spared?: ReadonlySet<string>;
  /**
   * Who declares what this change declares, why, and since when: overrides carry it. Not part of the fingerprint. null: nobody yet, as
   * in a test of what is decided.
   */
  declaring: { author: string; reason: string; at: string } | null;
}
