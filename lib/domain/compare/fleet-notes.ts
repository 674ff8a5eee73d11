import { formatDollars } from "@/lib/domain/cost/cost-words";
import { costOf } from "@/lib/domain/cost/fleet-cost";
import { formatCount, formatCountOf } from "@/lib/domain/format";
import { CAPABILITIES, type CapabilityId, type Model } from "@/lib/domain/isolation";
import { paths } from "@/lib/domain/paths";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";
import type { FleetNote, IsolationView } from "@/lib/domain/views/isolation";
import type { TopicSummary } from "@/lib/domain/views/tenants";
import type { BucketUse } from "@/lib/domain/views/use";
import { topicValue } from "./config-values";
import { clustersWithKey, keyOf } from "./in-force-key";
import { type CompareScope, modelsOf } from "./live-models";

/** What was already worked out of a scope, so that each note only counts. */
export interface NoteInput extends CompareScope {
  topics: Record<Model, readonly TopicSummary[]>;
  prices: IsolationView["prices"];
  costs: IsolationView["costs"];
}

const NOTES: Record<CapabilityId, (input: NoteInput) => FleetNote> = {
  "own-encryption-key": keys,
  "right-to-be-forgotten": erasure,
  "own-retention": (input) => ownSettings(input, "retention.ms"),
  "own-message-size": (input) => ownSettings(input, "max.message.bytes"),
  "own-replay": replays,
  "data-partitioning": partitioning,
  "selective-subscription": subscriptions,
  "selective-scaling": scaling,
  fairness,
  "access-isolation": access,
  "running-cost": cost,
  "operational-effort": effort,
};

/** What this fleet makes of each capability, in a few words. */
export function fleetNotes(input: NoteInput): Map<CapabilityId, FleetNote> {
  return new Map(CAPABILITIES.map(({ id }) => [id, NOTES[id](input)]));
}

function note(text: string, severity: FleetNote["severity"] = null, href: string | null = null): FleetNote {
  return { text, severity, href };
}

function clustersOf({ fleet, clusterId }: CompareScope): ClusterSnapshot[] {
  return [...fleet.clusters.values()].filter((cluster) => clusterId === null || cluster.clusterId === clusterId);
}

function siloClusters(scope: CompareScope): ClusterSnapshot[] {
  const ids = new Set(
    scope.tenants.flatMap(({ tenant }) => tenant.placements.filter(({ model }) => model === "silo").map(({ cluster }) => cluster)),
  );
  return clustersOf(scope).filter(({ clusterId }) => ids.has(clusterId));
}

function keys(input: NoteInput): FleetNote {
  const silos = siloClusters(input);
  if (silos.length === 0) return note("no silo here");
  const told = silos.map(keyOf);
  const all = formatCountOf(silos.length, "silo");
  const shared = told.filter(({ keyArn }) => keyArn !== null && clustersWithKey(input.fleet, keyArn).length > 1);
  if (shared.length > 0) return note(`${formatCount(shared.length)} of ${all} share a key`, "warn", paths.clusters());
  const of = (manager: "aws" | "customer") => told.filter((one) => "manager" in one && one.manager === manager).length;
  if (of("aws") > 0) return note(`${formatCount(of("aws"))} of ${all} with AWS's key`, "warn", paths.clusters());
  const unseen = silos.length - of("customer");
  const rest = unseen === 0 ? "" : `, ${formatCount(unseen)} cannot be seen`;
  return note(`${formatCount(of("customer"))} of ${all} with a key of yours${rest}`, null, paths.clusters());
}

function erasure({ tenants }: NoteInput): FleetNote {
  const needing = tenants.filter(({ tenant }) => tenant.requirements?.forgetWithinMs !== undefined);
  const pooled = needing.filter((state) => modelsOf(state).includes("pool"));
  if (pooled.length > 0)
    return note(`${formatCountOf(pooled.length, "pool tenant needs", "pool tenants need")} it`, "danger", firstTenant(pooled));
  return note(
    needing.length === 0 ? "no tenant asks for it" : `${formatCountOf(needing.length, "tenant needs", "tenants need")} it, none in a pool`,
  );
}

function firstTenant(states: readonly NoteInput["tenants"][number][]): string | null {
  const [first, second] = states;
  if (first === undefined) return null;
  return second === undefined ? paths.tenant(first.tenant.id) : paths.tenants({ q: "model:pool" });
}

