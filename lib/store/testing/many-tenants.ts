import { expect } from "vitest";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import { importRegistry } from "@/lib/store/registry/import-registry";
import { readRegistry } from "@/lib/store/registry/read-registry";
import type { Store } from "@/lib/store/store";

/** Imports so many tenants, then the same with one changed, and reads them all back. */
export async function importMany(store: Store, count: number): Promise<void> {
  const tiers = [Tier.parse({ id: "many", name: "Many", model: "bridge" })];
  const tenants = Array.from({ length: count }, (_, index) =>
    Tenant.parse({
      id: `many-${index}`,
      name: `Tenant ${index}`,
      tier: "many",
      placements: [
        { cluster: "c", model: "bridge", topics: [{ prefix: `many-${index}.` }], principals: [{ kind: "scram", name: `u${index}` }] },
      ],
    }),
  );
  const now = new Date("2026-05-02T00:00:00Z");
  const first = await importRegistry(store, { tiers, tenants, services: [], sha256: "a" }, "tester", now);
  expect(first.tenants).toEqual({ created: count, updated: 0, unchanged: 0 });
  const changed = tenants.map((tenant, index) => (index === count - 1 ? { ...tenant, name: "Changed" } : tenant));
  const second = await importRegistry(store, { tiers, tenants: changed, services: [], sha256: "b" }, "tester", now);
  expect(second.tenants).toEqual({ created: 0, updated: 1, unchanged: count - 1 });
  const read = (await readRegistry(store)).tenants.filter((tenant) => tenant.id.startsWith("many-"));
  expect(read).toHaveLength(count);
  expect(read.find((tenant) => tenant.id === `many-${count - 1}`)?.name).toBe("Changed");
}
