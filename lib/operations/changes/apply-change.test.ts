import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PlanView } from "@/lib/domain/change/plan";
import type { QuotaRuleFact } from "@/lib/domain/facts";
import type { ChangeDetail } from "@/lib/domain/views/changes";
import type { Context } from "@/lib/operations/context";
import { limitContext } from "@/lib/operations/limit-context";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, GOLD, tenantOf } from "@/lib/operations/testing/fleet";
import {
  acquireLease,
  importRegistry,
  listChanges as listStored,
  markOperations,
  openStore,
  type Store,
  setChangeState,
} from "@/lib/store";
import { applyChange } from "./apply-change";
import { changeMarks } from "./change-marks";
import { listChanges } from "./list-changes";
import { planChange } from "./plan-change";

let store: Store;
/** What the brokers have. */
let quotas: QuotaRuleFact[] | null;
let reads: number;
let woken: number;

beforeAll(async () => {
  store = await openStore({ memory: true });
}, 60_000);
afterAll(() => store.close());
beforeEach(() => {
  quotas = [{ entity: { user: "acme" }, values: { producer_byte_rate: 50_000 } }];
  reads = 0;
  woken = 0;
});

function context(changes: Partial<Context> = {}): Context {
  const base = contextOf([fleetOf({ tenants: [tenantOf("acme")] })]);
  return contextOf([fleetOf({ tenants: [tenantOf("acme")] })], {
    actor: { name: "ada", role: "operator" },
    store,
    connection: (id) => ({ ...base.connection(id), mode: "operate" }),
    admin: {
      readConfigs: async () => ({ value: [], problems: [] }),
      readQuotas: async () => {
        reads += 1;
        return {
          value: quotas,
          problems: quotas === null ? [{ code: "forbidden", operation: "DescribeClientQuotas", message: "No." }] : [],
        };
      },
      alterQuotas: async (writes) =>
        writes.map(() => ({
          ok: false,
          problem: { code: "invalid", operation: "AlterClientQuotas", message: "Too small." },
          uncertain: false,
        })),
      readMetadata: async () => ({ value: null, problems: [] }),
      alterTopicConfigs: async () => [],
      createPartitions: async () => [],
    },
    changes: {
      wake: () => {
        woken += 1;
      },
      settled: async () => undefined,
    },
    ...changes,
  });
}

const request = (value: number) => ({
  kind: "quota-rule",
  clusterId: "c1",
  entity: { user: "acme" },
  values: { producer_byte_rate: value },
});
const plan = (value: number, more: object = {}, changes: Partial<Context> = {}): Promise<PlanView> =>
  planChange.run(context(changes), { request: request(value), ...more }) as Promise<PlanView>;
const apply = (value: number, more: object, changes: Partial<Context> = {}): Promise<ChangeDetail> =>
  applyChange.run(context(changes), { request: request(value), ...more }) as Promise<ChangeDetail>;
const TIER = { id: "gold", name: "Gold", model: "bridge", retentionMs: { default: 2_000, max: 1_000 } };
let keys = 0;
const key = () => `some-key-${++keys}`;
const confirmed = ({ confirm, fingerprint }: PlanView) => ({
  fingerprint,
  idempotencyKey: key(),
  reason: "ticket 42",
  ...(confirm.typeName === null ? {} : { typed: confirm.typeName }),
});
const count = async () => (await listStored(store, {}, { limit: 1 })).total;

