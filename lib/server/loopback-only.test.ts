import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, expect, it } from "vitest";
import { acceptLoopbackOnly } from "./loopback-only";

const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === "IPv4" && !address.internal)?.address;
const server = createServer((socket) => {
  socket.on("error", () => undefined);
  socket.once("data", () => socket.end("hello"));
});
let port: number;
beforeAll(async () => {
  acceptLoopbackOnly();
  server.listen(0, "0.0.0.0");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
});

async function said(socket: Socket): Promise<string> {
  let text = "";
  socket.on("data", (data) => {
    text += data;
  });
  socket.on("error", () => undefined);
  socket.write("GET /");
  await once(socket, "close");
  return text;
}

it("answers this machine", async () => {
  expect(await said(connect(port, "127.0.0.1"))).toBe("hello");
});

it.runIf(outside !== undefined)("answers nobody who comes to another address, whatever the server listens on", async () => {
  expect(await said(connect({ port, host: outside ?? "" }))).toBe("");
});
