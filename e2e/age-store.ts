import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sandboxDir } from "@/scripts/lib/layout.mjs";
import { NET } from "./oracle";

/** Makes what a console keeps older than it is, by statements on its embedded database. The console must not run meanwhile. */
export async function ageStore(name: string, ...statements: string[]): Promise<void> {
  const database = await PGlite.create(join(sandboxDir(NET), name, "pglite"));
  for (const statement of statements) await database.exec(statement);
  await database.close();
}
