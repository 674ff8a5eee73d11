import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Override } from "@/lib/domain/override";
import type { ServicePrincipal } from "@/lib/domain/principal";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import { listPriceSets, setPrices } from "@/lib/store/prices/price-sets";
import { type Declarations, importRegistry } from "@/lib/store/registry/import-registry";
import { listImports } from "@/lib/store/registry/list-imports";
import { readRegistry } from "@/lib/store/registry/read-registry";
import { readRegistryVersion } from "@/lib/store/registry/registry-version";
import { priceSets } from "@/lib/store/schema";
import type { Store } from "@/lib/store/store";

const NOW = new Date("2026-05-01T10:00:00.000Z");

const gold = Tier.parse({
  id: "gold",
  name: 'Gold "<b>" ü',
  model: "bridge",
  produceBytesPerSecond: "5 MB/s",
  requestPercent: 12.5,
  retentionMs: { default: "7 days" },
  partitions: { perTopicMax: 12 },
  pricePerMonth: 99.9,
});
const plain = Tier.parse({ id: "plain", name: "Plain", model: "pool" });
const acme = Tenant.parse({
  id: "acme",
  name: "Acme <script>'\"; drop table tenants; -- 東京",
  tier: "gold",
  requirements: { ownEncryptionKey: true, forgetWithinMs: "30 days" },
  placements: [
    {
      cluster: "shared-1",
      model: "bridge",
      topics: [{ prefix: "acme." }, { expression: "acme\\d+" }],
      principals: [{ kind: "scram", name: "acme-app", share: 0.25 }],
      clientIds: ["acme-app"],
      share: 0.5,
    },
    { cluster: "shared-1", model: "pool", stream: "audit", record: { payloadPath: "$.tenant.id" }, recordValue: "Acme GmbH" },
  ],
});
const bolt = Tenant.parse({ id: "bolt", name: "Bolt", tier: "plain" });
const connect: ServicePrincipal = { cluster: "shared-1", principal: { kind: "mtls", name: "CN=connect,O=x" }, role: "ours" };

function declare(change: Partial<Declarations>): Declarations {
  return { tiers: [], tenants: [], services: [], sha256: "0".repeat(64), ...change };
}