function ownSettings({ fleet, tenants }: NoteInput, key: "retention.ms" | "max.message.bytes"): FleetNote {
  let differs = 0;
  let read = 0;
  for (const { tier, topics } of tenants) {
    const wanted = key === "retention.ms" ? tier.retentionMs?.default : tier.maxMessageBytes?.default;
    if (wanted === undefined) continue;
    const values = topics
      .filter(({ owner }) => owner.kind === "tenant")
      .map(({ topic, clusterId }) => valueOn(fleet.clusters.get(clusterId), topic, key))
      .filter((value) => value !== null);
    read += values.length;
    if (values.some((value) => value !== wanted)) differs += 1;
  }
  if (read === 0) return note("not read yet");
  return note(differs === 0 ? "all as their tiers say" : `${formatCountOf(differs, "tenant differs", "tenants differ")} from the tier`);
}

function valueOn(cluster: ClusterSnapshot | undefined, topic: string, key: string): number | null {
  return cluster === undefined ? null : (topicValue(cluster, topic, key)?.value ?? null);
}

function replays({ tenants }: NoteInput): FleetNote {
  const needing = tenants.filter(({ tenant }) => tenant.requirements?.replay === true);
  const pooled = needing.filter((state) => modelsOf(state).includes("pool")).length;
  if (needing.length === 0) return note("no tenant asks for it");
  return note(
    `${formatCountOf(needing.length, "tenant needs", "tenants need")} it${pooled > 0 ? `, ${formatCount(pooled)} in a pool` : ""}`,
  );
}

function partitioning({ topics }: NoteInput): FleetNote {
  const shared = topics.pool.length + topics.bridge.length;
  return note(`${formatCountOf(shared, "topic")} on shared disks`);
}

function subscriptions({ fleet, clusterId }: NoteInput): FleetNote {
  let alone = 0;
  let shared = 0;
  for (const [id, groups] of fleet.groups) {
    if (clusterId !== null && id !== clusterId) continue;
    for (const { owner } of groups.values()) {
      if (owner.kind === "tenant") alone += 1;
      if (owner.kind === "shared") shared += 1;
    }
  }
  return note(`${formatCountOf(alone, "group")} for one tenant, ${formatCount(shared)} for several`);
}

function scaling({ topics }: NoteInput): FleetNote {
  const counts = [...topics.bridge, ...topics.silo].map(({ partitions }) => partitions).filter((count) => count !== null);
  if (counts.length === 0) return note("no topic of one tenant");
  const low = counts.reduce((least, count) => Math.min(least, count));
  const high = counts.reduce((most, count) => Math.max(most, count));
  return note(low === high ? `${low} partitions a topic` : `${low} to ${high} partitions a topic`);
}

function fairness({ tenants, clusterId }: NoteInput): FleetNote {
  const sharing = tenants.filter((state) => modelsOf(state).includes("bridge"));
  if (sharing.length === 0) return note("no bridge tenant here");
  const isBound = (buckets: readonly BucketUse[]): boolean =>
    buckets.some((bucket) => bucket.quota !== null && (clusterId === null || bucket.clusterId === clusterId));
  const bound = sharing.filter(({ produce, consume }) => isBound(produce.buckets) && isBound(consume.buckets)).length;
  const free = sharing.length - bound;
  if (free === 0) return note(`all ${formatCountOf(bound, "bridge tenant")} limited`);
  return note(
    `${formatCount(free)} of ${formatCountOf(sharing.length, "bridge tenant")} without a full quota`,
    "warn",
    paths.tenants({ q: "model:bridge" }),
  );
}

function access(input: NoteInput): FleetNote {
  const clusters = clustersOf(input);
  const told = clusters.filter(({ acls }) => acls !== null);
  const rules = told.reduce((sum, { acls }) => sum + (acls?.length ?? 0), 0);
  const unread = clusters.length - told.length;
  const rest = unread > 0 ? `, ${formatCountOf(unread, "cluster")} unread` : "";
  return note(`${formatCountOf(rules, "ACL")} on ${formatCountOf(told.length, "cluster")}${rest}`);
}

function cost({ prices, costs, fleet, clusterId }: NoteInput): FleetNote {
  const told = Object.values(prices).filter((price) => price !== null);
  const sum = told.reduce((total, { perMonth }) => total + perMonth, 0);
  const sold = told.length === 0 ? "no list prices set" : `sold for ${formatCount(sum)} a month`;
  const here = [...costOf(fleet).clusters.values()].filter((cluster) => clusterId === null || cluster.clusterId === clusterId);
  if (here.every(({ lines }) => lines.length === 0)) return note(`costs: no prices set; ${sold}`, null, paths.prices());
  const whole = here.reduce((total, { dollars }) => total + dollars, 0);
  const idle = costs.idle !== null && costs.idle > 0 ? `, ${formatDollars(costs.idle)} of it idle` : "";
  return note(`${formatDollars(whole)} a month${idle}; ${sold}`, null, paths.tiers());
}

function effort(input: NoteInput): FleetNote {
  return note(`${formatCountOf(clustersOf(input).length, "cluster")} to run`, null, paths.clusters());
}
