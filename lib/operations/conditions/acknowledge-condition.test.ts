import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ConditionView } from "@/lib/domain/views/common";
import type { Context } from "@/lib/operations/context";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf } from "@/lib/operations/testing/fleet";
import { acquireLease, listConditions as listStored, openStore, readAcknowledgements, reconcileConditions, type Store } from "@/lib/store";
import { acknowledgeCondition } from "./acknowledge-condition";
import { listConditions } from "./list-conditions";
import { withdrawAcknowledgement } from "./withdraw-acknowledgement";

const ID = "lag.stuck|c1|acme|group acme.billing";
const UNTIL = "2026-11-23T20:00:00.000Z";
const condition: ConditionView = {
  id: ID,
  rule: "lag.stuck",
  severity: "danger",
  label: "Consumer stuck",
  sentence: "acme.billing does not move.",
  evidence: { recordsBehind: 7 },
  tenantId: "acme",
  clusterId: "c1",
  subject: "group acme.billing",
  since: AT,
  until: null,
  acknowledged: null,
};

let store: Store;
let reassembled = 0;
beforeAll(async () => {
  store = await openStore({ memory: true });
}, 60_000);
afterAll(() => store.close());

async function reconcile(...found: ConditionView[]): Promise<void> {
  const fence = await acquireLease(store, "c1", "me", 60_000);
  if (fence === null) throw new Error("The lease is taken.");
  const open = found.map(({ until: _, acknowledged: __, ...one }) => one);
  await reconcileConditions(store, { clusterId: "c1", rules: ["lag.stuck"] }, open, new Date(AT), fence);
}

function context(changes: Partial<Context> = {}): Context {
  const fleet = { ...fleetOf(), conditions: [condition] };
  const reassemble = async (): Promise<void> => {
    reassembled += 1;
  };
  return contextOf([fleet], {
    actor: { name: "ada", role: "operator" },
    store,
    collector: { clusterIds: async () => new Set<string>(), state: () => "running", refresh: async () => undefined, reassemble },
    ...changes,
  });
}
const acknowledge = (input: object = {}, changes: Partial<Context> = {}) =>
  acknowledgeCondition.run(context(changes), { id: ID, until: UNTIL, reason: "known", ...input });
const stored = async () => (await listStored(store)).find(({ id }) => id === ID)?.acknowledged;

describe("acknowledging", () => {
  beforeEach(async () => {
    await reconcile();
    await reconcile(condition);
    reassembled = 0;
  });

  it("keeps by whom, until when and why, and makes every page show it at once", async () => {
    const answer = await acknowledge({ reason: "  ticket 42  " });
    expect(answer.acknowledged).toEqual({ by: "ada", until: UNTIL, reason: "ticket 42" });
    expect(await stored()).toEqual(answer.acknowledged);
    expect(reassembled).toBe(1);
    await acknowledge({ reason: "still" });
    expect((await stored())?.reason).toBe("still");
  });

  it("ends when it is withdrawn, when its time is over, and with its condition: the next episode begins without", async () => {
    await acknowledge();
    expect([...(await readAcknowledgements(store, new Date(AT))).keys()]).toEqual([ID]);
    expect((await readAcknowledgements(store, new Date(UNTIL))).size).toBe(0);
    await withdrawAcknowledgement.run(context(), { id: ID });
    expect(await stored()).toBeNull();
    await acknowledge();
    await reconcile(condition);
    expect(await stored()).not.toBeNull();
    await reconcile();
    await reconcile(condition);
    expect(await stored()).toBeNull();
  });

  it.each([
    ["a time that is over", { until: AT }],
    ["a time too far away", { until: "2027-01-23T00:00:00.000Z" }],
    ["no time", { until: "soon" }],
    ["no reason", { reason: "  " }],
    ["a reason that is a novel", { reason: "x".repeat(501) }],
  ])("refuses %s and changes nothing", async (_what, input) => {
    await expect(acknowledge(input)).rejects.toMatchObject({ code: "invalid" });
    expect(await stored()).toBeNull();
  });

  it("refuses what is not so, what is not written down yet, and everybody but operators", async () => {
    await expect(acknowledge({ id: "other" })).rejects.toMatchObject({ code: "not_found" });
    await expect(acknowledge({}, { actor: { name: "sam", role: "support" } })).rejects.toMatchObject({ code: "forbidden" });
    await reconcile();
    await expect(acknowledge()).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("the list of conditions", () => {
  const seen = { ...condition, id: "b", acknowledged: { by: "ada", until: UNTIL, reason: 'because "x"' } };
  const lists = contextOf([{ ...fleetOf(), conditions: [condition, seen] }]);
  const ids = async (input: object) => (await listConditions.run(lists, input)).conditions.map(({ id }) => id);

  it("tells acknowledged ones from the others", async () => {
    expect(await ids({})).toEqual([ID, "b"]);
    expect(await ids({ acknowledged: "yes" })).toEqual(["b"]);
    expect(await ids({ acknowledged: "no" })).toEqual([ID]);
  });

  it("is a file with the evidence as raw values", async () => {
    const csv = await listConditions.csv?.(lists, {});
    const rows = [...(csv?.rows ?? [])];
    expect(rows[0]).toHaveLength(csv?.head.length ?? -1);
    expect(rows[0]?.at(-1)).toBe('{"recordsBehind":7}');
  });
});
