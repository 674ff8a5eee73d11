import { describe, expect, it } from "vitest";
import { assembleFleet } from "@/lib/domain/assemble/assemble-fleet";
import { EMPTY_MEMORY } from "@/lib/domain/fleet-memory";
import type { MskCluster } from "@/lib/domain/msk-facts";
import { drain } from "@/lib/domain/steps";
import { AT, AT_MS, type ClusterSpec, client, cluster, poolTenant, registry, rule, tenant } from "@/lib/domain/testing/cluster-fixture";
import { mskFacts } from "@/lib/domain/testing/msk-fixture";
import type { BrokerWhatIf } from "@/lib/domain/views/what-if";
import { brokerWhatIf } from "./broker-count";
import type { PastPeak, PastPeaks } from "./sized-tenants";
import { leadingOf, oneDown } from "./spread";

const MB = 1_000_000;
const EXPRESS = {
  region: "us-east-1",
  kind: "express",
  instanceType: "express.m7g.large",
  brokerCount: 3,
  monitoringLevel: "DEFAULT",
} as const;
const peak = (bytesPerSecond: number, more: Partial<PastPeak> = {}): PastPeak => ({
  bytesPerSecond,
  quotaUse: null,
  minutesThrottled: 0,
  ...more,
});

interface Given {
  spec?: ClusterSpec;
  msk?: Partial<MskCluster> | null;
  peaks?: Record<string, PastPeaks>;
  whole?: PastPeaks;
  tenants?: ReturnType<typeof tenant>[];
}

function ask({ spec = {}, msk = EXPRESS, peaks = {}, whole, tenants = [tenant("acme")] }: Given = {}): BrokerWhatIf {
  const made = cluster({ topics: ["acme.orders"], quotas: [rule({ user: "acme" }, 1_000)], clients: { 1: [client("acme", 10)] }, ...spec });
  const snapshot = { ...made, msk: msk === null ? null : mskFacts({}, msk) };
  const { fleet } = assembleFleet({ registry: registry(tenants), clusters: [snapshot], memory: EMPTY_MEMORY, at: AT });
  const asked = fleet.clusters.get("c1");
  if (asked === undefined) throw new Error("no cluster");
  return drain(brokerWhatIf({ fleet, cluster: asked, fromMs: AT_MS - 1, toMs: AT_MS, peaks: new Map(Object.entries(peaks)), whole }));
}

const at = ({ sizes }: BrokerWhatIf, brokers: number) => {
  const size = sizes.find((one) => one.brokers === brokers);
  if (size === undefined) throw new Error(`no size of ${brokers}`);
  return size;
};
const shares = ({ tenants: [first] }: BrokerWhatIf) => first?.bySize.map(({ share }) => Number(share.toFixed(3)));

describe("brokers that lead a tenant's partitions", () => {
  it.each([
    [3, 12, 3, 2, 2],
    [3, 12, 3, 4, 4],
    [3, 3, 3, 4, 3],
    [2, 12, 3, 2, 2],
    [1, 1, 3, 2, 1],
    [3, 12, 3, 6, 6],
    [2, 4, 6, 9, 4],
  ])("%d with %d partitions on %d brokers are, on %d, %d", (leading, partitions, now, then, expected) => {
    expect(leadingOf({ leading, partitions }, now, then)).toBe(expected);
  });

  it("are one less while a broker is down, and never none", () => expect([3, 2, 1].map(oneDown)).toEqual([2, 1, 1]));
});

