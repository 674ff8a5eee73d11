import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "./open-store";
import { readRegistry } from "./registry/read-registry";

describe("a PGlite folder", { timeout: 120_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "store-folder-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("belongs to one process, and keeps what was acknowledged when that is killed while it writes", async () => {
    await mkdir(path.join(folder, "pglite.new-left-behind"));
    const writer = spawn(
      process.execPath,
      ["--import", "tsx", fileURLToPath(new URL("./testing/write-until-killed.ts", import.meta.url)), folder],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const ended = once(writer, "exit");
    const acknowledged: string[] = [];
    for await (const line of createInterface({ input: writer.stdout })) {
      acknowledged.push(line);
      if (acknowledged.length === 5) {
        const second = openStore({ dataDir: folder });
        await expect(second).rejects.toMatchObject({
          code: "unavailable",
          message: expect.stringContaining(`${folder} is in use by process ${writer.pid}`),
        });
      }
      if (acknowledged.length === 40) writer.kill("SIGKILL");
    }
    // Its output ends before the process is gone.
    await ended;
    expect(acknowledged.length).toBeGreaterThanOrEqual(40);

    const store = await openStore({ dataDir: folder });
    const found = new Set((await readRegistry(store)).tenants.map((tenant) => tenant.id));
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
    await expect(openStore({ dataDir: folder })).rejects.toMatchObject({ code: "unavailable" });
    await store.close();
    expect(await readdir(folder)).toEqual(["pglite"]);
  });
});
