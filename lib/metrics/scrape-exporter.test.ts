import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterEach, describe, expect, it } from "vitest";
import { scrapeExporter } from "./scrape-exporter";

const clock = { now: () => Date.parse("2026-01-01T00:00:00.000Z") };
const GOOD = 'kafka_server_Produce_byte_rate{user="acme",} 1.0\n';
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
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
}

function scrape(url: string, options: { deadlineMs?: number; bytesMax?: number } = {}) {
  return scrapeExporter({ brokerId: 7, url, clock, deadlineMs: 10_000, ...options });
}

describe("scrapeExporter", () => {
  it("asks by name and answers with the time of the answer", async () => {
    let asked: string[] = [];
    const url = await serve((request, response) => {
      asked = new URL(request.url ?? "", "http://x").searchParams.getAll("name[]");
      response.end(GOOD);
    });
    const { value, problems } = await scrape(url);
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ brokerId: 7, at: "2026-01-01T00:00:00.000Z", clients: [{ user: "acme", produceBytesPerSecond: 1 }] });
    expect(asked).toContain("kafka_server_Produce_byte_rate");
    expect(asked).toContain("kafka_server_BrokerTopicMetrics_Count");
    expect(asked).toContain("kafka_network_RequestMetrics_Count");
    expect(asked.filter((name) => name.toLowerCase().includes("requestspersec"))).toEqual([]);
  });

  it("says unreachable when nothing listens", async () => {
    const url = await serve(() => {});
    for (const close of closers.splice(0)) close();
    const { value, problems } = await scrape(url);
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "unreachable", brokerId: 7, operation: "GET /metrics" }]);
    expect(problems[0]?.remedy).toContain("11001");
  });

  it("gives up on a body that never ends, and uses nothing of it", async () => {
    const url = await serve((_, response) => {
      response.write(GOOD);
    });
    const { value, problems } = await scrape(url, { deadlineMs: 100 });
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "timeout" }]);
  });

  it("cuts a page that is far too long", async () => {
    const line = `${"other_metric 1\n".repeat(5000)}`;
    const url = await serve((_, response) => {
      const more = (): void => {
        while (response.write(line));
        response.once("drain", more);
      };
      response.write(GOOD);
      more();
    });
    const { value, problems } = await scrape(url, { bytesMax: 2_000_000 });
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "invalid" }]);
    expect(problems[0]?.message).toContain("more than 2 MB");
  });

  it("uses nothing of a page whose connection broke", async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write(GOOD, () => response.destroy());
    });
    const { value, problems } = await scrape(url);
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "unreachable" }]);
  });

  it.each([
    ["a web page", "<html>\n<body>Sign in</body>\n</html>", "invalid"],
    ["bytes", "\u0000\u0001ÿþ\n\u0002", "invalid"],
    ["someone else's metrics", "node_cpu_seconds_total 5\n", "unsupported"],
    ["nothing", "", "unsupported"],
  ])("says what is wrong when the address answers with %s", async (_, body, code) => {
    const url = await serve((_request, response) => response.end(body));
    const { value, problems } = await scrape(url);
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code, brokerId: 7 }]);
  });

  it.each([
    [403, "forbidden"],
    [404, "unsupported"],
    [500, "unavailable"],
    [302, "unreachable"],
  ])("turns an answer of %i into %s", async (status, code) => {
    const url = await serve((_request, response) => response.writeHead(status, { location: "http://127.0.0.1:1/" }).end("no"));
    expect((await scrape(url)).problems).toMatchObject([{ code }]);
  });

  it("keeps the good lines of a page with bad ones and names the bad", async () => {
    const url = await serve((_request, response) => response.end(`${GOOD}<b>oops\n`));
    const { value, problems } = await scrape(url);
    expect(value?.clients).toHaveLength(1);
    expect(problems).toMatchObject([{ code: "invalid" }]);
    expect(problems[0]?.message).toContain("<b>oops");
  });

  it("gives other work its turn while it reads a page of 10 MB", { timeout: 60_000 }, async () => {
    const lines: string[] = [];
    for (let n = 0; n < 100_000; n++)
      lines.push(`kafka_server_BrokerTopicMetrics_Count{name="BytesInPerSec",topic="tenant-${n}.events",} ${n}.0`);
    const page = Buffer.from(lines.join("\n"));
    const url = await serve((_request, response) => response.end(page));
    const delay = monitorEventLoopDelay({ resolution: 1 });
    let turns = 0;
    const count = setInterval(() => turns++, 1);
    delay.enable();
    const { value } = await scrape(url, { deadlineMs: 50_000 });
    delay.disable();
    clearInterval(count);
    expect(value?.topics.size).toBe(100_000);
    expect(turns).toBeGreaterThan(5);
    if (process.env.SHOW_FIGURES)
      console.error(`page ${(page.length / 1e6).toFixed(1)} MB, worst delay ${(delay.max / 1e6).toFixed(1)} ms`);
  });
});
