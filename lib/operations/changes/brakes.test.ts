import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clusterOf, type PlannedOperation } from "@/lib/domain/change/operation";
import type { PlanView } from "@/lib/domain/change/plan";
import { AppError } from "@/lib/domain/errors";
import type { QuotaRuleFact } from "@/lib/domain/facts";
import type { ChangeDetail } from "@/lib/domain/views/changes";
import type { Context } from "@/lib/operations/context";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, tenantOf } from "@/lib/operations/testing/fleet";
import {
  acquireLease,
  activeBrakes,
  listChanges,
  markOperations,
  openStore,
  readChange,
  type Store,
  type StoredChange,
  setChangeState,
  storeChange,
} from "@/lib/store";
import { applyChange } from "./apply-change";
import { changeDetail } from "./change-detail";
import { planChange } from "./plan-change";
import { cancelChange, pauseChange } from "./steer-change";
import { submitRevert } from "./submit-revert";

let store: Store;
/** What the brokers have; null: they do not answer. */
let quotas: QuotaRuleFact[] | null;

beforeAll(async () => {
  store = await openStore({ memory: true });
}, 60_000);
afterAll(() => store.close());
beforeEach(() => {
  quotas = [{ entity: { user: "acme" }, values: { producer_byte_rate: 1_000 } }];
});

/** Clusters that are connected. */
let connected: readonly string[] = ["c1"];

function context(): Context {
  const fleet = fleetOf({ tenants: [tenantOf("acme")] });
  const base = contextOf([fleet]);
  return contextOf([fleet], {
    store,
    connection(id) {
      if (!connected.includes(id)) throw new AppError("not_found", `There is no cluster "${id}".`);
      return { ...base.connection(id), mode: "operate" };
    },
    admin: {
      readConfigs: async () => ({ value: [], problems: [] }),
      readQuotas: async () => ({
        value: quotas,
        problems: quotas === null ? [{ code: "timeout", operation: "DescribeClientQuotas", message: "No answer." }] : [],
      }),
    },
  });
}

let keys = 0;

function operation(unit = "tenant:acme"): PlannedOperation {
  const target = { kind: "quota" as const, clusterId: "c1", entity: { user: "acme" }, key: "producer_byte_rate" as const };
  return { target, before: "50000", after: "1000", phase: "tighten", unit, note: null };
}

async function stored(more: Partial<Parameters<typeof storeChange>[1]> = {}): Promise<StoredChange> {
  keys++;
  const { change } = await storeChange(store, {
    kind: "brake",
    title: "Brake acme",
    request: { kind: "brake", tenantId: "acme", produceBytesPerSecond: 1_000, minutes: 30 },
    consequences: [],
    leftOut: [],
    fingerprint: `${keys}`,
    actor: "ada",
    reason: null,
    correlationId: "r1",
    idempotencyKey: `stored-${keys}`,
    rollout: null,
    revertsId: null,
    brakeMinutes: 30,
    at: AT,
    operations: [operation()],
    ...more,
  });
  return change;
}

async function finish({ id }: { id: number }): Promise<void> {
  const fence = await acquireLease(store, "changes", "me", 60_000);
  if (fence === null) throw new Error("The lease is another's.");
  await markOperations(store, fence, id, [{ index: 0, state: "applied", at: AT }]);
  await setChangeState(store, fence, id, { state: "applied", message: null, finishedAt: AT });
}

async function applied(): Promise<StoredChange> {
  const brake = await stored();
  await finish(brake);
  return brake;
}

const count = async () => (await listChanges(store, {}, { limit: 1 })).total;
const release = { request: { kind: "brake-release", tenantId: "acme" } };

describe("the end of a brake", () => {
  it("is not on the record while the cluster cannot be read, and is once it can", async () => {
    const { id } = await applied();
    const before = await count();
    quotas = null;
    const ending = () => submitRevert(context(), id, "Its time was over.", 1);
    await expect(ending()).rejects.toMatchObject({ code: "unavailable" });
    expect(await count()).toBe(before);
    expect((await activeBrakes(store)).map((brake) => brake.id)).toContain(id);
    quotas = [{ entity: { user: "acme" }, values: { producer_byte_rate: 1_000 } }];
    await ending();
    const [end] = (await listChanges(store, {}, { limit: 1 })).rows;
    expect(end).toMatchObject({ kind: "revert", revertsId: id, counts: { pending: 1 } });
    if (end === undefined) throw new Error("There is no end.");
    await finish(end);
    expect((await activeBrakes(store)).map((brake) => brake.id)).not.toContain(id);
  });

  it("by a person's release ends it, also while another change has its rule", async () => {
    const brake = await applied();
    const other = await stored({ kind: "quota-rule", brakeMinutes: null });
    const plan = (await planChange.run(context(), release)) as PlanView;
    const given = { ...release, fingerprint: plan.fingerprint, idempotencyKey: "a-release-1", reason: "over" };
    const released = (await applyChange.run(context(), given)) as ChangeDetail;
    expect(released).toMatchObject({ revertsId: brake.id, pausable: false });
    await finish(released);
    expect((await activeBrakes(store)).map(({ id }) => id)).not.toContain(brake.id);
    await finish(other);
  });

  it("cannot be asked for under a key that the console keeps for itself", async () => {
    const plan = (await planChange.run(context(), release)) as PlanView;
    for (const idempotencyKey of ["brake-end-12", "override-end-12"]) {
      const asked = applyChange.run(context(), { ...release, fingerprint: plan.fingerprint, idempotencyKey });
      await expect(asked).rejects.toMatchObject({ code: "invalid", details: [{ path: "idempotencyKey" }] });
    }
  });
});

