import { Tier } from "@/lib/domain/tier";
import { openStore } from "@/lib/store/open-store";
import { importRegistry } from "@/lib/store/registry/import-registry";

/** A program for tests: imports one tenant after the other into a folder and says each that was acknowledged, until it is killed. */
async function main(dataDir: string): Promise<void> {
  const store = await openStore({ dataDir });
  const tiers = [Tier.parse({ id: "t", name: "T", model: "pool" })];
  for (let index = 0; ; index++) {
    const tenants = [{ id: `tenant-${index}`, name: `Tenant ${index}`, tier: "t", placements: [] }];
    await importRegistry(store, { tiers, tenants, services: [], sha256: "0" }, "tester", new Date());
    process.stdout.write(`tenant-${index}\n`);
  }
}

await main(process.argv[2] ?? "");
