import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "@/lib/domain/change/canonical-json";
import type { PlannedOperation, Target } from "@/lib/domain/change/operation";
import type { Override } from "@/lib/domain/override";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import { applyDeclarations } from "@/lib/store/changes/apply-declarations";
import { listOperations } from "@/lib/store/changes/list-operations";
import { readChange } from "@/lib/store/changes/read-change";
import { setChangeState } from "@/lib/store/changes/set-change-state";
import { importRegistry } from "@/lib/store/registry/import-registry";
import { readRegistry } from "@/lib/store/registry/read-registry";
import { readRegistryVersion } from "@/lib/store/registry/registry-version";
import type { Store } from "@/lib/store/store";
import { AT, atMinute, retention, stored } from "./changes";
import { takeLease } from "./lease-suite";

const gold = Tier.parse({ id: "d-gold", name: "Gold", model: "bridge", produceBytesPerSecond: 1_000_000, retentionMs: { default: 1 } });
const silver = Tier.parse({ id: "d-silver", name: "Silver", model: "bridge" });
const old = Tier.parse({ id: "d-old", name: "Old", model: "bridge", archived: true });
const about = { reason: "Trial", author: "ada", at: AT };
const week: Override = { setting: "retentionMs", value: 604_800_000, on: { cluster: "d-1" }, ...about };
const size: Override = { setting: "maxMessageBytes", value: null, ...about };

