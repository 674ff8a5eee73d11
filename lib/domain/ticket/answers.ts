import type { FleetSnapshot, TenantState } from "@/lib/domain/fleet";
import { OTHER_TENANT } from "@/lib/domain/people/other-tenant";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { ConditionView } from "@/lib/domain/views/common";
import type { GroupSummary } from "@/lib/domain/views/lag";
import type { ChecklistItem } from "@/lib/domain/views/ticket";

/** What is kept of a tenant over the time of a ticket. */
export interface TicketPast {
  /** The resolution that is still kept of it. */
  stepMs: number;
  /** Minutes in which anything of it was seen; in which its lag was read. */
  minutesSeen: number;
  lagMinutesSeen: number;
  /** With an objective and a time to compare, and of these the ones that missed it. */
  lagMinutesJudged: number;
  lagMinutesMissed: number;
  /** Of its worst group; null: not known. */
  lagMaxMs: number | null;
  lagMaxRecords: number | null;
  throttleMinutesKnown: number;
  minutesThrottled: number;
  /** Of these, inside its promise. */
  minutesThrottledBelow: number;
  throttleMaxMs: number | null;
  /** Episodes of this time, of the tenant and of the clusters it is on. */
  episodes: readonly ConditionView[];
}

export interface Asking {
  fleet: FleetSnapshot;
  state: TenantState;
  clusters: readonly ClusterSnapshot[];
  fromMs: number;
  toMs: number;
  past: TicketPast;
}

/** `forward` says the same as `evidence` and names nobody but the tenant's own groups. */
export type Answer = Pick<ChecklistItem, "answer" | "evidence" | "forward">;

export const unseen = (because: string): Answer => ({ answer: "unseen", evidence: because, forward: because });
export const said = (answer: "yes" | "no", evidence: string, forward = evidence): Answer => ({ answer, evidence, forward });

const TOLD_MAX = 3;

/** The first few of what was found, as one sentence. */
export function listed<T>(found: readonly T[], words: (one: T) => string, between = "; "): string {
  return found.slice(0, TOLD_MAX).map(words).join(between);
}

/** Groups that are the tenant's alone. */
export function ownGroups({ groups }: TenantState): GroupSummary[] {
  return groups.filter(({ owner }) => owner.kind === "tenant");
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a neighbour is called at the beginning of a sentence. */
export function neighbourName({ tenants }: FleetSnapshot, tenantId: string | null): string {
  if (tenantId === null) return "Somebody";
  return tenantId === OTHER_TENANT ? capital(OTHER_TENANT) : (tenants.get(tenantId)?.tenant.name ?? tenantId);
}
