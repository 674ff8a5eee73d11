import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import path from "node:path";

const DATABASE = "pglite";
const UNFINISHED = "pglite.new-";
const DEADLINE_MS = 180_000;

/** Ends when the process that started it does, so that nobody writes into a folder that was given up. */
const PROGRAM = `
  import { PGlite } from "@electric-sql/pglite";
  process.stdin.on("end", () => process.exit(1)).resume();
  const database = await PGlite.create(process.argv[1]);
  await database.close();
  process.exit(0);
`;

/**
 * The PGlite database inside `folder`, made if there is none. It is made under another name and renamed when it is whole, so a
 * process that dies meanwhile leaves nothing half-made behind; and by a process of its own, because making it takes a few hundred
 * megabytes that WebAssembly never gives back. Where no process can be started, the database is made by whoever opens it.
 */
export async function initialiseFolder(folder: string): Promise<string> {
  const database = path.join(folder, DATABASE);
  for (const name of await readdir(folder)) {
    if (name.startsWith(UNFINISHED)) await rm(path.join(folder, name), { recursive: true, force: true });
  }
  if (existsSync(database)) return database;
  const unfinished = path.join(folder, `${UNFINISHED}${randomUUID()}`);
  if (await runProgram(unfinished)) await rename(unfinished, database);
  else await rm(unfinished, { recursive: true, force: true });
  return database;
}

function runProgram(dataDir: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--input-type=module", "--eval", PROGRAM, dataDir], {
      stdio: ["pipe", "ignore", "ignore"],
      timeout: DEADLINE_MS,
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
}
