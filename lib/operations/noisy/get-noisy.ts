import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { heatOf } from "@/lib/domain/noise/heat";
import { RESOURCES, VERDICTS } from "@/lib/domain/noise/noise";
import { type Audience, noisyMarkdown } from "@/lib/domain/noise/noisy-markdown";
import { compareLevels, judgedOf, type NoisyFilter, rankingOf } from "@/lib/domain/noise/noisy-rows";
import { withPoolRows } from "@/lib/domain/noise/pool/pool-rows";
import { paths } from "@/lib/domain/paths";
import { type NoisyRow, NoisyView } from "@/lib/domain/views/noisy";
import type { Context } from "@/lib/operations/context";
import { defineOperation, type MarkdownFile } from "@/lib/operations/define";
import { findCluster, findTenant } from "@/lib/operations/find";
import { Id } from "@/lib/operations/list/list-query";
import { perFleet } from "@/lib/operations/list/per-fleet";
import { SUPPORT } from "@/lib/operations/roles";
import { rangeFault, rangeQuery, resolveRange } from "@/lib/operations/time-range";
import { unnamed } from "@/lib/operations/unnamed";
import { POOL_BROKER, type StoredNoise } from "@/lib/store";
import { keptNoise } from "./kept-noise";
import { lastPoolHours, poolRows } from "./kept-pools";
import { NOISY_HEAD, noisyCells } from "./noisy-csv";
import { liveEpisodes, otherEpisodes } from "./noisy-episodes";

const STEPS_MAX = 360;
/** A range that ends longer ago shows the past, and not now. */
const LIVE_MS = 5 * 60_000;
const Query = z
  .strictObject({
    cluster: Id.exactOptional(),
    broker: z.coerce.number().int().min(0).exactOptional(),
    tenant: Id.exactOptional(),
    resource: z.enum(RESOURCES).exactOptional(),
    rows: z.coerce.number().int().min(1).max(200).default(40),
    ...rangeQuery,
  })
  .refine(({ broker, cluster }) => broker === undefined || cluster !== undefined, { message: "needs a cluster", path: ["broker"] })
  .superRefine((query, issues) => {
    const fault = rangeFault(query);
    if (fault !== null) issues.addIssue({ code: "custom", message: fault, path: ["from"] });
  });
type Query = z.output<typeof Query>;

export const getNoisy = defineOperation({
  name: "getNoisy",
  summary:
    "Who takes more than their entitlement of which broker, who fell behind at the same time, and how loud everybody was over a time.",
  method: "GET",
  path: "/api/noisy",
  roles: SUPPORT,
  limits: "within",
  input: Query,
  output: NoisyView,
  csv: async (context, query) => {
    const { rows } = await ranking(context, query);
    return { filename: "noisy", head: NOISY_HEAD, rows: rows.map(noisyCells) };
  },
  markdown: {
    internal: async (context, query) => markdownOf(context, query, { kind: "internal" }, "noisy-internal"),
    forward: async (context, query) => {
      const { id, name } = findTenant(context.fleet(), forwardedTo(query)).tenant;
      return markdownOf(context, query, { kind: "forward", tenantId: id, tenantName: name }, `${id}-noise`);
    },
  },
  act: noisyOf,
});

async function noisyOf(context: Context, query: Query): Promise<NoisyView> {
  const fleet = context.fleet();
  const { fromMs, toMs } = resolveRange(query, context.now());
  const filter = filterOf(fleet, query);
  const { rows, live, momentMs, kept } = await ranking(context, query);
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    live,
    momentAt: momentMs === null ? null : new Date(momentMs).toISOString(),
    ranking: rows.slice(0, query.rows),
    rankingTotal: rows.length,
    episodes: live ? await liveEpisodes(context, fleet, filter) : [],
    others: await otherEpisodes(context, filter, live, fromMs, toMs),
    heat: heatOf(kept, {
      fromMs,
      toMs,
      resource: query.resource === undefined ? null : RESOURCES.indexOf(query.resource),
      isShown: shownOf(fleet, filter),
      nameOf: (id) => fleet.tenants.get(id)?.tenant.name ?? id,
      rowsMax: query.rows,
      stepsMax: STEPS_MAX,
      hasPools: hasPools(fleet, filter),
    }),
    unseen: judgedOf(fleet, filter).flatMap(({ clusterId, unseen }) =>
      unseen === null ? [] : [{ clusterId, clusterName: fleet.summaries.get(clusterId)?.name ?? clusterId, reason: unseen }],
    ),
    unseenPools: live ? unseenPools(fleet, filter) : [],
    at: fleet.at,
  };
}

function hasPools(fleet: FleetSnapshot, filter: NoisyFilter): boolean {
  const isShown = shownOf(fleet, filter);
  for (const { tenant } of fleet.tenants.values()) {
    const isInPool = tenant.placements.some(
      ({ model, cluster }) => model === "pool" && (filter.clusterId === null || filter.clusterId === cluster),
    );
    if (isInPool && isShown(tenant.id)) return true;
  }
  return false;
}

function unseenPools(fleet: FleetSnapshot, filter: NoisyFilter): NoisyView["unseenPools"] {
  return judgedOf(fleet, filter).flatMap(({ clusterId, pool }) => {
    if (pool === undefined || pool.unseen === null || filter.brokerId !== null) return [];
    const clusterName = fleet.summaries.get(clusterId)?.name ?? clusterId;
    return [{ clusterId, clusterName, from: new Date(pool.fromMs).toISOString(), reason: pool.unseen }];
  });
}

