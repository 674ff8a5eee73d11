import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { createServer } from "node:net";
import { commandOf } from "./processes.mjs";

const LISTEN = "0A";

/**
 * Reads the kernel's socket table (`/proc/net/tcp`): addresses are little-endian hexadecimal there.
 * @param {string} table
 * @returns {{ address: string, port: number, inode: string }[]} the listening sockets
 */
export function parseListeners(table) {
  return table
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields.length > 9 && fields[3] === LISTEN)
    .map((fields) => {
      const [hex = "", port = ""] = (fields[1] ?? "").split(":");
      return { address: addressOf(hex), port: Number.parseInt(port, 16), inode: fields[9] ?? "" };
    });
}

const MAPPED_IPV4 = "0000000000000000FFFF0000";

/**
 * IPv4, also inside an IPv6 socket, as Java opens them; `::` for all addresses; any other IPv6 address stays as it is written.
 * @param {string} hex
 */
function addressOf(hex) {
  if (/^0{32}$/.test(hex)) return "::";
  const ipv4 = hex.startsWith(MAPPED_IPV4) ? hex.slice(MAPPED_IPV4.length) : hex;
  if (ipv4.length !== 8) return hex;
  return [6, 4, 2, 0].map((at) => Number.parseInt(ipv4.slice(at, at + 2), 16)).join(".");
}

/**
 * Who listens on an address, or on all addresses, at a port.
 * @param {string} host
 * @param {number} port
 * @returns {{ pid: number, command: string } | null} null when nobody does or the owner is not ours to see
 */
export function ownerOfPort(host, port) {
  const inodes = new Set(
    ["/proc/net/tcp", "/proc/net/tcp6"]
      .flatMap((file) => parseListeners(readOrEmpty(file)))
      .filter((socket) => socket.port === port && [host, "0.0.0.0", "::"].includes(socket.address))
      .map((socket) => `socket:[${socket.inode}]`),
  );
  if (inodes.size === 0) return null;
  for (const entry of readdirSync("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || !holdsOneOf(pid, inodes)) continue;
    return { pid, command: commandOf(pid) ?? "unknown" };
  }
  return null;
}

/**
 * @param {number} pid
 * @param {Set<string>} inodes
 */
function holdsOneOf(pid, inodes) {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.has(linkOrEmpty(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false;
  }
}

/** @param {string} path */
function linkOrEmpty(path) {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

/** @param {string} file */
function readOrEmpty(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<void>} rejects with the owner's pid and command when the port is taken
 */
export async function assertPortFree(host, port) {
  const error = await new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen({ host, port }, () => server.close(() => resolve(null)));
  });
  if (error === null) return;
  if (error.code !== "EADDRINUSE") throw new Error(`${host}:${port} cannot be listened on: ${error.message}`);
  throw new Error(`${host}:${port} is taken by ${describeOwner(ownerOfPort(host, port))}`);
}

/**
 * @param {{ pid: number, command: string } | null} owner
 * @returns {string}
 */
export function describeOwner(owner) {
  if (owner === null) return "a process of another user";
  const command = owner.command.length > 160 ? `${owner.command.slice(0, 160)}…` : owner.command;
  return `pid ${owner.pid} (${command})`;
}

/**
 * @param {string} [host]
 * @returns {Promise<number>} a port nobody listens on now
 */
export function freePort(host = "127.0.0.1") {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host, port: 0 }, () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