describe("one broker more or less", () => {
  it("is worked out for one, and for as many as MSK takes at once", () => {
    const { sizes } = ask();
    expect(sizes.map(({ brokers, isNow, isTaken }) => [brokers, isNow, isTaken])).toEqual([
      [2, false, false],
      [3, true, true],
      [4, false, false],
      [6, false, true],
    ]);
  });

  it("sets promise and the highest minute against what so many brokers take, and one less of them", () => {
    const view = ask({ whole: { produce: peak(20 * MB) } });
    expect([view.promised, view.bound, view.peak]).toEqual([
      { produce: 3_000, consume: 6_000 },
      { produce: 3_000, consume: 6_000 },
      { produce: 20 * MB, consume: null },
    ]);
    expect(at(view, 2).produce).toEqual({ capacity: 31.2 * MB, capacityOneDown: 15.6 * MB });
    expect(at(view, 4).consume).toEqual({ capacity: 124.8 * MB, capacityOneDown: 93.6 * MB });
  });

  it("counts a promise that nobody holds a pool's tenant to as promised, and keeps nothing free for it", () => {
    const view = ask({ tenants: [poolTenant("acme")], spec: { topics: ["pool.events"], quotas: [] } });
    expect([view.promised.produce, view.bound.produce]).toEqual([3_000, 0]);
  });

  it("costs what its prices say, and nothing is made up without them", () => {
    const view = ask();
    const difference = (at(view, 4).dollarsPerMonth ?? 0) - (at(view, 3).dollarsPerMonth ?? 0);
    expect(difference).toBeCloseTo(0.408 * 730, 6);
    const standard = ask({ msk: { region: "us-east-1", monitoringLevel: "DEFAULT" } });
    expect((at(standard, 4).dollarsPerMonth ?? 0) - (at(standard, 3).dollarsPerMonth ?? 0)).toBeCloseTo(0.204 * 730 + 10, 6);
    expect(at(ask({ msk: { ...EXPRESS, region: "eu-central-1" } }), 4).dollarsPerMonth).toBeNull();
    expect(at(ask({ msk: null }), 4)).toMatchObject({ dollarsPerMonth: null, isTaken: null, produce: { capacity: null } });
  });

  it("has no capacity where AWS publishes none, and says so", () => {
    const view = ask({ msk: { kind: "standard" } });
    expect(at(view, 3).produce).toEqual({ capacity: null, capacityOneDown: null });
    expect(view.notes.some((note) => note.includes("publishes no capacity"))).toBe(true);
  });

  it("says why nothing can be said of what has no brokers", () => {
    const view = ask({ msk: { kind: "serverless", instanceType: null, brokerCount: null } });
    expect([view.sizes, view.reason]).toEqual([[], expect.stringContaining("serverless")]);
  });
});

describe("who would be throttled", () => {
  // 2,500 B/s at a quota of 1,000 B/s a broker: 125 % on two, 83 % on three; its three partitions go to no fourth broker.
  it("is who had a minute above what the rules let through on so many brokers", () => {
    const view = ask({ peaks: { acme: { produce: peak(2_500), consume: peak(1) } } });
    expect(view.tenants.map(({ tenantId, direction }) => [tenantId, direction])).toEqual([["acme", "produce"]]);
    expect(shares(view)).toEqual([1.25, 0.833, 0.833, 0.833]);
    expect(view.sizes.map(({ throttled, throttledOneDown }) => [throttled, throttledOneDown])).toEqual([
      [1, 1],
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });

  it("goes by the hottest broker where its load is uneven", () => {
    const view = ask({ peaks: { acme: { produce: peak(1_200, { quotaUse: 0.9, minutesThrottled: 3 }) } } });
    expect(shares(view)?.[0]).toBe(1.35);
    expect(view.tenants[0]).toMatchObject({ isCutOff: true, bySize: [{ by: "hottest", brokersLeading: 2 }, { share: 0.9 }, {}, {}] });
  });

  it("is nobody whose rules do not limit it, and not known of whom nothing is kept", () => {
    expect(ask({ spec: { quotas: [] }, peaks: { acme: { produce: peak(9e9) } } })).toMatchObject({ tenants: [], unseen: 0 });
    expect(ask({ peaks: {} })).toMatchObject({ tenants: [], unseen: 1 });
    expect(ask({ spec: { quotas: null }, peaks: { acme: { produce: peak(9e9) } } }).tenants).toEqual([]);
  });

  it("never grows with the number of brokers", () => {
    for (let rate = 100; rate < 5_000; rate += 70) {
      const { sizes } = ask({ peaks: { acme: { produce: peak(rate, { quotaUse: rate / 2_000 }) } } });
      const counts = sizes.map(({ throttled }) => throttled);
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    }
  });
});
