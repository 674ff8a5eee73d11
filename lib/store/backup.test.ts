import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { openStore } from "./open-store";
import { fillForBackup, tellBackedUp } from "./testing/backed-up";

it("the embedded database is backed up as a copy of its folder, and restored as one", { timeout: 120_000 }, async () => {
  const root = await mkdtemp(path.join(tmpdir(), "backup-"));
  try {
    const live = path.join(root, "data");
    const store = await openStore({ dataDir: live });
    await fillForBackup(store);
    const told = await tellBackedUp(store);
    await store.close();
    await cp(live, path.join(root, "backup"), { recursive: true });
    await rm(live, { recursive: true });
    await cp(path.join(root, "backup"), live, { recursive: true });
    const restored = await openStore({ dataDir: live });
    expect(await tellBackedUp(restored)).toBe(told);
    await expect(restored.run((db) => db.execute(sql`delete from audit_entries`))).rejects.toThrow();
    await restored.close();
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
