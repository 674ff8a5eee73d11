/** What the kernel knows of a broker: processor time, connections and the disk its logs are on. */
import { readFileSync, statfsSync } from "node:fs";

/** Clock ticks since the start. */
export interface ProcessorTicks {
  /** Of the broker's process. */
  user: number;
  system: number;
  /** Of the machine. */
  idle: number;
  ioWait: number;
  total: number;
}

/** null: the process or the machine's tables cannot be read. */
export function processorTicks(pid: number): ProcessorTicks | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")
      .map(Number);
    const machine = (readFileSync("/proc/stat", "utf8").split("\n")[0] ?? "").trim().split(/\s+/).slice(1, 9).map(Number);
    const [user, system, idle, ioWait] = [fields[11], fields[12], machine[3], machine[4]];
    if (user === undefined || system === undefined || idle === undefined || ioWait === undefined) return null;
    return { user, system, idle, ioWait, total: machine.reduce((sum, ticks) => sum + ticks, 0) };
  } catch {
    return null;
  }
}

const ESTABLISHED = "01";

/** Established connections by local `address:port`, from the kernel's table (`/proc/net/tcp` writes addresses as little-endian hexadecimal). */
export function parseConnections(table: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of table.split("\n").slice(1)) {
    const [, local = "", , state] = line.trim().split(/\s+/);
    if (state !== ESTABLISHED) continue;
    const [hex = "", port = ""] = local.split(":");
    const address = [6, 4, 2, 0].map((at) => Number.parseInt(hex.slice(-8).slice(at, at + 2), 16)).join(".");
    const key = `${address}:${Number.parseInt(port, 16)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Java opens IPv4 connections as IPv6 sockets, so both tables count. */
export function readConnections(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const file of ["/proc/net/tcp", "/proc/net/tcp6"]) {
    for (const [key, count] of parseConnections(readFileSync(file, "utf8"))) counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return counts;
}

/** How full the file system is that a folder lies on, in percent: like the brokers, all that is not usable counts as used. */
export function diskUsedPercent(dir: string): number {
  const { blocks, bavail } = statfsSync(dir);
  return 100 * (1 - bavail / blocks);
}
