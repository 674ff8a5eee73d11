import { describe, expect, it } from "vitest";
import { Tenant } from "@/lib/domain/tenant";
import type { ReadReportedPage } from "./reported/read-pages";
import { memoryTopic } from "./reported/testing/memory-topic";
import { until } from "./testing/manual-clock";
import { MINUTE, seen, world } from "./testing/world";

const PAGE = { url: "http://usage.example/", tenantLabel: "tenant", produce: "in", consume: "out_total" };
const pooled = (reported: object) =>
  Tenant.parse({
    id: "acme",
    name: "Acme",
    tier: "basic",
    placements: [{ cluster: "shared-1", model: "pool", record: { key: true }, reported }],
  });

function setUp(reported: object = { prometheus: PAGE }) {
  const surroundings = world();
  surroundings.store.registry = { version: 1, tiers: [], tenants: [pooled(reported)], services: [] };
  const page = { away: false, reads: 0, total: 0 };
  const readReported: ReadReportedPage = async ({ metrics }) => {
    page.reads += 1;
    if (page.away) return { value: null, problems: [{ code: "timeout", operation: "GET", message: "It was late.", remedy: "Wait." }] };
    page.total += 6_000;
    const labels = new Map([["tenant", "acme"]]);
    const value = new Map([...metrics].map((name) => [name, [{ name, labels, value: name === "in" ? 7 : page.total }]]));
    return { value, problems: [] };
  };
  return { ...surroundings, page, readReported };
}

describe("what applications report", () => {
  it("is read by who holds the cluster, kept in its snapshot, and shown by another process from there", async () => {
    const { clock, start, page, readReported } = setUp();
    const first = await start({}, { readReported });
    const second = await start({}, { readReported });
    await clock.advance(3 * MINUTE);
    const told = () => seen(first).pool?.reported.get("acme");
    await until(() => told()?.consume?.bytesPerSecond === 100);
    expect(told()).toMatchObject({ from: "the page at usage.example", produce: { bytesPerSecond: 7 }, problem: null });
    await until(() => seen(second).pool?.reported.get("acme")?.produce !== undefined);
    expect(page.reads).toBeLessThanOrEqual(4);
  });

  it("stays with its time while the page is away, with the reason", async () => {
    const { clock, start, page, readReported } = setUp();
    const collector = await start({}, { readReported });
    await clock.advance(2 * MINUTE);
    const before = seen(collector).pool?.reported.get("acme");
    page.away = true;
    await clock.advance(2 * MINUTE);
    await until(() => seen(collector).pool?.reported.get("acme")?.problem !== null);
    expect(seen(collector).pool?.reported.get("acme")).toEqual({ ...before, problem: { message: "It was late.", remedy: "Wait." } });
  });

  it("comes from a usage topic as from a page, and a refused permission is named", async () => {
    const kafka = { topic: "acme.orders", produce: "$.p", seconds: "$.s" };
    const { clock, store, start } = setUp();
    const log = memoryTopic([[], []]);
    store.registry = { version: 1, tiers: [], tenants: [pooled({ kafka })], services: [] };
    const collector = await start({}, { openProbe: log.open });
    const told = () => seen(collector).pool?.reported.get("acme");
    for (let minute = 0; minute < 12; minute += 1) {
      log.write(0, { tenant: "acme", p: 600, s: 60 }, clock.now());
      await clock.advance(MINUTE);
    }
    await until(() => told()?.produce?.bytesPerSecond === 10);
    expect(told()).toMatchObject({ from: "the usage topic acme.orders", problem: null });
    const before = told();
    log.refuse({
      code: "forbidden",
      operation: "Fetch",
      message: "The broker refuses this.",
      remedy: "Allow READ on topic 'acme.orders'.",
    });
    await clock.advance(2 * MINUTE);
    await until(() => told()?.problem !== null);
    expect(told()).toEqual({ ...before, problem: { message: "The broker refuses this.", remedy: "Allow READ on topic 'acme.orders'." } });
    expect(log.opened()).toBe(0);
  });

  it("is forgotten once it is declared no more, and of another source nothing is taken over", async () => {
    const { clock, store, start, readReported } = setUp();
    const collector = await start({}, { readReported });
    await clock.advance(2 * MINUTE);
    const cloudwatch = { namespace: "Acme/Usage", tenantDimension: "Tenant", produce: "BytesIn" };
    store.registry = { version: 2, tiers: [], tenants: [pooled({ cloudwatch })], services: [] };
    await collector.reassemble();
    await clock.advance(2 * MINUTE);
    await until(() => seen(collector).pool?.reported.get("acme")?.from === "CloudWatch namespace Acme/Usage");
    const told = seen(collector).pool?.reported.get("acme");
    expect(told?.produce).toBeNull();
    expect(told).not.toHaveProperty("consume");
    expect(told?.problem?.message).toMatch(/No account/);
    store.registry = { version: 3, tiers: [], tenants: [], services: [] };
    await collector.reassemble();
    await clock.advance(2 * MINUTE);
    await until(() => seen(collector).pool?.reported.size === 0);
  });
});
