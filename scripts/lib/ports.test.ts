import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { assertPortFree, describeOwner, ownerOfPort, parseListeners } from "./ports.mjs";

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 32701 1 0000000000000000 100 0 0 10 0
   1: 0301007F:2388 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 32702 1 0000000000000000 100 0 0 10 0
   2: 0100007F:0BB8 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 32703 1 0000000000000000 20 4 30 10 -1
`;

describe("the kernel's socket table", () => {
  it("gives the listening sockets with address and port, and leaves connections out", () => {
    expect(parseListeners(TABLE)).toEqual([
      { address: "127.0.0.1", port: 3000, inode: "32701" },
      { address: "127.0.1.3", port: 9096, inode: "32702" },
    ]);
  });

  it("reads the IPv4 address inside an IPv6 socket, and one that takes every address", () => {
    const line = (address: string) => `   0: ${address}:2388 ${"0".repeat(32)}:0000 0A 0:0 00:0 0 0 0 99 1 0 100`;
    const table = ["header", line("0000000000000000FFFF00000209007F"), line("0".repeat(32)), line(`${"0".repeat(24)}01000000`)].join("\n");
    expect(parseListeners(table).map(({ address }) => address)).toEqual(["127.0.9.2", "::", `${"0".repeat(24)}01000000`]);
  });
});

describe("a port", () => {
  const server = createServer();
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it("that is taken is named with its owner's pid and command", async () => {
    const port = await new Promise<number>((resolve) =>
      server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
    );
    expect(ownerOfPort("127.0.0.1", port)?.pid).toBe(process.pid);
    await expect(assertPortFree("127.0.0.1", port)).rejects.toThrow(`127.0.0.1:${port} is taken by pid ${process.pid} (`);
    await expect(assertPortFree("127.0.0.2", port)).resolves.toBeUndefined();
  });
});

describe("the owner's name", () => {
  it("is cut where a command line is long", () => {
    expect(describeOwner({ pid: 7, command: "x".repeat(500) })).toBe(`pid 7 (${"x".repeat(160)}…)`);
  });

  it("is said to be unknown where the process is not ours to see", () => {
    expect(describeOwner(null)).toBe("a process of another user");
  });
});
