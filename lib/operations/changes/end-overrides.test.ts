import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import type { TenantState } from "@/lib/domain/fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import { Override } from "@/lib/domain/override";
import type { Tenant } from "@/lib/domain/tenant";
import { cluster, tenant } from "@/lib/domain/testing/cluster-fixture";
import type { KafkaAdmin } from "@/lib/kafka";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, GOLD, tenantOf } from "@/lib/operations/testing/fleet";
import {
  acquireLease,
  applyDeclarations,
  importRegistry,
  listChanges,
  listOperations,
  markOperations,
  openStore,
  readRegistry,
  type Store,
  type StoredOperation,
  setChangeState,
} from "@/lib/store";
import { createOverrideEnds } from "./end-overrides";

const MINUTE = 60_000;
let store: Store;
beforeAll(async () => {
  store = await openStore({ memory: true });
}, 60_000);
afterAll(() => store.close());

const ending = (setting: "retentionMs" | "retentionBytes", until: string) =>
  Override.parse({ setting, value: 90_000_000, reason: "r", author: "ada", at: "2026-11-01T00:00:00.000Z", until, atEnd: "take-back" });

/** A tenant whose overrides end, and a console that looks at it at given times since it started. */
function ends() {
  let elapsedMs = 0;
  let act = createOverrideEnds(() => elapsedMs);
  const declare = async (...overrides: Override[]): Promise<void> => {
    const state = tenantOf("acme");
    const acme: Tenant = { ...state.tenant, overrides };
    await importRegistry(store, { tiers: [GOLD], tenants: [acme], services: [], sha256: "0" }, "ada", new Date(AT));
    look = async (minutes, at = AT) => {
      elapsedMs = minutes * MINUTE;
      const fleet = fleetOf({ tenants: [{ ...state, tenant: acme }], clusters: [cluster()] });
      const admin = {
        readConfigs: async () => ({ value: [], problems: [] }),
        readQuotas: async () => ({ value: [], problems: [] }),
      };
      await act(contextOf([fleet], { store, admin, now: () => new Date(at) }));
      return failAll();
    };
  };
  let look: (minutes: number, at?: string) => Promise<number> = async () => 0;
  const restart = () => {
    act = createOverrideEnds(() => elapsedMs);
  };
  return { declare, restart, look: (minutes: number, at?: string) => look(minutes, at) };
}

/** Every change comes to nothing. Answers how many there are. */
async function failAll(): Promise<number> {
  const fence = await acquireLease(store, "changes", "me", 60_000);
  const { rows } = await listChanges(store, {}, { limit: 100 });
  for (const { id, finishedAt } of rows) {
    if (finishedAt === null && fence !== null) await setChangeState(store, fence, id, { state: "failed", message: null, finishedAt: AT });
  }
  return rows.length;
}

it("tries a take-back that fails ever more seldom, whatever the time of day does, and another at once", async () => {
  const { declare, look, restart } = ends();
  await declare(ending("retentionMs", "2026-11-23T11:00:00.000Z"));
  expect(await look(0)).toBe(1);
  expect(await look(9, "2026-11-30T12:00:00.000Z")).toBe(1);
  expect(await look(10, "2026-11-23T11:30:00.000Z")).toBe(2);
  expect(await look(29)).toBe(2);
  expect(await look(30)).toBe(3);
  expect(await look(69)).toBe(3);
  restart();
  expect(await look(70)).toBe(4);
  expect(await look(149)).toBe(4);
  expect(await look(150)).toBe(5);
  await declare(ending("retentionMs", "2026-11-23T11:00:00.000Z"), ending("retentionBytes", "2026-11-23T11:30:00.000Z"));
  expect(await look(151)).toBe(6);
});

describe("an override that is over", () => {
  const DAY = 86_400_000;
  const over = (atEnd: "report" | "take-back") =>
    Override.parse({ ...ending("retentionMs", "2026-11-23T09:00:00.000Z"), value: DAY, atEnd });
  /** What the console sees and has with such a tenant, or as it is declared now, and a look at it as one of its processes. */
  async function consoleOf(given: Tenant | null) {
    const tier = { ...GOLD, retentionMs: { default: 3 * DAY, max: 14 * DAY } };
    if (given !== null) await importRegistry(store, { tiers: [tier], tenants: [given], services: [], sha256: "1" }, "ada", new Date(AT));
    const registry = await readRegistry(store);
    const c1 = cluster({ topics: ["acme.orders"] });
    const own = (c1.configs.get("acme.orders")?.entries ?? []).map((entry) => ({ ...entry, value: String(DAY) }));
    const { fleet } = assembleFleet({ registry, clusters: [c1], memory: EMPTY_MEMORY, at: AT });
    const admin: Partial<KafkaAdmin> = {
      readConfigs: async (resources) => ({
        value: resources.map((resource) => ({ resource, configs: own })),
        problems: [],
      }),
      readQuotas: async () => ({ value: [], problems: [] }),
    };
    const base = contextOf([fleet]);
    const context = contextOf([fleet], { store, admin, connection: (id) => ({ ...base.connection(id), mode: "operate" }) });
    return { state: fleet.tenants.get("acme"), look: () => createOverrideEnds(() => 0)(context) };
  }

  const found = (state: TenantState | undefined) => state?.conditions.filter(({ rule }) => rule === "drift.override-over");
  const changes = async () => (await listChanges(store, { kind: "override-end" }, { limit: 100 })).rows;

  it("is a finding, and stays as it is where it is only to be reported", async () => {
    const before = (await changes()).length;
    const { state, look } = await consoleOf({ ...tenant("acme"), overrides: [over("report")] });
    expect(found(state)).toMatchObject([{ sentence: expect.stringMatching(/ended at/) }]);
    await look();
    expect(await changes()).toHaveLength(before);
  });

  it("is a finding and a planned change, one whoever looks and however often", async () => {
    const before = await changes();
    const { state, look } = await consoleOf({ ...tenant("acme"), overrides: [over("take-back")] });
    expect(found(state)).toHaveLength(1);
    await Promise.all([look(), look()]);
    await look();
    const made = (await changes()).filter(({ id }) => !before.some((one) => one.id === id));
    expect(made).toMatchObject([
      { kind: "override-end", state: "waiting", tenantIds: ["acme"], reason: "The time of an override was over." },
    ]);
    const [change] = made;
    const operations = await listOperations(store, change?.id ?? 0, { limit: 10 });
    expect(operations.map(({ target, after }) => [target.kind, after])).toEqual([
      ["topic-config", String(3 * DAY)],
      ["override", null],
    ]);
    await applied(change?.id ?? 0, operations);
    // What is declared then is as the tier says, so that there is nothing to find and nothing to plan.
    const after = await consoleOf(null);
    expect(found(after.state)).toEqual([]);
    await after.look();
    expect((await changes()).length).toBe(before.length + 1);
  });

  async function applied(id: number, operations: readonly StoredOperation[]): Promise<void> {
    const fence = await acquireLease(store, "changes", "me", 60_000);
    if (fence === null) throw new Error("The lease is another's.");
    await markOperations(
      store,
      fence,
      id,
      operations.map(({ index }) => ({ index, state: "started" as const, at: AT })),
    );
    await applyDeclarations(
      store,
      fence,
      id,
      operations.filter(({ target }) => target.kind === "override"),
      AT,
    );
    await markOperations(store, fence, id, [{ index: 0, state: "applied", at: AT }]);
    await setChangeState(store, fence, id, { state: "applied", message: null, finishedAt: AT });
  }
});
