import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ClusterNoise } from "@/lib/domain/noise/noise";
import { compareLevels, episodeView, judgedOf, type NoisyFilter } from "@/lib/domain/noise/noisy-rows";
import { isPoolSubject, poolSubject } from "@/lib/domain/noise/pool/pool-findings";
import { poolEpisodeView } from "@/lib/domain/noise/pool/pool-rows";
import { OTHER_TENANT } from "@/lib/domain/people/other-tenant";
import type { ConditionView } from "@/lib/domain/views/common";
import type { EpisodeView } from "@/lib/domain/views/noisy";
import { changeMarks } from "@/lib/operations/changes/change-marks";
import { conditionsWithin } from "@/lib/operations/conditions/conditions-within";
import type { Context } from "@/lib/operations/context";
import { listConditions } from "@/lib/store";
import { OLD_HOUR_MS } from "./kept-pools";

const OTHERS_MAX = 50;
/** Changes of ours in this time before a rise, and a little after it, may have caused it. */
const BEFORE_MS = 15 * 60_000;
const AFTER_MS = 60_000;

/** Who is noisy or loud now, of pools in the last hour, the worst first. */
export async function liveEpisodes(context: Context, fleet: FleetSnapshot, filter: NoisyFilter): Promise<EpisodeView[]> {
  const views: EpisodeView[] = [];
  for (const noise of judgedOf(fleet, filter)) {
    for (const episode of noise.episodes) {
      const { tenantId, brokerId, sinceMs } = episode.level;
      const isAbout =
        filter.tenantId === null || filter.tenantId === tenantId || episode.victims.some((victim) => victim.tenantId === filter.tenantId);
      if (!isAbout || (filter.brokerId !== null && filter.brokerId !== brokerId)) continue;
      const changes = sinceMs === null ? [] : await changeMarks(context, { tenantId }, sinceMs - BEFORE_MS, sinceMs + AFTER_MS);
      const view = episodeView(fleet, noise, episode, changes);
      // Nothing can be done here about somebody outside.
      views.push(tenantId === OTHER_TENANT ? { ...view, next: [] } : view);
    }
    views.push(...(await livePools(context, fleet, noise, filter)));
  }
  return views.sort((a, b) => compareLevels(a.row, b.row));
}

/** Of the last hour that was judged. */
async function livePools(context: Context, fleet: FleetSnapshot, { pool }: ClusterNoise, filter: NoisyFilter): Promise<EpisodeView[]> {
  if (pool === undefined || filter.brokerId !== null || context.now().getTime() - pool.untilMs > OLD_HOUR_MS) return [];
  const views: EpisodeView[] = [];
  for (const episode of pool.episodes) {
    const { tenantId, resource, sinceMs } = episode.level;
    const isAbout =
      filter.tenantId === null || filter.tenantId === tenantId || episode.victims.some((victim) => victim.tenantId === filter.tenantId);
    if (!isAbout || (filter.resource !== null && filter.resource !== resource)) continue;
    const changes = sinceMs === null ? [] : await changeMarks(context, { tenantId }, sinceMs - BEFORE_MS, pool.untilMs);
    const view = poolEpisodeView(fleet, pool, episode, changes);
    views.push(tenantId === OTHER_TENANT ? { ...view, next: [] } : view);
  }
  return views;
}

/** What is kept as conditions: of the past all of them, of now what no episode says. */
export async function otherEpisodes(
  context: Context,
  { clusterId, tenantId }: NoisyFilter,
  live: boolean,
  fromMs: number,
  toMs: number,
): Promise<ConditionView[]> {
  const of = { ...(clusterId === null ? {} : { clusterId }), ...(tenantId === null ? {} : { tenantId }) };
  const stored = await listConditions(context.store, { ...of, endedSince: new Date(fromMs) });
  const told = new Set(
    judgedOf(context.fleet(), { clusterId, brokerId: null, tenantId, resource: null }).flatMap(({ pool }) =>
      (pool?.episodes ?? []).map(({ level }) => `${level.tenantId} ${poolSubject(level.resource)}`),
    ),
  );
  // After a start the last hour is not judged again: what was found in it is told from what is kept.
  const isUntold = ({ tenantId: id, subject }: ConditionView): boolean => isPoolSubject(subject) && !told.has(`${id} ${subject}`);
  return conditionsWithin(context, stored)
    .filter((one) => {
      const { rule, since, until } = one;
      return (
        rule.startsWith("noise.") && Date.parse(since) < toMs && (!live || until !== null || rule === "noise.pressure" || isUntold(one))
      );
    })
    .slice(0, OTHERS_MAX)
    .map(({ episode: _, ...condition }) => condition);
}
