import { describe, expect, it } from "vitest";
import { mskCluster } from "@/lib/domain/testing/msk-fixture";
import { clusterBill } from "./cluster-bill";
import { type ClusterHoldings, type CostLine, type CostPart, type Holding, noHolding } from "./cost";
import { type PriceSet, priceBook } from "./price-list";
import { type Plant, splitBill } from "./split-bill";

const MB = 1_000_000;
const book = priceBook("us-east-1", undefined);
const open: Plant = { capacityIn: null, capacityOut: null, provisionedBytes: null };

function holding(changes: Partial<Holding> = {}): Holding {
  return { ...noHolding(), ...changes };
}

function held(tenants: Record<string, Partial<Holding>>, changes: Partial<ClusterHoldings> = {}): ClusterHoldings {
  const own = Object.entries(tenants).map(([id, part]) => [id, holding(part)] as const);
  return { tenants: new Map(own), shared: holding(), others: holding(), sole: null, ...changes };
}

const dollarsOf = (lines: readonly CostLine[], is: (line: CostLine) => boolean = () => true): number =>
  lines.filter(is).reduce((sum, { dollars }) => sum + dollars, 0);
const isTenant = (id: string) => (line: CostLine) => line.holder.kind === "tenant" && line.holder.tenantId === id;
const brokers: CostPart = { kind: "brokers", dollars: 100, words: "three brokers", by: "brokers" };

describe("a cluster's bill", () => {
  it("is brokers and volumes on Standard, at AWS's public prices", () => {
    const { parts, unpriced } = clusterBill(
      mskCluster({ region: "us-east-1", monitoringLevel: "DEFAULT", instanceType: "kafka.m7g.large", brokerCount: 3, volumeGib: 100 }),
      held({}),
      book,
    );
    expect(parts.map(({ kind, dollars }) => [kind, Math.round(dollars * 100) / 100])).toEqual([
      ["brokers", 446.76],
      ["storage", 30],
    ]);
    expect(parts[0]?.words).toBe("3 × kafka.m7g.large at $0.204 an hour (AWS, 2026-08) × 730 h");
    expect(unpriced.map(({ what }) => what)).toEqual(["Transfer between zones"]);
  });

  it("is brokers, data in and one copy of what is stored on Express", () => {
    const cluster = mskCluster({
      kind: "express",
      instanceType: "express.m7g.large",
      brokerCount: 3,
      volumeGib: null,
      monitoringLevel: "DEFAULT",
    });
    const { parts } = clusterBill(cluster, held({ a: { inRate: 1 * MB, stored: 500e9 } }), book);
    expect(parts.map(({ kind, dollars }) => [kind, Math.round(dollars * 100) / 100])).toEqual([
      ["brokers", 893.52],
      ["storage", 50],
      ["data-in", 26.28],
    ]);
  });

  it("is hours, partitions, bytes and storage on serverless", () => {
    const cluster = mskCluster({ kind: "serverless", instanceType: null, brokerCount: null, volumeGib: null, monitoringLevel: null });
    const { parts } = clusterBill(cluster, held({ a: { inRate: 1e6, outRate: 2e6, stored: 1e9, partitions: 10 } }), book);
    expect(parts.map(({ kind, dollars }) => [kind, Math.round(dollars * 100) / 100])).toEqual([
      ["serverless-cluster", 547.5],
      ["partitions", 10.95],
      ["storage", 0.1],
      ["data-in", 262.8],
      ["data-out", 262.8],
    ]);
  });

  it.each([
    ["a region without figures", "eu-central-1", "kafka.m7g.large", "No price is set for kafka.m7g.large in eu-central-1."],
    ["a type without a figure", "us-east-1", "kafka.m99.large", "No price is set for kafka.m99.large in us-east-1."],
  ])("has no price for %s, and none is made up", (_, region, instanceType, reason) => {
    const { parts, unpriced } = clusterBill(mskCluster({ region, instanceType }), held({}), priceBook(region, undefined));
    expect(parts.some(({ kind }) => kind === "brokers")).toBe(false);
    expect(unpriced).toContainEqual(expect.objectContaining({ what: "Brokers", reason }));
  });

  it("goes by what an operator set, item by item", () => {
    const set: PriceSet = {
      region: "us-east-1",
      prices: { "broker:kafka.m7g.large": 0.1 },
      by: "anna",
      at: "2026-11-01T00:00:00.000Z",
      reason: "discount",
    };
    const { parts } = clusterBill(mskCluster({ monitoringLevel: "DEFAULT" }), held({}), priceBook("us-east-1", set));
    expect(parts.map(({ kind, dollars }) => [kind, Math.round(dollars)])).toEqual([
      ["brokers", 219],
      ["storage", 30],
    ]);
    expect(parts[0]?.words).toContain("set by anna");
  });

  it("does not share out what it does not know", () => {
    const cluster = mskCluster({ kind: "express", instanceType: "express.m7g.large" });
    const { parts, unpriced } = clusterBill(cluster, held({ a: { inRate: null } }), book);
    expect(parts.some(({ kind }) => kind === "data-in")).toBe(false);
    expect(unpriced).toContainEqual(expect.objectContaining({ what: "Data in", reason: "The rates of its topics are not known." }));
  });
});