/** Declarations are written where they are what the plan saw, exactly once, and else it is said what stands there. */
export function declarationSuite(open: () => Store): void {
  const tenant = (id: string, change: Partial<Tenant> = {}) =>
    Tenant.parse({ id, name: id, tier: gold.id, placements: [{ cluster: "d-1", model: "bridge" }], ...change });
  const declare = (id: string, change: Partial<Tenant> = {}, tiers = [gold, silver, old]) =>
    importRegistry(open(), { tiers, tenants: [tenant(id, change)], services: [], sha256: "0" }, "ada", new Date(AT));
  const read = async (id: string) => (await readRegistry(open())).tenants.find((one) => one.id === id);
  const readTier = async (id: string) => (await readRegistry(open())).tiers.find((one) => one.id === id);
  const write = (target: Target, before: unknown, after: unknown): PlannedOperation => ({
    target,
    before: before === null ? null : canonicalJson(before),
    after: after === null ? null : canonicalJson(after),
    phase: "declare",
    unit: "tenantId" in target ? `tenant:${target.tenantId}` : "tier:d",
    note: null,
  });
  const onTier = (tenantId: string, before: string, after: string) => write({ kind: "tenant-tier", tenantId }, before, after);
  const override = (tenantId: string, before: Override | null, after: Override | null) => {
    const { setting, on } = before ?? after ?? week;
    return write({ kind: "override", tenantId, setting, ...(on === undefined ? {} : { on }) }, before, after);
  };
  const tier = (tierId: string, before: Tier | null, after: Tier | null) => write({ kind: "tier", tierId }, before, after);
  const manager = (tenantId: string, before: string | null, after: string | null) =>
    write({ kind: "managed-elsewhere", tenantId }, before, after);

  /** Stores a change of these operations, carries them out and answers its id and what they came to. */
  const apply = async (...operations: PlannedOperation[]) => {
    const { id } = await stored(open(), { operations: [...operations, retention("d-1", `of-${operations.length}`, "tenant:other")] });
    return { id, marks: await again(id, operations.length) };
  };
  const again = async (id: number, count: number) => {
    const fence = await takeLease(open(), "declarations");
    const operations = await listOperations(open(), id, { limit: count });
    return applyDeclarations(open(), fence, id, operations, atMinute(5));
  };
  const said = async (...operations: PlannedOperation[]) => (await apply(...operations)).marks.map(({ message }) => message);

  describe("declarations of a change", () => {
    it("are written and marked together, and the registry's version grows once", async () => {
      await declare("d-all", { overrides: [size] });
      const version = await readRegistryVersion(open());
      const { id, marks } = await apply(
        onTier("d-all", "d-gold", "d-silver"),
        override("d-all", null, week),
        override("d-all", size, null),
        manager("d-all", null, "Terraform"),
        tier("d-silver", silver, { ...silver, name: "Silver II", lagObjectiveMs: 60_000 }),
      );
      expect(marks).toEqual([0, 1, 2, 3, 4].map((index) => ({ index, state: "applied", message: null, at: atMinute(5) })));
      expect(await read("d-all")).toEqual(tenant("d-all", { tier: silver.id, overrides: [week], managedElsewhere: "Terraform" }));
      expect(await readTier("d-silver")).toEqual({ ...silver, name: "Silver II", lagObjectiveMs: 60_000 });
      expect(await readRegistryVersion(open())).toBe(version + 1);
      expect((await readChange(open(), id))?.counts).toEqual({ applied: 5, pending: 1 });
      expect((await listOperations(open(), id, { state: "applied", limit: 9 })).map(({ at }) => at)).toEqual(Array(5).fill(atMinute(5)));
    });

    it("are written exactly once, also when it is asked again after the process ended", async () => {
      await declare("d-once");
      const { id, marks } = await apply(onTier("d-once", "d-gold", "d-silver"));
      await declare("d-once");
      const version = await readRegistryVersion(open());
      expect(await again(id, 1)).toEqual(marks);
      expect((await read("d-once"))?.tier).toBe("d-gold");
      expect(await readRegistryVersion(open())).toBe(version);
    });

    it("see what those before them in the same change wrote", async () => {
      await declare("d-chain");
      const longer = { ...week, value: 1_209_600_000 };
      const { marks } = await apply(
        override("d-chain", null, week),
        override("d-chain", week, longer),
        onTier("d-chain", "d-gold", "d-silver"),
      );
      expect(marks.map(({ state }) => state)).toEqual(["applied", "applied", "applied"]);
      expect(await read("d-chain")).toMatchObject({ tier: "d-silver", overrides: [longer] });
    });

    it("keep the other overrides and their order", async () => {
      await declare("d-order", { overrides: [week, size] });
      await apply(override("d-order", week, { ...week, value: 5 }));
      expect((await read("d-order"))?.overrides).toEqual([{ ...week, value: 5 }, size]);
      await apply(override("d-order", size, null), override("d-order", { ...week, value: 5 }, null));
      expect(await read("d-order")).toEqual(tenant("d-order"));
    });

    it("make a tier, and take it away again as long as it has no tenant", async () => {
      const fresh = { ...gold, id: "d-fresh", name: "Fresh" };
      expect(await said(tier("d-fresh", null, fresh))).toEqual([null]);
      expect(await readTier("d-fresh")).toEqual(fresh);
      await declare("d-on-fresh", { tier: "d-fresh" });
      expect(await said(tier("d-fresh", fresh, null))).toEqual(['The tier "d-fresh" has a tenant.']);
      expect(await said(onTier("d-on-fresh", "d-fresh", "d-gold"), tier("d-fresh", fresh, null))).toEqual([null, null]);
      expect(await readTier("d-fresh")).toBeUndefined();
    });

    it("archive a tier", async () => {
      const plain = { ...gold, id: "d-archive" };
      await said(tier("d-archive", null, plain), tier("d-archive", plain, { ...plain, archived: true }));
      expect(await readTier("d-archive")).toEqual({ ...plain, archived: true });
    });
  });

  describe("a declaration that is not what the plan saw", () => {
    it.each<[string, Partial<Tenant>, (id: string) => PlannedOperation, string]>([
      ["another tier", { tier: "d-silver" }, (id) => onTier(id, "d-gold", "d-gold"), 'The tenant is on the tier "d-silver".'],
      ["an archived tier", {}, (id) => onTier(id, "d-gold", "d-old"), 'The tier "d-old" is archived: no tenant can be put on it.'],
      ["a tier that is not there", {}, (id) => onTier(id, "d-gold", "d-none"), 'There is no tier "d-none".'],
      ["no override", {}, (id) => override(id, week, null), "There is no override of retentionMs on d-1."],
      [
        "another override",
        { overrides: [{ ...week, value: 1, author: "grace" }] },
        (id) => override(id, week, null),
        `The override of retentionMs on d-1 is 1, declared by grace at ${AT}.`,
      ],
      [
        "an override where none was",
        { overrides: [size] },
        (id) => override(id, null, { ...size, value: 5 }),
        `The override of maxMessageBytes is whatever the cluster has, declared by ada at ${AT}.`,
      ],
      ["no placement any more", {}, (id) => override(id, null, { ...week, on: { cluster: "d-2" } }), "The tenant has no placement on d-2."],
      ["managed here", {}, (id) => manager(id, "CDK", null), "The tenant is managed by the console."],
      ["managed elsewhere", { managedElsewhere: "CDK" }, (id) => manager(id, null, "Terraform"), 'The tenant is managed by "CDK".'],
    ])("stays, and it is said what stands there: %s", async (what, change, operation, sentence) => {
      const id = `d-${what.replaceAll(" ", "-")}`;
      await declare(id, change);
      const before = await read(id);
      const version = await readRegistryVersion(open());
      const { id: changeId, marks } = await apply(operation(id));
      expect(marks).toEqual([{ index: 0, state: "conflict", message: sentence, at: atMinute(5) }]);
      expect((await readChange(open(), changeId))?.counts).toEqual({ conflict: 1, pending: 1 });
      expect(await read(id)).toEqual(before);
      expect(await readRegistryVersion(open())).toBe(version);
    });

    it("is told of a tenant and of tiers, too", async () => {
      await declare("d-told");
      expect(await said(onTier("d-nobody", "d-gold", "d-silver"))).toEqual(['There is no tenant "d-nobody".']);
      expect(await said(tier("d-none", gold, null))).toEqual(['There is no tier "d-none".']);
      expect(await said(tier("d-gold", null, gold))).toEqual(['There is a tier "d-gold" already: Gold.']);
      const { retentionMs, ...plain } = gold;
      expect(await said(tier("d-gold", { ...plain, produceBytesPerSecond: 5, pricePerMonth: 9 }, gold))).toEqual([
        `The tier "d-gold" was changed: pricePerMonth is not declared, produceBytesPerSecond is 1000000, retentionMs is ${canonicalJson(retentionMs)}.`,
      ]);
    });

    it("stops itself alone: the others of its change are written", async () => {
      await declare("d-beside", { tier: "d-silver" });
      const { marks } = await apply(onTier("d-beside", "d-gold", "d-silver"), override("d-beside", null, week));
      expect(marks.map(({ state }) => state)).toEqual(["conflict", "applied"]);
      expect(await read("d-beside")).toMatchObject({ tier: "d-silver", overrides: [week] });
    });
  });

  describe("declarations that cannot be written", () => {
    it("leave neither the declaration nor the mark", async () => {
      await declare("d-whole");
      const { id } = await stored(open(), {
        operations: [onTier("d-whole", "d-gold", "d-silver"), retention("d-1", "whole", "tenant:d-whole")],
      });
      const expected = async () => {
        expect((await read("d-whole"))?.tier).toBe("d-gold");
        expect((await readChange(open(), id))?.counts).toEqual({ pending: 2 });
      };
      await expect(again(id, 2)).rejects.toThrow("writes to a cluster");
      await expected();
      const lost = await takeLease(open(), "declarations/lost", "a", -1);
      await takeLease(open(), "declarations/lost", "b");
      const operations = await listOperations(open(), id, { limit: 1 });
      await expect(applyDeclarations(open(), lost, id, operations, AT)).rejects.toMatchObject({ code: "conflict" });
      await expected();
      await open().run((db) => db.execute(sql`alter table registry_version add constraint never check (version < 0) not valid`));
      try {
        await expect(again(id, 1)).rejects.toThrow();
      } finally {
        await open().run((db) => db.execute(sql`alter table registry_version drop constraint never`));
      }
      await expected();
      const fence = await takeLease(open(), "declarations");
      await setChangeState(open(), fence, id, { state: "cancelled", message: null, finishedAt: AT });
      expect((await again(id, 1)).map(({ state }) => state)).toEqual(["not-attempted"]);
      expect((await read("d-whole"))?.tier).toBe("d-gold");
    });

    it("of changes and imports at the same time wait for each other, and one of two that want the same is a conflict", async () => {
      await declare("d-race");
      const ids = await Promise.all(
        ["d-silver", "d-old", "d-silver"].map(
          async (to) => (await stored(open(), { kind: "brake", operations: [onTier("d-race", "d-gold", to)] })).id,
        ),
      );
      const marks = await Promise.all([...ids.map((id) => again(id, 1)), declare("d-race-other").then(() => [])]);
      const states = marks.flat().map(({ state }) => state);
      expect(states.toSorted()).toEqual(["applied", "conflict", "conflict"]);
      expect((await read("d-race"))?.tier).toBe("d-silver");
    });
  });
}