describe("a plan", () => {
  it("is decided again on the facts that were read, without asking anybody", async () => {
    const first = await plan(40_000);
    expect(first.operations).toMatchObject([{ before: "50000", after: "40000", phase: "tighten" }]);
    const second = await plan(30_000, { factsId: first.factsId });
    expect(second.operations).toMatchObject([{ before: "50000", after: "30000" }]);
    expect(reads).toBe(1);
    expect(second.fingerprint).not.toBe(first.fingerprint);
    expect((await plan(40_000)).fingerprint).toBe(first.fingerprint);
    expect(woken).toBe(0);
  });

  it("tells what the brokers say to it, only when they are asked", async () => {
    expect((await plan(40_000)).validation).toBeNull();
    expect((await plan(40_000, { validate: true })).validation).toMatchObject({ ok: false, problems: [{ message: "Too small." }] });
  });

  it("says what could not be read, and refuses", async () => {
    quotas = null;
    const { refusals, problems } = await plan(40_000);
    expect(refusals[0]?.reason).toContain("could not be read: No.");
    expect(problems).toMatchObject([{ code: "forbidden" }]);
  });

  it.each([
    ["nothing", 0],
    ["less than nothing", -5],
    ["more than a number holds", 1e30],
    ["no number", Number.NaN],
    ["words", "7 dayz"],
  ])("names the field that holds %s", async (_what, value) => {
    await expect(planChange.run(context(), { request: request(value as number) })).rejects.toMatchObject({
      code: "invalid",
      details: [{ path: "request.values.producer_byte_rate" }],
    });
  });
});

