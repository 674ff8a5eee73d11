import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "./open-store";
import { leases } from "./schema";
import type { Store } from "./store";
import { importMany } from "./testing/many-tenants";
import { storeSuites } from "./testing/suites";

const serverUrl = process.env.TEST_DATABASE_URL;

describe.runIf(serverUrl !== undefined)("on PostgreSQL", () => {
  const name = `store_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(serverUrl ?? "postgres://localhost/postgres");
  const admin = new Pool({ connectionString: url.href, max: 1 });
  const databaseUrl = new URL(`/${name}`, url).href;
  const broken: Error[] = [];
  let store: Store;

  beforeAll(async () => {
    await admin.query(`create database ${name}`);
    // Replicas that start together meet on the empty database.
    const [first, ...others] = await Promise.all(
      [1, 2, 3].map(() => openStore({ databaseUrl }, { onBackgroundError: (error) => broken.push(error) })),
    );
    if (first === undefined) throw new Error("No store was opened.");
    store = first;
    await Promise.all(others.map((other) => other.close()));
  });

  afterAll(async () => {
    await store?.close();
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  });

  storeSuites(() => store);

  it("takes 50,000 tenants", () => importMany(store, 50_000));

  it("keeps serving after failed transactions: none keeps its connection", async () => {
    const failures = Array.from({ length: 25 }, () => store.transaction((session) => session.run((db) => db.execute(sql`select 1 / 0`))));
    for (const result of await Promise.allSettled(failures))
      expect(result).toMatchObject({ status: "rejected", reason: { code: "invalid" } });
    expect(await store.run((db) => db.select().from(leases).limit(1))).toBeDefined();
  });

  it("survives connections that the server ends, idle or in a transaction", async () => {
    const end = () => admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
    const cut = store.transaction(async (session) => {
      await end();
      await session.run((db) => db.execute(sql`select 1`));
    });
    await expect(cut).rejects.toMatchObject({ code: "unavailable" });
    const answers = () => store.run((db) => db.execute(sql`select 1 as one`)).then(({ rows }) => rows.length);
    await expect.poll(() => answers().catch(() => 0)).toBe(1);
    await end();
    await expect.poll(() => broken.length).toBeGreaterThan(0);
    await expect.poll(() => answers().catch(() => 0)).toBe(1);
  });

  it("refuses a database that is not there, by name and without the password", async () => {
    const wrong = new URL("/no_such_database", url);
    const opening = openStore({ databaseUrl: wrong.href });
    await expect(opening).rejects.toMatchObject({ code: "unavailable" });
  });
});
