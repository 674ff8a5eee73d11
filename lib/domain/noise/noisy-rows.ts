import type { FleetSnapshot } from "@/lib/domain/fleet";
import { paths } from "@/lib/domain/paths";
import type { ChangeMark } from "@/lib/domain/views/common";
import type { EpisodeView, NoisyRow, VictimView } from "@/lib/domain/views/noisy";
import type { Cause, ClusterNoise, Episode, Level, Resource, Victim } from "./noise";
import { episodeSentence, signWords } from "./sentence";

/** Whom a page of noise is about. */
export interface NoisyFilter {
  clusterId: string | null;
  brokerId: number | null;
  /** Beside whom: everybody on the brokers this tenant uses. */
  tenantId: string | null;
  /** null: the worst of all. */
  resource: Resource | null;
}

const VERDICT_ORDER: Record<Level["verdict"], number> = { noisy: 0, loud: 1, inside: 2, unknown: 3, quiet: 4, unpromised: 5 };

/** Each tenant's worst level now, the loudest first. */
export function rankingOf(fleet: FleetSnapshot, filter: NoisyFilter): NoisyRow[] {
  const worst = new Map<string, { level: Level; noise: ClusterNoise }>();
  for (const noise of judgedOf(fleet, filter)) {
    const brokers = brokersOf(noise, filter);
    for (const level of noise.levels) {
      if (!brokers(level.brokerId) || (filter.resource !== null && level.resource !== filter.resource)) continue;
      const known = worst.get(level.tenantId);
      if (known === undefined || compareLevels(level, known.level) < 0) worst.set(level.tenantId, { level, noise });
    }
  }
  const order = [...worst.values()].sort((a, b) => compareLevels(a.level, b.level));
  return order.map(({ level, noise }) => rowOf(fleet, noise, level));
}

export function judgedOf(fleet: FleetSnapshot, { clusterId }: NoisyFilter): ClusterNoise[] {
  return [...(fleet.noise?.values() ?? [])].filter((noise) => clusterId === null || noise.clusterId === clusterId);
}

function brokersOf({ levels, pool }: ClusterNoise, { brokerId, tenantId }: NoisyFilter): (id: number) => boolean {
  if (brokerId !== null) return (id) => id === brokerId;
  // A pool's tenant is on all brokers of its cluster, as far as is known.
  if (tenantId === null || pool?.levels.some((level) => level.tenantId === tenantId)) return () => true;
  const used = new Set(levels.filter((level) => level.tenantId === tenantId).map((level) => level.brokerId));
  return (id) => used.has(id);
}

type Compared = Pick<NoisyRow, "verdict" | "times" | "entitlement" | "share" | "tenantId">;

/** Worst first: by verdict, by times the entitlement, by share. */
export function compareLevels(a: Compared, b: Compared): number {
  return (
    VERDICT_ORDER[a.verdict] - VERDICT_ORDER[b.verdict] ||
    loudness(b) - loudness(a) ||
    b.share - a.share ||
    (a.tenantId < b.tenantId ? -1 : 1)
  );
}

/** Whoever is entitled to nothing there and takes some is beyond all others. */
function loudness({ times, entitlement }: Compared): number {
  if (times === null) return entitlement === 0 ? Number.MAX_VALUE : -1;
  return Math.min(times, Number.MAX_VALUE);
}

export function rowOf(fleet: FleetSnapshot, { clusterId, brokers }: ClusterNoise, level: Level): NoisyRow {
  const { tenantId, brokerId, resource, verdict, share, entitlement, times, rate, brokerRate, sinceMs, source } = level;
  const pressure = brokers.find((one) => one.brokerId === brokerId);
  return {
    tenantId,
    tenantName: fleet.tenants.get(tenantId)?.tenant.name ?? tenantId,
    clusterId,
    clusterName: fleet.summaries.get(clusterId)?.name ?? clusterId,
    brokerId,
    resource,
    verdict,
    share,
    entitlement,
    times: times === Number.POSITIVE_INFINITY ? null : times,
    rate,
    brokerRate,
    signs: pressure?.signs.map(signWords) ?? [],
    since: sinceMs === null ? null : new Date(sinceMs).toISOString(),
    source,
    pool: null,
  };
}

export interface EpisodeWords {
  row: NoisyRow;
  peakShare: number;
  victims: readonly Victim[];
  mechanism: Episode["mechanism"];
  /** What speaks for a cause beside changes of ours. */
  causes: readonly Cause[];
  next: EpisodeView["next"];
  /** The sentence, from all that speaks for a cause. */
  say: (causes: Cause[]) => string;
}

/** An episode of a broker as it is shown. */
export function episodeView(fleet: FleetSnapshot, noise: ClusterNoise, episode: Episode, changes: readonly ChangeMark[]): EpisodeView {
  const { level, victims, mechanism, causes, peak } = episode;
  const row = rowOf(fleet, noise, level);
  const naming = { tenant: (id: string) => fleet.tenants.get(id)?.tenant.name ?? id, others: true };
  const say = (known: Cause[]): string => episodeSentence({ ...episode, causes: known }, row.clusterName, naming);
  return viewOf(fleet, { row, peakShare: peak, victims, mechanism, causes, next: nextSteps(fleet, row), say }, changes);
}

/** Changes of ours at the time of a rise speak first for a cause. */
export function viewOf(
  fleet: FleetSnapshot,
  { row, peakShare, victims, mechanism, causes, next, say }: EpisodeWords,
  changes: readonly ChangeMark[],
): EpisodeView {
  const ours = changes.map(({ id, title, actor, at }) => ({
    kind: "change",
    sentence: `${title}, by ${actor} at ${at.slice(11, 16)} UTC.`,
    href: paths.change(id),
  }));
  const own = causes.map(({ kind, sentence, topic }) => ({
    kind,
    sentence,
    href: topic === undefined ? null : paths.topic(row.clusterId, topic),
  }));
  const [first] = ours;
  const known: Cause[] =
    first === undefined ? [...causes] : [{ kind: "operation", sentence: `A change of ours at that time: ${first.sentence}` }, ...causes];
  return {
    row,
    sentence: say(known),
    peakShare,
    victims: victims.map((victim) => victimView(fleet, victim)),
    mechanism: mechanism === null ? null : `${mechanism.what} time ${Math.round(mechanism.beforeMs)} → ${Math.round(mechanism.nowMs)} ms`,
    causes: [...ours, ...own],
    next,
  };
}

function victimView(fleet: FleetSnapshot, { tenantId, tenantCount, ...victim }: Victim): VictimView {
  const tenantName = tenantId === null ? `${tenantCount} tenants of a pool` : (fleet.tenants.get(tenantId)?.tenant.name ?? tenantId);
  return { ...victim, tenantId, tenantName };
}

function nextSteps(fleet: FleetSnapshot, { tenantId, tenantName, brokerId, clusterName, since }: NoisyRow): EpisodeView["next"] {
  const reason = `Noisy on broker ${brokerId} of ${clusterName}${since === null ? "" : ` since ${since.slice(0, 16).replace("T", " ")} UTC`}`;
  const managed = fleet.tenants.get(tenantId)?.tenant.managedElsewhere;
  return [
    {
      label: managed === undefined ? "Plan a quota" : `Plan a quota (${managed} applies it)`,
      href: paths.changeTenant(tenantId, "quota", { reason }),
    },
    { label: `Brake ${tenantName} for a while`, href: paths.tenant(tenantId) },
    { label: "Compare with a silo", href: paths.isolation({ tenant: tenantId }) },
  ];
}
