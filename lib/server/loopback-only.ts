import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { isLoopback } from "./enter/client-address";

/**
 * Ends every connection that does not come from this machine, whatever address the server was told to listen on: for a
 * console without a configured address, and without sign-in whoever connects would be the operator. A server's own default is to
 * listen everywhere.
 */
export function acceptLoopbackOnly(): void {
  subscribe("net.server.socket", (message) => {
    const { socket } = message as { socket: Socket };
    if (socket.remoteAddress !== undefined && !isLoopback(socket.remoteAddress)) socket.destroy();
  });
}
