import { describe, expect, it } from "vitest";
import { manualClock } from "@/lib/collector/testing/manual-clock";
import { REPORTED_OLD_MS } from "@/lib/domain/pool/pool-rate";
import type { WantedReport } from "@/lib/domain/pool/wanted-reports";
import type { ReportedPageRequest } from "@/lib/metrics";
import { createPagesReader } from "./read-pages";

const START = "2026-01-01T00:00:00.000Z";
const URL_A = "http://a.example/usage";
type Series = [metric: string, labels: Record<string, string>, value: number][];

function setUp() {
  const clock = manualClock(START);
  const asked: ReportedPageRequest[] = [];
  const pages = new Map<string, Series | null>();
  const read = createPagesReader(async (request) => {
    asked.push(request);
    const page = pages.get(request.url) ?? null;
    if (page === null) return { value: null, problems: [{ code: "timeout", operation: "GET", message: "It was late." }] };
    const samples = [...request.metrics].map(
      (name) =>
        [
          name,
          page.flatMap(([metric, labels, value]) => (metric === name ? [{ name, labels: new Map(Object.entries(labels)), value }] : [])),
        ] as const,
    );
    return { value: new Map(samples), problems: [] };
  }, clock.now);
  return { clock, asked, pages, read };
}

function wanted(tenantId: string, mapping: object = {}, value = tenantId): WantedReport {
  return {
    tenantId,
    value,
    reported: { prometheus: { url: URL_A, tenantLabel: "tenant", produce: "in_total", consume: "out", ...mapping } },
  };
}

describe("pages of applications", () => {
  it("are read once for all tenants; counters become rates, gauges are rates, and series of one tenant are added", async () => {
    const { clock, asked, pages, read } = setUp();
    pages.set(URL_A, [
      ["in_total", { tenant: "a", topic: "x" }, 100],
      ["in_total", { tenant: "a", topic: "y" }, 50],
      ["in_total", { tenant: "b" }, 0],
      ["out", { tenant: "a" }, 7],
    ]);
    const first = await read([wanted("a"), wanted("b")]);
    expect(first.get("a")?.rates).toEqual({ produce: null, consume: { bytesPerSecond: 7, at: START } });
    pages.set(URL_A, [
      ["in_total", { tenant: "a", topic: "x" }, 400],
      ["in_total", { tenant: "a", topic: "y" }, 350],
      ["in_total", { tenant: "b" }, 0],
    ]);
    await clock.advance(60_000);
    const second = await read([wanted("a"), wanted("b")]);
    expect(asked).toHaveLength(2);
    expect(second.get("a")).toEqual({
      rates: { produce: { bytesPerSecond: 10, at: "2026-01-01T00:01:00.000Z" }, consume: null },
      problem: null,
    });
    expect(second.get("b")?.rates.produce?.bytesPerSecond).toBe(0);
  });

  it.each<[what: string, later: Series, passedMs: number]>([
    ["began anew", [["in_total", { tenant: "a" }, 5]], 60_000],
    ["is gone", [], 60_000],
    ["was not read for long", [["in_total", { tenant: "a" }, 500]], REPORTED_OLD_MS + 1],
  ])("tell no rate of a counter that %s", async (_what, later, passedMs) => {
    const { clock, pages, read } = setUp();
    pages.set(URL_A, [["in_total", { tenant: "a" }, 100]]);
    await read([wanted("a")]);
    pages.set(URL_A, later);
    await clock.advance(passedMs);
    expect((await read([wanted("a")])).get("a")?.rates.produce).toBeNull();
  });

  it("hold only the series with the labels that are given, and a tenant stands there as its records name it", async () => {
    const { pages, read } = setUp();
    pages.set(URL_A, [
      ["out", { tenant: "A-1", env: "prod" }, 3],
      ["out", { tenant: "A-1", env: "test" }, 100],
      ["out", { tenant: "a", env: "prod" }, 1_000],
    ]);
    const found = await read([wanted("a", { labels: { env: "prod" } }, "A-1")]);
    expect(found.get("a")?.rates.consume?.bytesPerSecond).toBe(3);
  });

  it("that are away cost only their own tenants, and the next rate is from what was read last", async () => {
    const { clock, pages, read } = setUp();
    const other = wanted("b", { url: "http://b.example/" });
    pages.set(URL_A, [["in_total", { tenant: "a" }, 100]]);
    await read([wanted("a"), other]);
    await clock.advance(60_000);
    pages.set(URL_A, null);
    pages.set("http://b.example/", [["out", { tenant: "b" }, 2]]);
    const away = await read([wanted("a"), other]);
    expect(away.get("a")).toEqual({
      rates: { produce: null, consume: null },
      problem: { message: "It was late.", remedy: expect.any(String) },
    });
    expect(away.get("b")).toMatchObject({ rates: { consume: { bytesPerSecond: 2 } }, problem: null });
    await clock.advance(60_000);
    pages.set(URL_A, [["in_total", { tenant: "a" }, 1_300]]);
    expect((await read([wanted("a")])).get("a")?.rates.produce?.bytesPerSecond).toBe(10);
  });
});
