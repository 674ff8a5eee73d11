import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FolderLock, lockFolder } from "./folder-lock";
import { ownIdentity } from "./process-identity";

describe("the lock of a folder", () => {
  let folder: string;
  let lock: FolderLock | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "store-lock-"));
  });
  afterEach(async () => {
    lock?.release();
    lock = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  const leave = (change: object) =>
    writeFile(path.join(folder, "pglite.lock"), JSON.stringify({ token: "left", ...ownIdentity(), ...change }));

  it("names its holder, refuses a second one, and is gone when it is given back", async () => {
    lock = await lockFolder(folder);
    expect(JSON.parse(await readFile(path.join(folder, "pglite.lock"), "utf8"))).toMatchObject({ pid: process.pid });
    await expect(lockFolder(folder)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining(`${folder} is in use by process ${process.pid}`),
    });
    lock.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it("is taken over from a process that is dead", async () => {
    // Above any pid_max.
    await leave({ pid: 2 ** 30 });
    lock = await lockFolder(folder);
    expect(await readdir(folder)).toEqual(["pglite.lock"]);
  });

  it("is taken over when the machine was started since, though the number lives", async () => {
    await leave({ bootId: "another" });
    lock = await lockFolder(folder);
  });

  it.runIf(process.platform === "linux")("is taken over from a process whose number another one has now", async () => {
    await leave({ startedTicks: "1" });
    lock = await lockFolder(folder);
  });

  it("lets one of many have a folder whose holder is dead", async () => {
    await leave({ pid: 2 ** 30 });
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => lockFolder(folder)));
    const taken = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    lock = taken[0];
    expect(taken).toHaveLength(1);
  });

  it("does not take away another's lock when it is given back late", async () => {
    const first = await lockFolder(folder);
    await leave({ token: "other" });
    first.release();
    expect(await readdir(folder)).toEqual(["pglite.lock"]);
  });
});
