import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ClusterNoise, Level } from "@/lib/domain/noise/noise";
import type { ClusterSummary } from "@/lib/domain/views/clusters";
import type { NoisyView } from "@/lib/domain/views/noisy";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, tenantOf } from "@/lib/operations/testing/fleet";
import {
  acquireLease,
  type NoiseEntry,
  openStore,
  POOL_BROKER,
  type PoolEntry,
  reconcileConditions,
  type Store,
  writeNoise,
  writePoolHour,
} from "@/lib/store";
import { getNoisy } from "./get-noisy";
import { levelOfEntry } from "./kept-pools";

const AT_MS = Date.parse(AT);
const MINUTE = 60_000;
/** The last hour that is over. */
const HOUR_MS = Math.floor(AT_MS / 3_600_000) * 3_600_000 - 3_600_000;

let store: Store;
beforeAll(async () => {
  store = await openStore({ memory: true });
  const lease = await acquireLease(store, "cluster/c1", "me", 3_600_000);
  if (lease === null) throw new Error("no lease");
  for (const minute of [-30, -2]) {
    await writeNoise(
      store,
      {
        clusterId: "c1",
        atMs: AT_MS + minute * MINUTE,
        entries: [
          ["acme", 0, 2, 3, 0.6, 0],
          ["brook", 1, 1, 0.4, 0.1, 3],
        ],
      },
      lease,
    );
  }
  const entry = { r: 0, s: 0, b: [7e6, 8e6, 9e6], p: [0.35, 0.4, 0.45], e: 0.1, l: 1e6, h: 0, v: 1 } satisfies Omit<PoolEntry, "t">;
  const unsure = { ...entry, t: "brook", h: 2, v: 5, w: "The interval of its estimate holds the promise." };
  const pools = await acquireLease(store, "cluster/pools", "me", 3_600_000);
  if (pools === null) throw new Error("no lease");
  for (const atMs of [HOUR_MS - 3_600_000, HOUR_MS]) {
    const levels: NoiseEntry[] = [["pooled", 0, POOL_BROKER, 4, 0.4, 1]];
    await writePoolHour(store, { clusterId: "pools", atMs, entries: [{ ...entry, t: "pooled" }, unsure], levels, cut: false }, pools);
  }
  const since = new Date(AT_MS - 31 * MINUTE).toISOString();
  const ended = {
    id: "noise.noisy|c1|acme|broker 2 in",
    rule: "noise.noisy",
    severity: "danger" as const,
    label: "Noisy",
    sentence: "acme was noisy.",
    evidence: {},
    tenantId: "acme",
    clusterId: "c1",
    subject: "broker 2 in",
    since,
  };
  const scope = { clusterId: "c1", rules: ["noise.noisy"] };
  await reconcileConditions(store, scope, [ended], new Date(AT_MS - 30 * MINUTE), lease);
  await reconcileConditions(store, scope, [], new Date(AT_MS - 20 * MINUTE), lease);
}, 60_000);
afterAll(() => store.close());

const level = (tenantId: string, change: Partial<Level> = {}): Level => ({
  tenantId,
  brokerId: 2,
  resource: "in",
  rate: 600,
  brokerRate: 1000,
  share: 0.6,
  entitlement: 0.2,
  times: 3,
  verdict: "noisy",
  sinceMs: AT_MS - 5 * MINUTE,
  source: "measured",
  ...change,
});
const noise: ClusterNoise = {
  clusterId: "c1",
  at: AT,
  levels: [
    level("acme"),
    level("brook", { share: 0.1, times: 0.5, verdict: "quiet", brokerId: 3 }),
    level("cobalt", { share: 0.2, times: 1, verdict: "quiet" }),
  ],
  brokers: [{ brokerId: 2, signs: [{ kind: "handlers", value: 0.1, limit: 0.3, baseline: null }], sinceMs: AT_MS, unseen: [] }],
  episodes: [
    {
      level: level("acme"),
      pressure: { brokerId: 2, signs: [{ kind: "handlers", value: 0.1, limit: 0.3, baseline: null }], sinceMs: AT_MS, unseen: [] },
      peak: 0.7,
      victims: [
        {
          groupId: "cobalt.app",
          tenantId: "cobalt",
          tenantCount: 1,
          beforeMs: 0,
          nowMs: 60_000,
          beforeRecords: 0,
          nowRecords: 60,
          objectiveMs: null,
        },
      ],
      mechanism: null,
      causes: [],
    },
  ],
  findings: [],
  unseen: null,
};
const fleet: FleetSnapshot = {
  ...fleetOf({ tenants: ["acme", "brook", "cobalt"].map((id) => tenantOf(id)) }),
  noise: new Map([["c1", noise]]),
};
const ask = async (query: Record<string, unknown>): Promise<NoisyView> =>
  (await getNoisy.run(contextOf([fleet], { store }), query)) as NoisyView;

