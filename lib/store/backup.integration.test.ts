import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { Pool } from "pg";
import { expect, it } from "vitest";
import { postgresBin } from "@/scripts/lib/postgres.mjs";
import { openStore } from "./open-store";
import { fillForBackup, tellBackedUp } from "./testing/backed-up";

const serverUrl = process.env.TEST_DATABASE_URL;

it.runIf(serverUrl !== undefined)("PostgreSQL is backed up by pg_dump, and restored by pg_restore", async () => {
  const bin = postgresBin() ?? "";
  const id = randomUUID().replaceAll("-", "");
  const server = new URL(serverUrl ?? "postgres://localhost/postgres");
  const [source, target] = [new URL(`/source_${id}`, server).href, new URL(`/target_${id}`, server).href];
  const admin = new Pool({ connectionString: server.href, max: 1 });
  try {
    for (const name of ["source", "target"]) await admin.query(`create database ${name}_${id}`);
    const store = await openStore({ databaseUrl: source });
    await fillForBackup(store);
    const told = await tellBackedUp(store);
    await store.close();
    const dump = execFileSync(join(bin, "pg_dump"), ["--format=custom", source], { maxBuffer: 256 * 1024 * 1024 });
    execFileSync(join(bin, "pg_restore"), ["--exit-on-error", "--dbname", target], { input: dump });
    const restored = await openStore({ databaseUrl: target });
    expect(await tellBackedUp(restored)).toBe(told);
    await expect(restored.run((db) => db.execute(sql`update audit_entries set actor = 'x'`))).rejects.toThrow();
    await restored.close();
  } finally {
    for (const name of ["source", "target"]) await admin.query(`drop database if exists ${name}_${id} with (force)`);
    await admin.end();
  }
});
