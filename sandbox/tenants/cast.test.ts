import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { ACTORS, POOL, TIERS } from "./cast";
import { POOL_TENANTS } from "./pool-tenants";
import { CATCH_UP_TICKS } from "./produce";

interface Placement {
  cluster: string;
  model: string;
  principals?: { name: string }[];
}
const told: {
  tiers: { id: string; produceBytesPerSecond: string; consumeBytesPerSecond: string; requestPercent?: number }[];
  tenants: { id: string; tier: string; placements: Placement[] }[];
  services: { cluster: string; principal: { name: string } }[];
} = parse(readFileSync(`${import.meta.dirname}/../tenants.yaml`, "utf8"));

test("tenants.yaml promises what the quotas are derived from", () => {
  const promises = told.tiers
    .filter(({ id }) => id in TIERS)
    .map((tier) => [tier.id, tier.produceBytesPerSecond, tier.consumeBytesPerSecond, tier.requestPercent]);
  expect(promises).toEqual(
    Object.entries(TIERS).map(([id, tier]) => [
      id,
      `${tier.produce / 1_000} kB/s`,
      `${tier.consume / 1_000} kB/s`,
      "requestPercent" in tier ? tier.requestPercent : undefined,
    ]),
  );
});

test("tenants.yaml names the tenants of the pool, and no others in it", () => {
  const inPool = told.tenants.filter(({ placements }) => placements.some(({ model }) => model === "pool")).map(({ id }) => id);
  expect(inPool.toSorted()).toEqual([...POOL_TENANTS].toSorted());
});

test("every principal of the cast is a tenant's or a service's in tenants.yaml", () => {
  const owned = told.tenants.flatMap(({ placements }) =>
    placements.flatMap(({ cluster, principals = [] }) => principals.map(({ name }) => `${cluster} ${name}`)),
  );
  const serving = told.services.map(({ cluster, principal }) => `${cluster} ${principal.name}`);
  const cast = ACTORS.map(({ cluster, principal }) => `${cluster} ${principal}`);
  expect(cast.filter((name) => !owned.includes(name) && !serving.includes(name))).toEqual([]);
  expect(owned.filter((name) => !cast.includes(name))).toEqual([]);
});

test("fernway is near its quota, and below it where a send is late and makes up for that", () => {
  const { streams, quota } = ACTORS.find(({ principal }) => principal === "fernway") ?? { streams: [], quota: null };
  // Of partition 0, which broker 1 leads.
  const bytesIn = (windowMs: number, lateTicks: number) =>
    streams.reduce((sum, { topic, bytesPerSecond, weights, everyMs }) => {
      const partitions = ACTORS.flatMap(({ topics }) => topics).find(({ name }) => name === topic)?.partitions ?? 1;
      const [first = 0, ...others] = weights ?? Array.from({ length: partitions }, () => 1);
      const part = first / others.reduce((all, weight) => all + weight, first);
      return sum + (bytesPerSecond * part * (windowMs + lateTicks * everyMs)) / 1_000;
    }, 0);
  // The brokers' rate is of ten seconds.
  const allowed = (quota?.producer_byte_rate ?? 0) * 10;
  expect(bytesIn(10_000, 0) / allowed).toBeGreaterThan(0.84);
  expect(bytesIn(10_000, CATCH_UP_TICKS) / allowed).toBeLessThan(0.96);
});

test("the disk stays below 0.8 GB, however long it runs", () => {
  const streams = [...ACTORS.flatMap((actor) => actor.streams), ...POOL.streams, { topic: POOL.legacyTopic, bytesPerSecond: 100 }];
  const bytesPerSecond = (topic: string) =>
    streams.filter((stream) => stream.topic === topic).reduce((sum, stream) => sum + stream.bytesPerSecond, 0);
  const worst = ACTORS.flatMap(({ cluster, topics }) =>
    topics.map(({ name, partitions, configs }) => {
      const bySize = partitions * (Number(configs["retention.bytes"]) + Number(configs["segment.bytes"]));
      const byTime = bytesPerSecond(name) * ((Number(configs["retention.ms"]) + Number(configs["segment.ms"])) / 1_000);
      return Math.min(bySize, byTime) * (cluster === "shared-1" ? 3 : 1);
    }),
  );
  expect(worst.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(0.8e9);
});