describe("a brake on a cluster that is no longer connected", () => {
  const elsewhere = (): PlannedOperation => {
    const target = { kind: "quota" as const, clusterId: "c9", entity: { user: "acme" }, key: "producer_byte_rate" as const };
    return { ...operation(), target };
  };
  const end = (id: number, attempt: number) => submitRevert(context(), id, "Its time was over.", attempt);
  const lastEnd = async () => (await listChanges(store, {}, { limit: 1 })).rows[0];

  async function fail({ id }: { id: number }, message: string): Promise<void> {
    const fence = await acquireLease(store, "changes", "me", 60_000);
    if (fence === null) throw new Error("The lease is another's.");
    await markOperations(store, fence, id, [{ index: 0, state: "failed", message, at: AT }]);
    await setChangeState(store, fence, id, { state: "failed", message, finishedAt: AT });
  }

  it("comes to nothing on the record, with the reason, and is not tried for ever", async () => {
    const brake = await stored({ operations: [elsewhere()] });
    await finish(brake);
    await end(brake.id, 1);
    const first = await lastEnd();
    expect(first).toMatchObject({ kind: "revert", revertsId: brake.id, counts: { pending: 1 } });
    if (first === undefined) throw new Error("There is no end.");
    await fail(first, "There is no cluster c9.");
    const active = (await activeBrakes(store)).find(({ id }) => id === brake.id);
    expect(active?.failedEnd).toEqual({ changeId: first.id, message: "There is no cluster c9." });
    const before = await count();
    await expect(end(brake.id, 7)).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("no longer connected to be written to"),
    });
    expect(await count()).toBe(before);
    // Connected again, and read, it is taken back.
    connected = ["c1", "c9"];
    await expect(end(brake.id, 7)).rejects.toMatchObject({ code: "conflict" });
    connected = ["c1"];
  });

  it("of which another part was taken back is in force for the rest alone", async () => {
    const brake = await stored({ operations: [operation(), elsewhere()] });
    const fence = await acquireLease(store, "changes", "me", 60_000);
    if (fence === null) throw new Error("The lease is another's.");
    const marks = [0, 1].map((index) => ({ index, state: "applied" as const, at: AT }));
    await markOperations(store, fence, brake.id, marks);
    await setChangeState(store, fence, brake.id, { state: "applied", message: null, finishedAt: AT });
    await end(brake.id, 1);
    const ending = await lastEnd();
    expect(ending).toMatchObject({ units: 2, counts: { pending: 2 } });
    if (ending === undefined) throw new Error("There is no end.");
    await markOperations(store, fence, ending.id, [
      { index: 0, state: "applied", at: AT },
      { index: 1, state: "failed", message: "There is no cluster c9.", at: AT },
    ]);
    await setChangeState(store, fence, ending.id, { state: "partly", message: "There is no cluster c9.", finishedAt: AT });
    const left = (await activeBrakes(store)).find(({ id }) => id === brake.id);
    expect(left?.operations.map(({ target }) => clusterOf(target))).toEqual(["c9"]);
  });
});

describe("a release", () => {
  it("is refused while the brake is being written, and says which change that is", async () => {
    const brake = await stored();
    const plan = (await planChange.run(context(), release)) as PlanView;
    expect(plan.refusals).toMatchObject([
      { reason: expect.stringContaining("still being written"), link: { label: expect.stringMatching(/^Change \d+$/) } },
    ]);
    const asked = applyChange.run(context(), { ...release, fingerprint: plan.fingerprint, idempotencyKey: "a-release-early" });
    await expect(asked).rejects.toMatchObject({ code: "invalid" });
    await cancelChange.run(context(), { changeId: brake.id });
    await finish(brake);
  });
});

describe("a brake and what ends it", () => {
  it("are not paused, and may be cancelled", async () => {
    const brake = await stored();
    const end = await stored({ kind: "revert", revertsId: brake.id, brakeMinutes: null });
    for (const { id } of [brake, end]) {
      await expect(pauseChange.run(context(), { changeId: id })).rejects.toMatchObject({ code: "conflict" });
      expect((await readChange(store, id))?.wish).toBe("go");
      expect((await changeDetail(context(), id)).pausable).toBe(false);
      await cancelChange.run(context(), { changeId: id });
      expect((await readChange(store, id))?.wish).toBe("cancel");
    }
  });

  it("are no other change, which is paused", async () => {
    const other = await stored({ kind: "quota", brakeMinutes: null });
    expect((await changeDetail(context(), other.id)).pausable).toBe(true);
    await pauseChange.run(context(), { changeId: other.id });
    expect((await readChange(store, other.id))?.wish).toBe("pause");
  });
});