describe("who is noisy", () => {
  it("is ranked now, with the sentence, who fell behind, and what can be done", async () => {
    const view = await ask({ range: "1h" });
    expect(view.live).toBe(true);
    expect(view.ranking.map(({ tenantId, verdict }) => `${tenantId} ${verdict}`)).toEqual(["acme noisy", "cobalt quiet", "brook quiet"]);
    expect(view.episodes[0]?.victims.map(({ tenantName }) => tenantName)).toEqual(["cobalt"]);
    expect(view.episodes[0]?.sentence).toContain("Why is not known");
    expect(view.episodes[0]?.next.map(({ href }) => href.split("?")[0])).toEqual([
      "/tenants/acme/change/quota",
      "/tenants/acme",
      "/isolation",
    ]);
  });

  it("of the past comes from what was kept, and an address reproduces it", async () => {
    const from = new Date(AT_MS - 40 * MINUTE).toISOString();
    const to = new Date(AT_MS - 25 * MINUTE).toISOString();
    const view = await ask({ from, to });
    expect([view.live, view.momentAt]).toEqual([false, new Date(AT_MS - 30 * MINUTE).toISOString()]);
    expect(view.ranking.map(({ tenantId, verdict, times }) => [tenantId, verdict, times])).toEqual([
      ["acme", "noisy", 3],
      ["brook", "quiet", 0.4],
    ]);
    expect(view.others.map(({ sentence }) => sentence)).toEqual(["acme was noisy."]);
    expect(view.heat).toMatchObject({ keptMinutes: 1, stepMs: MINUTE, seen: 2 });
    expect(await ask({ from, to })).toEqual(view);
  });

  it("beside a tenant is who shares its brokers", async () => {
    const view = await ask({ tenant: "cobalt", range: "1h" });
    expect(view.ranking.map(({ tenantId }) => tenantId)).toEqual(["acme", "cobalt"]);
    expect(view.episodes.map(({ row }) => row.tenantId)).toEqual(["acme"]);
    expect((await ask({ tenant: "brook", range: "1h" })).episodes).toEqual([]);
  });

  it("on a broker is who is on it", async () => {
    expect((await ask({ cluster: "c1", broker: 3 })).ranking.map(({ tenantId }) => tenantId)).toEqual(["brook"]);
  });

  it("over a day is kept by five minutes, and says so", async () => {
    const view = await ask({ range: "24h" });
    expect(view.heat).toMatchObject({ keptMinutes: 5, stepMs: 5 * MINUTE });
    expect(view.heat.times).toHaveLength(288);
  });

  it.each([{ broker: 1 }, { tenant: "nobody" }, { cluster: "nowhere" }, { from: AT }, { rows: 201 }])("refuses %j", async (query) => {
    await expect(ask(query)).rejects.toMatchObject({ code: expect.stringMatching(/invalid|not_found/) });
  });

  it("is a CSV with raw numbers", async () => {
    const csv = await getNoisy.csv?.(contextOf([fleet], { store }), { range: "1h" });
    expect([...(csv?.rows ?? [])][0]?.slice(0, 9)).toEqual(["acme", "acme", "noisy", "in", "c1", 2, 0.6, 0.2, 3]);
  });
});