function forwardedTo({ tenant }: Query): string {
  if (tenant !== undefined) return tenant;
  throw new AppError("invalid", "tenant: is needed, to know to whom it may be forwarded", {
    details: [{ path: "tenant", message: "is needed, to know to whom it may be forwarded" }],
  });
}

async function markdownOf(context: Context, query: Query, audience: Audience, filename: string): Promise<MarkdownFile> {
  const view = unnamed(context, await noisyOf(context, query));
  const { tenant, cluster, broker, resource } = query;
  const page = paths.noisy({
    ...(tenant === undefined ? {} : { tenant }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(broker === undefined ? {} : { broker: String(broker) }),
    ...(resource === undefined ? {} : { resource }),
    from: view.from,
    to: view.to,
  });
  return { filename, text: noisyMarkdown(view, audience, `${context.enter.origin}${page}`) };
}

function filterOf(fleet: FleetSnapshot, { cluster, broker, tenant, resource }: Query): NoisyFilter {
  if (cluster !== undefined) findCluster(fleet, cluster);
  if (tenant !== undefined) findTenant(fleet, tenant);
  return { clusterId: cluster ?? null, brokerId: broker ?? null, tenantId: tenant ?? null, resource: resource ?? null };
}

/** With a tenant those who share a cluster with it; to a role that is limited to tenants these alone. */
function shownOf(fleet: FleetSnapshot, { tenantId }: NoisyFilter): (id: string) => boolean {
  if (fleet.within === "tenants") return (id) => fleet.tenants.has(id);
  if (tenantId === null) return () => true;
  const clusters = new Set(fleet.tenants.get(tenantId)?.tenant.placements.map(({ cluster }) => cluster));
  return (id) => fleet.tenants.get(id)?.tenant.placements.some(({ cluster }) => clusters.has(cluster)) === true;
}

interface Ranking {
  rows: NoisyRow[];
  live: boolean;
  momentMs: number | null;
  kept: StoredNoise;
}

/** Of now where the range ends now and this process judges; else of the last kept span of the range. */
async function ranking(context: Context, query: Query): Promise<Ranking> {
  const fleet = context.fleet();
  const filter = filterOf(fleet, query);
  const now = context.now();
  const { fromMs, toMs } = resolveRange(query, now);
  const kept = keptWithin(context, await keptNoise(context, { clusterId: filter.clusterId, fromMs, toMs, maxSpans: STEPS_MAX }));
  const pools = async (live: boolean): Promise<NoisyRow[]> => {
    const hours = await lastPoolHours(context, { clusterId: filter.clusterId, fromMs, toMs, live });
    return poolRows(fleet, hours, filter, shownOf(fleet, filter));
  };
  if (toMs >= now.getTime() - LIVE_MS && judgedOf(fleet, filter).some(({ unseen }) => unseen === null)) {
    const rows = perFleet(fleet, JSON.stringify(["noisy", filter]), () => rankingOf(fleet, filter));
    return { rows: withPoolRows(rows, await pools(true)), live: true, momentMs: null, kept };
  }
  const momentMs = kept.rows.at(-1)?.atMs ?? null;
  const rows = momentMs === null ? [] : pastRows(fleet, kept, momentMs, filter);
  return { rows: withPoolRows(rows, await pools(false)), live: false, momentMs, kept };
}

/** What was kept of clusters that the role reaches. */
function keptWithin({ actor, fleet }: Context, kept: StoredNoise): StoredNoise {
  if ((actor.limits ?? null) === null) return kept;
  const { summaries } = fleet();
  return { ...kept, rows: kept.rows.filter(({ clusterId }) => summaries.has(clusterId)) };
}

function pastRows(fleet: FleetSnapshot, kept: StoredNoise, momentMs: number, filter: NoisyFilter): NoisyRow[] {
  const isShown = shownOf(fleet, filter);
  const worst = new Map<string, NoisyRow>();
  for (const { clusterId, atMs, entries } of kept.rows) {
    if (atMs !== momentMs) continue;
    for (const [tenantId, resource, brokerId, times, share, verdict] of entries) {
      if (brokerId === POOL_BROKER || !isShown(tenantId) || (filter.brokerId !== null && brokerId !== filter.brokerId)) continue;
      if (filter.resource !== null && RESOURCES[resource] !== filter.resource) continue;
      const row: NoisyRow = {
        tenantId,
        tenantName: fleet.tenants.get(tenantId)?.tenant.name ?? tenantId,
        clusterId,
        clusterName: fleet.summaries.get(clusterId)?.name ?? clusterId,
        brokerId,
        resource: RESOURCES[resource] ?? "in",
        verdict: VERDICTS[verdict] ?? "quiet",
        share,
        entitlement: times === null ? 0 : times === 0 ? null : share / times,
        times,
        rate: null,
        brokerRate: null,
        signs: [],
        since: null,
        source: null,
        pool: null,
      };
      const known = worst.get(tenantId);
      if (known === undefined || compareLevels(row, known) < 0) worst.set(tenantId, row);
    }
  }
  return [...worst.values()].sort(compareLevels);
}
