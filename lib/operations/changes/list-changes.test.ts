import { afterAll, beforeAll, expect, it } from "vitest";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { ChangePage, UnitPage } from "@/lib/domain/views/changes";
import { contextOf } from "@/lib/operations/testing/context";
import { AT } from "@/lib/operations/testing/fleet";
import { acquireLease, markOperations, openStore, type Store, type StoredChange, storeChange } from "@/lib/store";
import { changeDetail } from "./change-detail";
import { listChangeUnits } from "./list-change-units";
import { listChanges } from "./list-changes";

let store: Store;
let rollout: StoredChange;
const TENANTS = 620;

beforeAll(async () => {
  store = await openStore({ memory: true });
  await stored("ada", "2026-11-01T09:00:00.000Z", ["acme"]);
  await stored("ada", "2026-11-20T09:00:00.000Z", ["acme"]);
  await stored("bob", "2026-11-20T10:00:00.000Z", ["acme"]);
  rollout = await stored(
    "bob",
    "2026-11-25T10:00:00.000Z",
    Array.from({ length: TENANTS }, (_, i) => `t${String(i).padStart(4, "0")}`),
  );
  const fence = await acquireLease(store, "changes", "me", 60_000);
  if (fence === null) throw new Error("The lease is another's.");
  const failed = [3, 610].map((index) => ({ index, state: "failed" as const, message: `unit ${index} was refused`, at: AT }));
  await markOperations(store, fence, rollout.id, failed);
}, 60_000);
afterAll(() => store.close());

async function stored(actor: string, at: string, tenants: readonly string[]): Promise<StoredChange> {
  const operations = tenants.map((tenantId): PlannedOperation => {
    const target = { kind: "quota" as const, clusterId: "c1", entity: { user: `${tenantId}-${at}` }, key: "producer_byte_rate" as const };
    return { target, before: "1", after: "2", phase: "loosen", unit: `tenant:${tenantId}`, note: null };
  });
  const { change } = await storeChange(store, {
    kind: "quota",
    title: "Set quotas",
    request: { kind: "quota", scope: { tierId: "gold" }, produceBytesPerSecond: 2 },
    consequences: [],
    leftOut: [],
    fingerprint: at,
    actor,
    reason: null,
    correlationId: "r1",
    idempotencyKey: `${actor} ${at}`,
    rollout: null,
    revertsId: null,
    brakeMinutes: null,
    at,
    operations,
  });
  return change;
}

it.each<[string, object, string[]]>([
  ["a person", { actor: "ada" }, ["2026-11-20T09:00:00.000Z", "2026-11-01T09:00:00.000Z"]],
  ["from a time", { from: "2026-11-20T10:00:00.000Z" }, ["2026-11-25T10:00:00.000Z", "2026-11-20T10:00:00.000Z"]],
  ["up to a time", { to: "2026-11-20T09:00:00.000Z" }, ["2026-11-01T09:00:00.000Z"]],
  [
    "a person between two times",
    { actor: "bob", from: "2026-11-20T00:00:00.000Z", to: "2026-11-21T00:00:00.000Z" },
    ["2026-11-20T10:00:00.000Z"],
  ],
])("the list and its CSV are those of %s", async (_, filter, times) => {
  const context = contextOf(undefined, { store });
  const { rows, page } = (await listChanges.run(context, filter)) as ChangePage;
  expect(rows.map(({ at }) => at)).toEqual(times);
  expect(page.total).toBe(times.length);
  const csv = await listChanges.csv?.(context, filter);
  const when = csv?.head.indexOf("when") ?? -1;
  expect([...(csv?.rows ?? [])].map((row) => row[when])).toEqual(times);
});

it("a time that is none is refused with its field", async () => {
  await expect(listChanges.run(contextOf(undefined, { store }), { from: "yesterday" })).rejects.toMatchObject({
    code: "invalid",
    details: [{ path: "from" }],
  });
});

it("the units of a rollout are whole on the server: each page, each state, and how many there are of each", async () => {
  const context = contextOf(undefined, { store });
  const detail = await changeDetail(context, rollout.id);
  expect(detail.unitCounts).toEqual({ failed: 2, pending: TENANTS - 2 });
  const failed = (await listChangeUnits.run(context, { changeId: rollout.id, state: "failed" })) as UnitPage;
  expect(failed.page.total).toBe(2);
  expect(failed.rows.map(({ unit, message }) => `${unit}: ${message}`)).toEqual([
    "tenant:t0003: unit 3 was refused",
    "tenant:t0610: unit 610 was refused",
  ]);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: UnitPage = (await listChangeUnits.run(context, {
      changeId: rollout.id,
      limit: 250,
      ...(cursor === null ? {} : { cursor }),
    })) as UnitPage;
    expect(page.page.total).toBe(TENANTS);
    seen.push(...page.rows.map(({ unit }) => unit));
    cursor = page.page.nextCursor;
  } while (cursor !== null);
  expect(seen).toHaveLength(TENANTS);
  expect(new Set(seen).size).toBe(TENANTS);
});
