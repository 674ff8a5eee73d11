import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import type { ClusterNoise, Level } from "@/lib/domain/noise/noise";
import type { NoisyView } from "@/lib/domain/views/noisy";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, tenantOf } from "@/lib/operations/testing/fleet";
import { acquireLease, openStore, reconcileConditions, type Store, writeNoise } from "@/lib/store";
import { getNoisy } from "./get-noisy";

const AT_MS = Date.parse(AT);
const MINUTE = 60_000;

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
