import type { ClusterNoise, Episode, Level } from "@/lib/domain/noise/noise";
import type { PoolEpisode, PoolNoise } from "@/lib/domain/noise/pool/pool-noise";
import { OTHER_TENANT } from "./other-tenant";

/**
 * Noise as it is told to somebody whose role is limited to some tenants: what these take, and who of them fell behind. Who made them fall
 * behind is there without a name; shares are of the whole broker, as ever.
 */
export function noiseWithin(noise: ClusterNoise, ids: ReadonlySet<string>): ClusterNoise {
  return {
    ...noise,
    levels: noise.levels.filter(({ tenantId }) => ids.has(tenantId)),
    episodes: noise.episodes
      .map((episode) => episodeWithin(episode, ids))
      .filter(({ level, victims }) => ids.has(level.tenantId) || victims.length > 0),
    findings: [],
    ...(noise.pool === undefined ? {} : { pool: poolWithin(noise.pool, ids) }),
  };
}

function poolWithin(pool: PoolNoise, ids: ReadonlySet<string>): PoolNoise {
  const episodes = pool.episodes.flatMap((episode): PoolEpisode[] => {
    const victims = episode.victims.filter(({ tenantId }) => tenantId !== null && ids.has(tenantId));
    if (ids.has(episode.level.tenantId)) return [{ ...episode, victims }];
    return victims.length === 0 ? [] : [{ ...episode, level: { ...episode.level, tenantId: OTHER_TENANT }, victims, causes: [] }];
  });
  return { ...pool, levels: pool.levels.filter(({ tenantId }) => ids.has(tenantId)), episodes, findings: [] };
}

function episodeWithin(episode: Episode, ids: ReadonlySet<string>): Episode {
  const victims = episode.victims.filter(({ tenantId }) => tenantId !== null && ids.has(tenantId));
  if (ids.has(episode.level.tenantId)) return { ...episode, victims };
  const level: Level = { ...episode.level, tenantId: OTHER_TENANT };
  // What it does there is its own affair.
  return { ...episode, level, victims, causes: [] };
}