describe("a pool's tenant", () => {
  const inPool = (id: string) =>
    tenantOf(id, { placements: [{ cluster: "pools", model: "pool", topics: [{ prefix: "p." }], record: { header: "t" } }] });
  const judged: ClusterNoise = { clusterId: "pools", at: AT, levels: [], brokers: [], episodes: [], findings: [], unseen: null };
  const summaries = new Map([["pools", { name: "Pools" } as ClusterSummary]]);
  const pooled: FleetSnapshot = {
    ...fleetOf({ tenants: ["pooled", "brook"].map(inPool) }),
    summaries,
    noise: new Map([["pools", judged]]),
  };
  const of = async (query: Record<string, unknown>, change: Partial<FleetSnapshot> = {}): Promise<NoisyView> =>
    (await getNoisy.run(contextOf([{ ...pooled, ...change }], { store }), query)) as NoisyView;

  it("is in the ranking by the hour, of the whole cluster, with its interval", async () => {
    const view = await of({ range: "1h" });
    expect(view.ranking.map(({ tenantId, verdict, brokerId, source }) => [tenantId, verdict, brokerId, source])).toEqual([
      ["pooled", "loud", null, "estimated"],
      ["brook", "unknown", null, "estimated"],
    ]);
    expect(view.ranking[0]?.pool).toMatchObject({
      from: new Date(HOUR_MS).toISOString(),
      share: { low: 0.35, value: 0.4, high: 0.45 },
      times: { low: expect.closeTo(3.5), value: 4, high: 4.5 },
      promise: "above",
      because: null,
      sentence: expect.stringContaining("above the 1.0"),
    });
    expect(view.ranking[1]?.pool?.because).toBe("The interval of its estimate holds the promise.");
  });

  it.each<[query: Record<string, unknown>, ids: string[]]>([
    [{ cluster: "pools", broker: 1 }, []],
    [{ resource: "out" }, []],
    [{ resource: "in", tenant: "brook" }, ["pooled", "brook"]],
  ])("is known of the cluster alone, by what comes in: %j", async (query, ids) => {
    const clusters = new Map([["pools", {} as never]]);
    expect((await of({ range: "1h", ...query }, { clusters })).ranking.map(({ tenantId }) => tenantId)).toEqual(ids);
  });

  it("has cells of hours, and none of minutes, which the answer says", async () => {
    const minutes = await of({ range: "1h" });
    expect([minutes.heat.withoutPools, minutes.heat.rows.map(({ tenantId }) => tenantId)]).toEqual([
      true,
      expect.not.arrayContaining(["pooled"]),
    ]);
    const week = await of({ range: "7d" });
    expect(week.heat).toMatchObject({ withoutPools: false, stepMs: 3_600_000 });
    const row = week.heat.rows.find(({ tenantId }) => tenantId === "pooled");
    expect([row?.byHour, row?.values.filter((value) => value !== null)]).toEqual([true, [4, 4]]);
  });

  it("of the past is told of the hour of that time", async () => {
    const [from, to] = [HOUR_MS - 2_400_000, HOUR_MS - 1_200_000].map((ms) => new Date(ms).toISOString());
    const view = await of({ from, to });
    expect([view.live, view.ranking.map(({ pool }) => pool?.from)]).toEqual([
      false,
      Array.from({ length: 2 }, () => new Date(HOUR_MS - 3_600_000).toISOString()),
    ]);
  });

  it("that was above is an episode without a quota, which could not hold", async () => {
    const level = levelOfEntry({ t: "pooled", r: 0, s: 0, b: [7e6, 8e6, 9e6], p: [0.35, 0.4, 0.45], e: 0.1, l: 1e6, h: 0, v: 1 }, HOUR_MS);
    const episode = { level, verdict: "loud" as const, pressures: [], peak: 0.35, victims: [], mechanism: null, causes: [] };
    const hour = { clusterId: "pools", fromMs: HOUR_MS, untilMs: HOUR_MS + 3_600_000, levels: [level], findings: [], unseen: null };
    const noisy = new Map([["pools", { ...judged, pool: { ...hour, episodes: [episode] } }]]);
    const view = await of({ range: "1h" }, { noise: noisy });
    expect(view.episodes.map(({ row, sentence }) => [row.tenantId, sentence.includes("no quota of Kafka can hold it")])).toEqual([
      ["pooled", true],
    ]);
    expect(view.episodes[0]?.next.map(({ href }) => href.split("?")[0])).toEqual([
      "/isolation",
      "/tenants/pooled/change/tier",
      "/tenants/pooled#pool",
    ]);
  });

  it("is said to be unseen where its last hour could not be judged", async () => {
    const pool = { clusterId: "pools", fromMs: HOUR_MS, untilMs: AT_MS, levels: [], episodes: [], findings: [], unseen: "Not sampled." };
    const view = await of({ range: "1h" }, { noise: new Map([["pools", { ...judged, pool }]]) });
    expect(view.unseenPools).toEqual([
      { clusterId: "pools", clusterName: "Pools", from: new Date(HOUR_MS).toISOString(), reason: "Not sampled." },
    ]);
  });

  it("is in the CSV with the ends of its interval", async () => {
    const csv = await getNoisy.csv?.(contextOf([pooled], { store }), { range: "1h" });
    const [first] = [...(csv?.rows ?? [])];
    const told = new Map(csv?.head.map((head, at) => [head, first?.[at]]));
    expect(["broker", "share_low", "share_high", "above_promise"].map((head) => told.get(head))).toEqual([null, 0.35, 0.45, "yes"]);
    expect(first).toHaveLength(csv?.head.length ?? 0);
  });
});
