import { brakeFindings } from "@/lib/domain/conditions/brake-findings";
import { attentionOf, compareConditions, type Finding, toCondition } from "@/lib/domain/conditions/condition";
import { driftFindings } from "@/lib/domain/conditions/drift-findings";
import { SILENT_MS, tenantFindings } from "@/lib/domain/conditions/tenant-findings";
import type { TenantState } from "@/lib/domain/fleet";
import type { FleetMemory } from "@/lib/domain/fleet-memory";
import { heldOn } from "@/lib/domain/held-on";
import { MODELS, type Model } from "@/lib/domain/isolation";
import { lagHeadline } from "@/lib/domain/lag/headline";
import { isKnown, type Observed } from "@/lib/domain/observed";
import { rowUse } from "@/lib/domain/row-use";
import { type HoldOnce, same } from "@/lib/domain/same";
import type { Tenant } from "@/lib/domain/tenant";
import type { Tier } from "@/lib/domain/tier";
import type { ConditionView } from "@/lib/domain/views/common";
import type { GroupSummary, LagHeadline } from "@/lib/domain/views/lag";
import type { TenantRow, TopicSummary } from "@/lib/domain/views/tenants";
import type { ClusterJoin } from "./cluster-join";
import { sawLastLeave } from "./group-summaries";
import { sharedOf } from "./holdings";
import { quietTraffic } from "./quiet-traffic";
import { tenantDrift } from "./tenant-drift";
import { hasIdentity, type TenantPlace, tenantPlaces } from "./tenant-places";
import { storageNote } from "./tenant-storage";
import { type TenantTraffic, tenantTraffic, trafficStands } from "./tenant-traffic";

export interface TenantInput {
  tenant: Tenant;
  tier: Tier;
  joins: ReadonlyMap<string, ClusterJoin>;
  /** Names of the services that serve many tenants, by cluster. */
  services: ReadonlyMap<string, readonly string[]>;
  memory: FleetMemory;
  /** How the tenant stood before; its traffic is taken over where nothing that it follows from has changed. */
  previous: TenantState | undefined;
  previousJoins: ReadonlyMap<string, ClusterJoin> | undefined;
  /** Shares among all tenants what many of them have alike. */
  holdOnce: HoldOnce;
  nowMs: number;
  at: string;
}

/** One tenant as it stands, from everything its clusters tell; as it stood, where nothing of that has changed. */
export function assembleTenant(input: TenantInput): TenantState {
  const { tenant, tier, joins, memory, previous, nowMs } = input;
  const places = placesOf(tenant);
  const own = gather(places, (join) => join.topicsOf.own.get(tenant.id) ?? NONE, joins);
  const ownGroups = gather(places, (join) => join.groupsOf.own.get(tenant.id) ?? NONE, joins);
  const groups = listed(
    previous?.groups,
    ownGroups,
    gather(places, (join) => sharedOf(join.groupsOf, tenant.id), joins),
  );
  const topics = listed(
    previous?.topics,
    own,
    gather(places, (join) => sharedOf(join.topicsOf, tenant.id), joins),
  );
  const standing = previous !== undefined && trafficStands(previous, places, input) ? previous : null;
  const quiet = standing === null ? quietTraffic(places, own, input) : null;
  const traffic: TenantTraffic = standing ?? quiet ?? tenantTraffic(places, own, input);
  const { produce, consume, storageBytes, storageWithReplicasBytes, cannotSee } = traffic;
  const silentForMs = silence(tenant.id, produce.bytesPerSecond, memory, nowMs);
  const isSilent = own.length > 0 && (silentForMs ?? 0) >= SILENT_MS;
  const drift = tenantDrift(input, places, topics);
  const brake = memory.brakes.get(tenant.id);
  const lag = same(previous?.lag, groups.length === 0 ? withoutGroups(input, places) : lagHeadline(groups));
  if (drift === previous?.drift && lag === previous.lag && brake === undefined && !isSilent && stands(previous, topics, groups, input)) {
    if (standing !== null) return standing;
    if (quiet !== null) return { ...previous, ...quiet };
  }
  const ofUse = tenantFindings({
    tenantId: tenant.id,
    produce,
    consume,
    ownGroups,
    clustersWithoutIdentity: withoutIdentity(places),
    ownTopicCount: own.length,
    isOpen: (id) => memory.conditionsSince.has(id),
    sawLastLeave: ({ clusterId, groupId }) => {
      const join = joins.get(clusterId);
      return join !== undefined && sawLastLeave(join, groupId);
    },
    silentForMs,
  });
  const findings = [...ofUse, ...driftFindings(drift), ...brakeFindings(brake, nowMs)];
  const conditions = same(previous?.conditions, findings.length === 0 ? WELL : conditionsOf(findings, input));
  const row = same(previous?.row, tenantRow(tenant, tier, { produce, consume, storageBytes, lag, conditions }, places, previous?.row));
  const bytes = { storageBytes, storageWithReplicasBytes };
  const { poolRates } = traffic;
  return {
    tenant,
    tier,
    row,
    produce,
    consume,
    ...(poolRates === undefined ? {} : { poolRates }),
    lag,
    ...bytes,
    topics,
    groups,
    conditions,
    drift,
    cannotSee,
  };
}

