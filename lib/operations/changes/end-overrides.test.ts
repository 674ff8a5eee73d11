import { afterAll, beforeAll, expect, it } from "vitest";
import { Override } from "@/lib/domain/override";
import type { Tenant } from "@/lib/domain/tenant";
import { cluster } from "@/lib/domain/testing/cluster-fixture";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, GOLD, tenantOf } from "@/lib/operations/testing/fleet";
import { acquireLease, importRegistry, listChanges, openStore, type Store, setChangeState } from "@/lib/store";
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
