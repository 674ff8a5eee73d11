import { describe, expect, it } from "vitest";
import type { BrokerMeterFact, ExporterFacts, TopicMeterFact } from "@/lib/domain/facts";
import { metersBetween } from "./meters";

const START_MS = Date.parse("2026-01-01T00:00:00.000Z");

function facts(atSeconds: number, broker: BrokerMeterFact, topics: Record<string, TopicMeterFact> = {}): ExporterFacts {
  return {
    brokerId: 1,
    at: new Date(START_MS + atSeconds * 1000).toISOString(),
    clients: [],
    topics: new Map(Object.entries(topics)),
    broker,
  };
}

describe("metersBetween", () => {
  it("makes rates from counter differences", () => {
    const earlier = facts(0, { bytesInTotal: 1000, recordsInTotal: 10 }, { a: { bytesOutTotal: 500 } });
    const later = facts(
      60,
      { bytesInTotal: 7000, recordsInTotal: 40, bytesInPerSecond: 1 },
      { a: { bytesOutTotal: 1100, bytesOutPerSecond: 99 } },
    );
    const meters = metersBetween(earlier, later);
    expect(meters.broker).toMatchObject({ bytesInPerSecond: 100, recordsInPerSecond: 0.5 });
    expect(meters.topics.get("a")?.bytesOutPerSecond).toBe(10);
    expect(meters.at).toBe(later.at);
  });

  it("says zero when nothing moved, and nothing when nothing is published", () => {
    const meters = metersBetween(facts(0, { bytesInTotal: 5 }), facts(60, { bytesInTotal: 5, bytesInPerSecond: 3 }));
    expect(meters.broker.bytesInPerSecond).toBe(0);
    expect(meters.broker.bytesOutPerSecond).toBeUndefined();
  });

  it("uses the broker's averages at the first scrape", () => {
    const meters = metersBetween(null, facts(0, { bytesInTotal: 5, bytesInPerSecond: 3 }, { a: { bytesInTotal: 4 } }));
    expect(meters.broker.bytesInPerSecond).toBe(3);
    expect(meters.topics.get("a")?.bytesInPerSecond).toBeUndefined();
  });

  it("uses the broker's averages for every topic when the broker was restarted", () => {
    const earlier = facts(0, { bytesInTotal: 1000 }, { a: { bytesInTotal: 10 } });
    const later = facts(60, { bytesInTotal: 900, bytesInPerSecond: 15 }, { a: { bytesInTotal: 70, bytesInPerSecond: 4 } });
    const meters = metersBetween(earlier, later);
    expect(meters.broker.bytesInPerSecond).toBe(15);
    expect(meters.topics.get("a")?.bytesInPerSecond).toBe(4);
  });

  it("uses the broker's average for a topic that was made anew or appeared", () => {
    const earlier = facts(0, { bytesInTotal: 0 }, { again: { bytesInTotal: 1000 } });
    const later = facts(
      60,
      { bytesInTotal: 60 },
      { again: { bytesInTotal: 60, bytesInPerSecond: 2 }, fresh: { bytesInTotal: 60, bytesInPerSecond: 3 } },
    );
    const meters = metersBetween(earlier, later);
    expect(meters.topics.get("again")?.bytesInPerSecond).toBe(2);
    expect(meters.topics.get("fresh")?.bytesInPerSecond).toBe(3);
  });

  it("makes no rate of two scrapes that are too close", () => {
    const meters = metersBetween(facts(0, { bytesInTotal: 0 }), facts(1, { bytesInTotal: 100_000, bytesInPerSecond: 40 }));
    expect(meters.broker.bytesInPerSecond).toBe(40);
  });

  it("forgets topics the broker no longer leads", () => {
    const meters = metersBetween(facts(0, {}, { gone: { bytesInTotal: 1 } }), facts(60, {}));
    expect(meters.topics.size).toBe(0);
  });

  it("takes the idle share of handlers from the time between two scrapes", () => {
    const idle = (seconds: number, nanos: number, more: BrokerMeterFact = {}) =>
      facts(seconds, { requestHandlerIdle: 0.9, requestHandlerIdleNanosTotal: nanos, ...more });
    expect(metersBetween(idle(0, 5e9), idle(15, 8e9)).broker).toEqual({ requestHandlerIdle: 0.2 });
    const pools = { requestHandlerPools: 2 };
    expect(metersBetween(idle(0, 5e9, pools), idle(15, 23e9, pools)).broker.requestHandlerIdle).toBeCloseTo(0.2);
    expect(metersBetween(null, idle(0, 5e9)).broker).toEqual({ requestHandlerIdle: 0.9 });
    expect(metersBetween(idle(0, 5e9), idle(15, 1e9)).broker.requestHandlerIdle).toBe(0.9);
  });

  it("takes mean times from the requests between two scrapes, and not from all since the start", () => {
    const produced = (seconds: number, produceTotalTimeMsMean: number, produceRequestsTotal: number) =>
      facts(seconds, { bytesInTotal: seconds, produceTotalTimeMsMean, produceRequestsTotal });
    // A million requests of 5 ms, then a hundred of 95 ms: the mean since the start hardly moves.
    const [before, after] = [1_000_000, 1_000_100];
    const mean = (before * 5 + 100 * 95) / after;
    expect(metersBetween(produced(0, 5, before), produced(15, mean, after)).broker.produceTotalTimeMsMean).toBeCloseTo(95, 3);
  });

  it("tells no time where nothing was asked, and none at the first scrape", () => {
    const fetched: BrokerMeterFact = { fetchConsumerTotalTimeMsMean: 40, fetchConsumerRequestsTotal: 7 };
    expect(metersBetween(facts(0, fetched), facts(15, fetched)).broker).toEqual({});
    expect(metersBetween(null, facts(0, fetched)).broker).toEqual({});
  });

  it("leaves the mean since the start where no number of requests is published", () => {
    expect(metersBetween(null, facts(0, { produceTotalTimeMsMean: 4.5 })).broker).toEqual({ produceTotalTimeMsMean: 4.5 });
  });
});