export function registrySuite(open: () => Store): void {
  const importing = (change: Partial<Declarations>) => importRegistry(open(), declare(change), "tester", NOW);

  describe("the registry", () => {
    it("starts empty, at version 0", async () => {
      expect(await readRegistry(open())).toEqual({ version: 0, tiers: [], tenants: [], services: [] });
    });

    it("gives back what was imported, to the letter", async () => {
      const counts = await importing({ tiers: [gold, plain], tenants: [acme, bolt], services: [connect] });
      expect(counts).toEqual({
        tiers: { created: 2, updated: 0, unchanged: 0 },
        tenants: { created: 2, updated: 0, unchanged: 0 },
        services: { created: 1, updated: 0, unchanged: 0 },
      });
      expect(await readRegistry(open())).toEqual({ version: 1, tiers: [gold, plain], tenants: [acme, bolt], services: [connect] });
    });

    it("keeps its version when the same comes again, and logs the import all the same", async () => {
      const counts = await importing({ tiers: [gold, plain], tenants: [acme, bolt], services: [connect] });
      expect(counts.tenants).toEqual({ created: 0, updated: 0, unchanged: 2 });
      expect(await readRegistryVersion(open())).toBe(1);
      expect(await listImports(open(), 10)).toMatchObject([
        { actor: "tester", at: NOW, registryVersion: 1, counts: { tenants: { unchanged: 2 } } },
        { registryVersion: 1, counts: { tenants: { created: 2 } } },
      ]);
    });

    it("replaces the placements of a tenant that is named, as a whole, and leaves everything that is not named", async () => {
      const [, audit] = acme.placements;
      const moved = { ...acme, placements: audit === undefined ? [] : [audit] };
      const counts = await importing({ tenants: [moved] });
      expect(counts.tenants).toEqual({ created: 0, updated: 1, unchanged: 0 });
      const registry = await readRegistry(open());
      expect(registry).toEqual({ version: 2, tiers: [gold, plain], tenants: [moved, bolt], services: [connect] });
      await importing({ tenants: [acme] });
      expect((await readRegistry(open())).tenants).toEqual([acme, bolt]);
    });

    it("keeps overrides and who manages a tenant while a file does not speak of them, and takes what it says", async () => {
      const until = { until: "2027-01-01T00:00:00.000Z", atEnd: "take-back" as const };
      const about = { reason: "Peak <season>", author: "ada", at: "2026-05-01T00:00:00.000Z" };
      const week: Override = {
        setting: "retentionMs",
        value: 604_800_000,
        on: { cluster: "shared-1", topic: "acme.a" },
        ...about,
        ...until,
      };
      const none: Override = { setting: "produceQuotaBytesPerSecond", value: null, ...about };
      const declared: Tenant = { ...acme, overrides: [week, none], managedElsewhere: "Terraform" };
      const read = async () => (await readRegistry(open())).tenants[0];
      expect((await importing({ tenants: [declared] })).tenants).toEqual({ created: 0, updated: 1, unchanged: 0 });
      expect(await read()).toEqual(declared);
      expect((await importing({ tenants: [declared] })).tenants).toMatchObject({ unchanged: 1 });
      expect((await importing({ tenants: [acme] })).tenants).toMatchObject({ unchanged: 1 });
      expect(await read()).toEqual(declared);
      expect((await importing({ tenants: [{ ...acme, overrides: [none] }] })).tenants).toMatchObject({ updated: 1 });
      expect(await read()).toEqual({ ...declared, overrides: [none] });
      expect((await importing({ tenants: [{ ...acme, managedElsewhere: "CDK" }] })).tenants).toMatchObject({ updated: 1 });
      expect((await importing({ tenants: [{ ...acme, overrides: [] }] })).tenants).toMatchObject({ updated: 1 });
      expect(await read()).toEqual({ ...acme, managedElsewhere: "CDK" });
      expect((await importing({ tenants: [{ ...acme, overrides: [] }] })).tenants).toMatchObject({ unchanged: 1 });
    });

    it("knows that a tier is archived, until a file brings it back", async () => {
      const counts = await importing({ tiers: [{ ...plain, archived: true }] });
      expect(counts.tiers).toEqual({ created: 0, updated: 1, unchanged: 0 });
      expect((await readRegistry(open())).tiers[1]).toEqual({ ...plain, archived: true });
      expect((await importing({ tiers: [{ ...plain, archived: true }] })).tiers).toMatchObject({ unchanged: 1 });
      await importing({ tiers: [plain] });
      expect((await readRegistry(open())).tiers[1]).toEqual(plain);
    });

    it("updates a tier, a tenant without placements and a service", async () => {
      const noted: ServicePrincipal = { ...connect, role: "service", note: "Kafka Connect" };
      await importing({ tiers: [{ ...plain, name: "Basic" }], tenants: [{ ...bolt, name: "Bolt Ltd" }], services: [noted] });
      const registry = await readRegistry(open());
      expect(registry.tiers[1]?.name).toBe("Basic");
      expect(registry.tenants[1]?.name).toBe("Bolt Ltd");
      expect(registry.services).toEqual([noted]);
    });

    it("takes all of a file or nothing of it", async () => {
      const before = await readRegistry(open());
      const imports = (await listImports(open(), 100)).length;
      const lost = { ...bolt, id: "lost", tier: "platinum" };
      await expect(importing({ tiers: [{ ...gold, name: "Other" }], tenants: [{ ...bolt, name: "Other" }, lost] })).rejects.toMatchObject({
        code: "invalid",
        details: [{ path: "tenants[1].tier", message: 'there is no tier "platinum"' }],
      });
      await expect(importing({ tenants: [{ ...bolt, name: "nul \u0000" }] })).rejects.toMatchObject({ code: "invalid" });
      expect(await readRegistry(open())).toEqual(before);
      expect(await listImports(open(), 100)).toHaveLength(imports);
    });

    it("refuses what is declared twice, with its place", async () => {
      const twice = { ...acme, placements: [...acme.placements, ...acme.placements.slice(0, 1)] };
      await expect(importing({ tenants: [bolt, bolt, twice] })).rejects.toMatchObject({
        code: "invalid",
        details: [{ path: "tenants[1]" }, { path: "tenants[2].placements[2]" }],
      });
    });

    it("lets imports at the same time wait for each other", async () => {
      const before = await readRegistryVersion(open());
      const names = Array.from({ length: 5 }, (_, index) => `parallel-${index}`);
      await Promise.all(
        names.map((id) =>
          importing({
            tenants: [
              { ...bolt, id },
              { ...bolt, id: "parallel" },
            ],
          }),
        ),
      );
      const ids = (await readRegistry(open())).tenants.map((tenant) => tenant.id);
      expect(ids).toEqual(expect.arrayContaining([...names, "parallel"]));
      expect(await readRegistryVersion(open())).toBe(before + 5);
    });

    it("keeps its log from being changed", async () => {
      await expect(open().run((db) => db.execute(sql`update import_log set actor = 'nobody'`))).rejects.toThrow();
      await expect(open().run((db) => db.execute(sql`delete from import_log`))).rejects.toThrow();
      expect((await listImports(open(), 1))[0]?.actor).toBe("tester");
    });
  });

  describe("prices", () => {
    const set = (region: string, dollars: number, minute: number) => ({
      region,
      prices: { metric: dollars },
      by: "anna",
      at: `2026-05-01T10:0${minute}:00.000Z`,
      reason: "discount",
    });

    it("of which the newest of each region is in force, and the others stay on record", async () => {
      const before = await readRegistryVersion(open());
      for (const one of [set("us-east-1", 1, 0), set("eu-central-1", 2, 1), set("us-east-1", 3, 2)]) await setPrices(open(), one);
      expect((await readRegistry(open())).prices).toEqual([set("eu-central-1", 2, 1), set("us-east-1", 3, 2)]);
      expect(await readRegistryVersion(open())).toBe(before + 3);
      expect(await listPriceSets(open(), "us-east-1", 10)).toEqual([set("us-east-1", 3, 2), set("us-east-1", 1, 0)]);
    });

    it("that nobody alters", async () => {
      await expect(open().run((db) => db.delete(priceSets))).rejects.toThrow();
      await expect(open().run((db) => db.update(priceSets).set({ reason: "x" }))).rejects.toThrow();
    });
  });
}
