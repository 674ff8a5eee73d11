import { readFileSync, readlinkSync } from "node:fs";

/** What tells one process from every other that has had or will have its number. Fields that the system does not offer are "". */
export interface ProcessIdentity {
  pid: number;
  /** Changes with each start of the machine. */
  bootId: string;
  /** The pid namespace: in another container the same number is another process. */
  namespace: string;
  /** Start time in clock ticks since boot: numbers are used again, start times are not. */
  startedTicks: string;
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, bootId: bootId(), namespace: pidNamespace(), startedTicks: startedTicks(process.pid) };
}

export function bootId(): string {
  return orEmpty(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
}

function pidNamespace(): string {
  return orEmpty(() => readlinkSync("/proc/self/ns/pid"));
}

/** Whether the process still runs; only meaningful within one boot and pid namespace. */
export function isAlive(holder: ProcessIdentity): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives and is somebody else's.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return startedTicks(holder.pid) === holder.startedTicks;
}

function startedTicks(pid: number): string {
  // The second field is the command in parentheses and may itself hold spaces and parentheses; field 22 is the start time.
  return orEmpty(() => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? "");
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