describe("applying", () => {
  it("keeps who, why, what and the request's id before anything is done", async () => {
    const shown = await plan(40_000);
    const change = await apply(40_000, confirmed(shown));
    expect(change).toMatchObject({ actor: "ada", reason: "ticket 42", state: "waiting", correlationId: "r1", units: 1 });
    expect(change.operationList).toMatchObject([{ before: "50000", after: "40000", state: "pending" }]);
    expect(woken).toBe(1);
    const page = (await listChanges.run(context(), { cluster: "c1" })) as { rows: { id: number }[] };
    expect(page.rows[0]?.id).toBe(change.id);
    await expect(apply(30_000, confirmed(await plan(30_000)))).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(String(change.id)),
    });
  });

  it("is a mark on the charts of its cluster once something of it was written", async () => {
    const marks = () => changeMarks(context(), { clusterId: "c1" }, Date.parse(AT) - 60_000, Date.parse(AT) + 60_000);
    expect(await marks()).toEqual([]);
    const [open] = (await listStored(store, {}, { limit: 1 })).rows;
    const fence = await acquireLease(store, "changes", "me", 60_000);
    if (open === undefined || fence === null) throw new Error("There is nothing to carry out.");
    await markOperations(store, fence, open.id, [{ index: 0, state: "applied", at: AT }]);
    await setChangeState(store, fence, open.id, { state: "applied", message: null, finishedAt: AT });
    expect(await marks()).toEqual([{ id: open.id, title: open.title, actor: "ada", at: AT }]);
  });

  it("is not there to be taken back for whose role is limited to others", async () => {
    const [known] = (await listStored(store, {}, { limit: 1 })).rows;
    const limits = { tenants: ["other"], tiers: [], clusters: [] };
    const limited = limitContext(context({ actor: { name: "eve", role: "operator", limits } }), limits);
    const revert = (changeId: number | undefined) => planChange.run(limited, { request: { kind: "revert", changeId } });
    await expect(revert(known?.id)).rejects.toMatchObject({ code: "not_found", message: `There is no change ${known?.id}.` });
    await expect(revert(9_999)).rejects.toMatchObject({ code: "not_found", message: "There is no change 9999." });
  });

  it("does the same only once for one key", async () => {
    quotas = [{ entity: { user: "acme" }, values: { producer_byte_rate: 1 } }];
    const other = { request: { ...request(5), entity: { user: "other" } } };
    const shown = (await planChange.run(context(), other)) as PlanView;
    const given = { ...other, ...confirmed(shown) };
    const before = await count();
    const [a, b] = await Promise.all([applyChange.run(context(), given), applyChange.run(context(), given)]);
    expect((a as ChangeDetail).id).toBe((b as ChangeDetail).id);
    expect(await count()).toBe(before + 1);
    // Written by now: a plan would find nothing to do.
    quotas = [{ entity: { user: "other" }, values: { producer_byte_rate: 5 } }];
    expect(((await applyChange.run(context(), given)) as ChangeDetail).id).toBe((a as ChangeDetail).id);
    await expect(applyChange.run(context(), { ...given, request: { ...request(6), entity: { user: "other" } } })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("changes nothing when a value has moved since, and says which", async () => {
    const shown = await plan(20_000);
    quotas = [{ entity: { user: "acme" }, values: { producer_byte_rate: 77_000 } }];
    const before = await count();
    await expect(apply(20_000, { ...confirmed(shown), factsId: shown.factsId })).rejects.toMatchObject({
      code: "precondition_failed",
      details: [{ path: "quota c1 user acme producer_byte_rate", message: "was 50000 and is 77000 now" }],
    });
    expect(await count()).toBe(before);
  });

  it.each([
    ["support", { actor: { name: "sam", role: "support" as const } }, "forbidden"],
    ["product", { actor: { name: "pam", role: "product" as const } }, "forbidden"],
  ])("is for operators: %s may not", async (_who, changes, code) => {
    const shown = await plan(40_000);
    await expect(apply(40_000, confirmed(shown), changes)).rejects.toMatchObject({ code });
  });

  it("refuses a cluster that is only observed, and one that is managed elsewhere", async () => {
    const base = contextOf();
    const observed = { connection: base.connection };
    expect((await plan(40_000, {}, observed)).refusals[0]?.reason).toContain("connected to be observed");
    await expect(apply(40_000, confirmed(await plan(40_000)), observed)).rejects.toMatchObject({ code: "invalid" });
    const terraform: Partial<Context> = {
      connection: (id) => ({ ...base.connection(id), mode: "operate", managedElsewhere: "Terraform" }),
    };
    const shown = await plan(40_000, {}, terraform);
    expect(shown.patch).toEqual({
      whole: true,
      by: "Terraform",
      text: "kafka-configs.sh --alter --entity-type users --entity-name acme --add-config producer_byte_rate=40000",
    });
    await expect(apply(40_000, confirmed(shown), terraform)).rejects.toMatchObject({ code: "conflict" });
  });

  it.each<[string, object]>([
    ["a quota of a tenant that was deleted meanwhile", { kind: "quota", scope: { tenantIds: ["gone"] }, produceBytesPerSecond: 5 }],
    ["a topic that is not there", { kind: "retention", scope: { topics: [{ clusterId: "c1", topic: "acme.gone" }] }, retentionMs: 5_000 }],
    ["a cluster that is not there", { ...request(5), clusterId: "c9" }],
    ["a brake's release where there is none", { kind: "brake-release", tenantId: "acme" }],
    ["a tier that is not there", { kind: "tier", scope: { tenantIds: ["acme"] }, tierId: "lead" }],
    ["a tier whose default is above its bound", { kind: "tier-definition", tier: TIER }],
  ])("refuses %s: nothing is kept and nobody is woken", async (_what, asked) => {
    const before = await count();
    const shown = (await planChange.run(context(), { request: asked })) as PlanView;
    expect(shown.refusals).not.toEqual([]);
    const given = { request: asked, ...confirmed(shown) };
    await expect(applyChange.run(context(), given)).rejects.toMatchObject({
      code: "invalid",
      details: [{ path: expect.stringMatching(/^request/) }],
    });
    expect([await count(), woken]).toEqual([before, 0]);
  });

  it("refuses what was planned for a tenant that is gone by now", async () => {
    const [tier, { tenant }] = [GOLD, tenantOf("acme")];
    await importRegistry(store, { tiers: [tier], tenants: [tenant], services: [], sha256: "1" }, "ada", new Date(AT));
    const asked = { kind: "tier", scope: { tenantIds: ["acme"] }, tierId: "gold" };
    const shown = (await planChange.run(context(), { request: asked })) as PlanView;
    expect(shown.refusals).toEqual([]);
    const empty = fleetOf({ tenants: [] });
    const before = await count();
    const later = applyChange.run(context({ fleet: () => empty }), { request: asked, ...confirmed(shown) });
    await expect(later).rejects.toMatchObject({ code: "invalid", details: [{ path: "request.tenantIds" }] });
    expect([await count(), woken]).toEqual([before, 0]);
  });

  it("has nothing to do when the value is there already", async () => {
    const shown = await plan(50_000);
    expect(shown.operations).toEqual([]);
    await expect(apply(50_000, confirmed(shown))).rejects.toMatchObject({ code: "invalid" });
  });
});