/** Whether a tenant is as it was, given that its traffic and its drift are: a condition of another kind says for how long it is so. */
function stands(
  { conditions, ...previous }: TenantState,
  topics: readonly TopicSummary[],
  groups: readonly GroupSummary[],
  { memory }: TenantInput,
): boolean {
  const lasts = conditions.every(
    ({ id, rule, acknowledged }) => rule.startsWith("drift.") && acknowledged === null && !memory.acknowledgements.has(id),
  );
  return lasts && previous.topics === topics && previous.groups === groups;
}

function tenantRow(
  tenant: Tenant,
  tier: Tier,
  { produce, consume, storageBytes, lag, conditions }: Pick<TenantState, "produce" | "consume" | "storageBytes" | "lag" | "conditions">,
  places: readonly TenantPlace[],
  before: TenantRow | undefined,
): TenantRow {
  const row: TenantRow = {
    id: tenant.id,
    name: tenant.name,
    tier: tier.id,
    ...modelsOf(tenant),
    attention: attentionOf(conditions),
    produce: same(before?.produce, rowUse(produce)),
    consume: same(before?.consume, rowUse(consume)),
    lag,
    storageBytes: isKnown(storageBytes) ? storageBytes.value : null,
  };
  const note = storageNote(storageBytes, places);
  if (note !== undefined) row.storageNote = note;
  return row;
}

/** No lag, where its clusters' groups were read; else what it has is not known. */
function withoutGroups({ joins, holdOnce }: TenantInput, places: readonly TenantPlace[]): LagHeadline {
  const unread = places.find(({ clusterId }) => (joins.get(clusterId)?.cluster.parts.offsets.at ?? null) === null);
  const none = lagHeadline([]);
  return unread === undefined
    ? none
    : holdOnce({ ...none, state: "unknown", reason: `The groups of ${unread.clusterId} have not been read.` });
}

const WELL: ConditionView[] = [];

function conditionsOf(findings: readonly Finding[], { memory, at }: TenantInput): ConditionView[] {
  return findings.map((finding) => toCondition(finding, memory, at)).sort(compareConditions);
}

function withoutIdentity(places: readonly TenantPlace[]): string[] {
  return places.filter(({ own }) => own !== null && !hasIdentity(own)).map(({ clusterId }) => clusterId);
}

const NONE: readonly never[] = [];

/** On one cluster the list itself, which thousands of tenants of a pool may have in common. */
function gather<T>(
  places: readonly TenantPlace[],
  from: (join: ClusterJoin) => readonly T[],
  joins: ReadonlyMap<string, ClusterJoin>,
): readonly T[] {
  const lists: (readonly T[])[] = [];
  for (const { clusterId } of places) {
    const join = joins.get(clusterId);
    if (join !== undefined) lists.push(from(join));
  }
  const [only = NONE] = lists;
  return lists.length < 2 ? only : lists.flat();
}

/** Everything a tenant has of something; the list from before where it is of the very same things. */
function listed<T>(before: T[] | undefined, own: readonly T[], shared: readonly T[]): T[] {
  if (before !== undefined && isOf(before, own, shared)) return before;
  if (own.length === 0) return shared as T[];
  return shared.length === 0 ? (own as T[]) : [...own, ...shared];
}

function isOf<T>(list: readonly T[], own: readonly T[], shared: readonly T[]): boolean {
  if (list === own || list === shared) return own.length + shared.length === list.length;
  if (own.length + shared.length !== list.length) return false;
  for (let at = 0; at < own.length; at += 1) if (list[at] !== own[at]) return false;
  for (let at = 0; at < shared.length; at += 1) if (list[own.length + at] !== shared[at]) return false;
  return true;
}

function modelsOf({ placements }: Tenant): Pick<TenantRow, "model" | "models"> {
  const models: Model[] = MODELS.filter((model) => placements.some((placement) => placement.model === model));
  const [only] = models;
  if (only === undefined) return { model: "unplaced" };
  return models.length === 1 ? { model: only } : { model: "mixed", models };
}

const places = heldOn<Tenant, TenantPlace[]>();

/** A tenant's places follow from its declaration alone. */
function placesOf(tenant: Tenant): TenantPlace[] {
  return places.get(tenant) ?? places.set(tenant, tenantPlaces(tenant));
}

/** How long nothing has been produced; null: something is, or that is not known. */
function silence(tenantId: string, total: Observed<number>, { silentSinceMs }: FleetMemory, nowMs: number): number | null {
  if (!isKnown(total) || total.value > 0 || total.atLeast) return null;
  return nowMs - (silentSinceMs.get(tenantId) ?? nowMs);
}
