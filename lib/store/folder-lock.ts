import { randomUUID } from "node:crypto";
import { closeSync, linkSync, openSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { AppError } from "@/lib/domain/errors";
import { isAlive, ownIdentity } from "./process-identity";

const HEARTBEAT_MS = 2_000;
/** How long a holder in another container must have shown no sign of life. */
const SILENCE_MS = 3 * HEARTBEAT_MS;

const LockFile = z.object({ token: z.string(), pid: z.int(), bootId: z.string(), namespace: z.string(), startedTicks: z.string() });
type LockFile = z.infer<typeof LockFile>;

export interface FolderLock {
  release(): void;
}

/**
 * Makes this process the only user of a folder, because PGlite itself has no lock and two processes lose each other's writes.
 * The file `pglite.lock` names the holder. It is taken over when the holder is dead, when the machine was started since, or when
 * the holder lives in another container and its heartbeat has stopped (which takes some seconds to find out).
 * Throws AppError `unavailable` with folder and process while the holder lives.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const file = path.join(folder, "pglite.lock");
  const own: LockFile = { token: randomUUID(), ...ownIdentity() };
  for (let attempt = 0; attempt < 5; attempt++) {
    if (tryCreate(file, own)) return hold(file, own);
    const found = readLock(file);
    if (found === null) continue;
    if (await isHeld(file, found, own)) throw inUse(folder, found);
    remove(file, found);
  }
  throw new AppError("unavailable", `The data folder ${folder} is being opened by several processes at once.`);
}

function inUse(folder: string, holder: LockFile | "unreadable"): AppError {
  const who = holder === "unreadable" ? "another process" : `process ${holder.pid}`;
  return new AppError(
    "unavailable",
    `The data folder ${folder} is in use by ${who}. Stop it first, or give this one a folder of its own; for several processes on the same data use PostgreSQL (DATABASE_URL).`,
  );
}

function tryCreate(file: string, own: LockFile): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, "wx");
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw new AppError("unavailable", `The data folder ${path.dirname(file)} cannot be written.`, { cause: error });
  }
  writeSync(descriptor, JSON.stringify(own));
  closeSync(descriptor);
  return true;
}

/** null: gone meanwhile. "unreadable": a process died between making the file and writing it, or is just about to write. */
function readLock(file: string): LockFile | "unreadable" | null {
  try {
    return LockFile.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    return hasCode(error, "ENOENT") ? null : "unreadable";
  }
}

async function isHeld(file: string, found: LockFile | "unreadable", own: LockFile): Promise<boolean> {
  if (found !== "unreadable") {
    if (found.bootId !== own.bootId) return false;
    if (found.namespace === own.namespace) return isAlive(found);
  }
  const before = heartbeat(file);
  await delay(SILENCE_MS);
  return heartbeat(file) !== before;
}

/** Moves the lock away and looks at what was moved: if it is not the one that was judged dead, a faster process has replaced it. */
function remove(file: string, judged: LockFile | "unreadable"): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  const moved = readLock(aside);
  const same = typeof moved === "object" && typeof judged === "object" ? moved?.token === judged.token : moved === judged;
  if (!same) linkSync(aside, file);
  unlinkSync(aside);
}

function hold(file: string, own: LockFile): FolderLock {
  const timer = setInterval(() => {
    try {
      const now = new Date();
      utimesSync(file, now, now);
    } catch {
      // The folder is gone; the database reports that itself.
    }
  }, HEARTBEAT_MS);
  timer.unref();
  return {
    release() {
      clearInterval(timer);
      const found = readLock(file);
      if (typeof found === "object" && found?.token === own.token) unlinkSync(file);
    },
  };
}

function heartbeat(file: string): number | null {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return null;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