describe("brokers shared out", () => {
  const plant: Plant = { capacityIn: 50 * MB, capacityOut: 50 * MB, provisionedBytes: null };

  it("by use, by what is kept free for a promise, and the rest is idle", () => {
    const lines = splitBill(
      [brokers],
      held({ a: { inRate: 10 * MB, outRate: 10 * MB, reservedIn: 15 * MB }, b: { outRate: 5 * MB } }),
      plant,
    );
    expect(lines.map(({ holder, of, dollars }) => [holder.kind, of, Math.round(dollars)])).toEqual([
      ["tenant", "used", 20],
      ["tenant", "reserved", 5],
      ["tenant", "used", 5],
      ["idle", "idle", 70],
    ]);
  });

  it("all of it, where nobody says what they can take", () => {
    const lines = splitBill([brokers], held({ a: { inRate: 3 * MB }, b: { inRate: 1 * MB } }), open);
    expect([dollarsOf(lines, isTenant("a")), dollarsOf(lines, isTenant("b"))]).toEqual([75, 25]);
  });

  it("never more than they cost, when more is promised than they can take", () => {
    const lines = splitBill([brokers], held({ a: { reservedIn: 150 * MB }, b: { reservedIn: 50 * MB } }), plant);
    expect([dollarsOf(lines, isTenant("a")), dollarsOf(lines, isTenant("b"))]).toEqual([75, 25]);
  });

  it("to nobody, when not everybody's rate is known", () => {
    const lines = splitBill([brokers], held({ a: { inRate: null }, b: { inRate: 1 * MB } }), plant);
    expect(lines.map(({ holder, dollars }) => [holder.kind, dollars])).toEqual([["rest", 100]]);
  });

  it("with all that is idle, to the one who has the cluster alone", () => {
    const lines = splitBill([brokers], held({ a: { inRate: 1 * MB } }, { sole: "a", others: holding({ inRate: 5 * MB }) }), plant);
    expect(lines.every(isTenant("a"))).toBe(true);
    expect(dollarsOf(lines)).toBeCloseTo(100);
  });
});

/** Park and Miller's generator: the same draws each time. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe("whatever a fleet looks like", () => {
  it("the lines add up to the whole, and none is negative", () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const next = draws(seed);
      const maybe = (value: number): number | null => (next() < 0.05 ? null : value);
      const some = (): Partial<Holding> => ({
        inRate: maybe(next() < 0.2 ? 0 : next() * 10 * MB),
        outRate: maybe(next() * 20 * MB),
        reservedIn: next() < 0.5 ? 0 : next() * 20 * MB,
        reservedOut: next() * 20 * MB,
        stored: maybe(next() * 1e12),
        storedOnAll: maybe(next() * 3e12),
        topics: Math.floor(next() * 20),
        partitions: maybe(Math.floor(next() * 100)),
      });
      const tenants = Object.fromEntries(Array.from({ length: Math.floor(next() * 30) }, (_, index) => [`t${index}`, some()]));
      const kind = (["standard", "express", "serverless"] as const)[seed % 3] ?? "standard";
      const cluster = mskCluster({
        kind,
        region: "us-east-1",
        instanceType: kind === "express" ? "express.m7g.xlarge" : "kafka.m5.large",
        brokerCount: 3 + Math.floor(next() * 9),
        volumeThroughputMibPerSecond: next() < 0.3 ? 250 : null,
        monitoringLevel: (["DEFAULT", "PER_BROKER", "PER_TOPIC_PER_BROKER"] as const)[Math.floor(next() * 3)] ?? "DEFAULT",
      });
      const sole = next() < 0.1 ? (Object.keys(tenants)[0] ?? null) : null;
      const holdings = held(tenants, { shared: holding(some()), others: holding(some()), sole });
      const { parts } = clusterBill(cluster, holdings, book);
      const isOpen = next() < 0.5;
      const plant = {
        capacityIn: isOpen ? null : next() * 300 * MB,
        capacityOut: isOpen ? null : next() * 600 * MB,
        provisionedBytes: next() * 1e13,
      };
      const lines = splitBill(parts, holdings, plant);
      const whole = parts.reduce((sum, { dollars }) => sum + dollars, 0);
      expect(Math.abs(dollarsOf(lines) - whole)).toBeLessThan(1e-6 * Math.max(1, whole));
      expect(lines.every(({ dollars }) => dollars >= 0)).toBe(true);
      if (sole !== null) expect(lines.every(isTenant(sole))).toBe(true);
    }
  });
});
