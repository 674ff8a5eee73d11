import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { readReportedPage } from "./read-reported-page";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/usage`;
}

const PAGE = `# HELP pool_bytes_total Bytes by tenant.
# TYPE pool_bytes_total counter
pool_bytes_total{tenant="acme",topic="a"} 1200
pool_bytes_total{tenant="b\\"b"} 7 1700000000000
pool_bytes_total{tenant="nan"} NaN
other_total{tenant="acme"} 5
not a sample at all
`;

function read(url: string, more: { deadlineMs?: number; bytesMax?: number } = {}) {
  return readReportedPage({ url, metrics: new Set(["pool_bytes_total", "gone"]), deadlineMs: 10_000, ...more });
}

describe("a page of an application", () => {
  it("is read as far as it was asked for, and nothing else of it is kept", async () => {
    const { value, problems } = await read(await serve((_, response) => response.end(PAGE)));
    expect(problems).toEqual([]);
    expect(
      [...(value ?? [])].map(([metric, samples]) => [metric, samples.map(({ labels, value: count }) => [labels.get("tenant"), count])]),
    ).toEqual([
      [
        "pool_bytes_total",
        [
          ["acme", 1200],
          ['b"b', 7],
        ],
      ],
      ["gone", []],
    ]);
  });

  it("leads nowhere else", async () => {
    const secret = await serve((_, response) => response.end(PAGE));
    const url = await serve((_, response) => response.writeHead(302, { location: secret }).end());
    expect(await read(url)).toMatchObject({ value: null, problems: [{ code: "unreachable" }] });
  });

  it.each<[what: string, code: string, answer: (request: IncomingMessage, response: ServerResponse) => void, more: object]>([
    ["refuses", "unavailable", (_, response) => response.writeHead(403).end(), {}],
    ["never ends", "timeout", (_, response) => response.write(PAGE), { deadlineMs: 100 }],
    ["is too long", "invalid", (_, response) => response.end(PAGE), { bytesMax: 50 }],
    [
      "breaks off",
      "unreachable",
      (_, response) => response.writeHead(200, { "content-length": "9999" }).write(PAGE, () => response.destroy()),
      {},
    ],
  ])("that %s is not used at all, and says why", async (_what, code, answer, more) => {
    const { value, problems } = await read(await serve(answer), more);
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code, remedy: expect.stringMatching(/./) }]);
  });
});
