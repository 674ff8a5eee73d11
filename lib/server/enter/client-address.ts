import { randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { env } from "@/lib/env";
import { processSlot } from "@/lib/server/process-slot";

/** Where a request came from. `local`: from this machine itself, and through no proxy that nobody told of. */
export interface ClientAddress {
  address: string;
  local: boolean;
}

const HEADER = "x-console-client";
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && LOOPBACK.test(address);
}

/**
 * The address of whoever asks, through `hops` proxies in front, each of which appends the address that it was asked from. What stands
 * further left in the header was written by the asker and is worth nothing.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | undefined, hops: number): ClientAddress {
  const list = [...(forwardedFor ?? "").split(","), peer ?? ""]
    .map((one) => one.trim().replace(/^::ffff:/, ""))
    .filter((one) => one !== "");
  const address = list[Math.max(0, list.length - 1 - hops)] ?? "unknown";
  // A proxy on this machine that was not told of must not make everybody local; nor may the header of whoever came past the proxy.
  const direct = hops > 0 || (forwardedFor ?? "") === "";
  const onThisMachine = list.slice(-hops - 1).every(isLoopback);
  return { address: address.slice(0, 64), local: direct && list.length > hops && onThisMachine };
}

/** Known to this process alone, so that nobody can write the header themselves. */
function secret(): string {
  return processSlot("client-secret", () => randomBytes(16).toString("hex"));
}

/** Notes on each request, before anything else sees it, where it came from: Next's requests do not tell. */
export function noteClientAddresses(): void {
  const { trustedHops } = env().enter;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    const forwarded = request.headers["x-forwarded-for"];
    const client = clientAddress(request.socket.remoteAddress, Array.isArray(forwarded) ? forwarded.join(",") : forwarded, trustedHops);
    const [name, value] = clientHeader(client);
    request.headers[name] = value;
  });
}

/** The note on a request. */
export function clientHeader({ address, local }: ClientAddress): [string, string] {
  return [HEADER, `${secret()} ${local ? "local" : "remote"} ${address}`];
}

/** What was noted; a request without a note is from somewhere unknown. */
export function readClientAddress(headers: Headers): ClientAddress {
  const [given, where, address] = (headers.get(HEADER) ?? "").split(" ");
  if (given !== secret() || address === undefined) return { address: "unknown", local: false };
  return { address, local: where === "local" };
}
