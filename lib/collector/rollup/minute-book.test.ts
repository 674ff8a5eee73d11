import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/collector/settings";
import { emptySnapshot } from "@/lib/collector/snapshot/empty-snapshot";
import { CONNECTION } from "@/lib/collector/testing/fake-cluster";
import { fleetOf, state, tenant, use } from "@/lib/collector/testing/fake-fleet";
import type { TenantState } from "@/lib/domain/fleet";
import { measured } from "@/lib/domain/observed";
import type { ClusterSnapshot, Part } from "@/lib/domain/snapshot";
import { drain } from "@/lib/domain/steps";
import { cloudFacts } from "@/lib/domain/testing/msk-fixture";
import type { BrokerUse } from "@/lib/domain/views/use";
import { createMinuteBook, type MinuteBook } from "./minute-book";

const START = Date.parse("2026-01-01T00:00:00.000Z");
const MINUTE = 60_000;
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();
const acme = tenant("acme", "shared-1");

function cluster(times: Partial<Record<Part, string>>): ClusterSnapshot {
  const empty = emptySnapshot(CONNECTION, DEFAULT_SETTINGS.intervals, at(0));
  const parts = { ...empty.parts };
  for (const [part, time] of Object.entries(times)) parts[part as Part] = { ...parts[part as Part], at: time };
  return { ...empty, parts };
}

function broker(brokerId: number, bytesPerSecond: number, more: Partial<BrokerUse> = {}): BrokerUse {
  return { brokerId, bytesPerSecond, source: "measured", quotaBytesPerSecond: 1000, share: bytesPerSecond / 1000, throttleMs: 0, ...more };
}

function producing(bytesPerSecond: number, brokers: BrokerUse[] = [], more: Partial<TenantState["produce"]> = {}): TenantState {
  return state(acme, { produce: use(measured(bytesPerSecond, at(0)), brokers, more) });
}

/** Takes one reading of the exporters, made at the given second. */
function read(book: MinuteBook, second: number, ...tenants: TenantState[]): void {
  drain(book.add(fleetOf([cluster({ exporter: at(second) })], tenants), "shared-1"));
}

function minutes(book: MinuteBook, nowSecond: number) {
  return drain(book.takeEnded("shared-1", START + nowSecond * 1000)).map(({ atMs, tenants }) => ({
    minute: (atMs - START) / MINUTE,
    tenants,
  }));
}

describe("minute book", () => {
  it("writes the mean rate of a minute's readings, and the worst of everything else", () => {
    const book = createMinuteBook(START - 1);
    read(book, 10, producing(100, [broker(1, 100), broker(2, 900, { throttleMs: 50 })]));
    read(book, 25, producing(300, [broker(1, 300), broker(2, 500)]));
    const [minute] = minutes(book, 60);
    expect(minute?.tenants).toEqual([
      {
        tenantId: "acme",
        produce: {
          source: "measured",
          atLeast: false,
          bytesPerSecond: 200,
          quotaUse: 0.9,
          worstBrokerId: 2,
          near: true,
          throttled: true,
          throttledBelowPromise: null,
          abovePromise: null,
          brokers: [
            { brokerId: 1, bytesPerSecond: 200, quotaBytesPerSecond: 1000, throttleMs: 0 },
            { brokerId: 2, bytesPerSecond: 700, quotaBytesPerSecond: 1000, throttleMs: 50 },
          ],
        },
        consume: null,
        lag: null,
        storageBytes: null,
      },
    ]);
  });

  it("takes CloudWatch's minute where no exporter is read, as derived and in the minute it tells of", () => {
    const book = createMinuteBook(START - 1);
    const derived = state(acme, { produce: use({ source: "derived", value: 70, at: at(60) }, []) });
    const snapshot = { ...cluster({ cloudwatch: at(200) }), cloud: cloudFacts(at(60)) };
    drain(book.add(fleetOf([snapshot], [derived]), "shared-1"));
    expect(minutes(book, 300)).toMatchObject([
      { minute: 1, tenants: [{ tenantId: "acme", produce: { source: "derived", bytesPerSecond: 70 } }] },
    ]);
  });

  it("counts each reading once, however many versions of the fleet show it", () => {
    const book = createMinuteBook(START - 1);
    read(book, 10, producing(100));
    read(book, 10, producing(100));
    read(book, 20, producing(400));
    expect(minutes(book, 60)[0]?.tenants[0]?.produce?.bytesPerSecond).toBe(250);
  });

  it("puts a reading into the minute in which it was made, and has no minute without one", () => {
    const book = createMinuteBook(START - 1);
    read(book, 59, producing(1));
    read(book, 200, producing(2));
    expect(minutes(book, 179)).toMatchObject([{ minute: 0 }]);
    expect(minutes(book, 300)).toMatchObject([{ minute: 3 }]);
    expect(minutes(book, 400)).toEqual([]);
  });

  it("leaves out readings from before it began, which come with a saved snapshot", () => {
    const book = createMinuteBook(START + 30_000);
    read(book, 10, producing(1));
    expect(minutes(book, 600)).toEqual([]);
  });

  it("has no row for a tenant of whom nothing is known: a gap is no zero", () => {
    const book = createMinuteBook(START - 1);
    read(book, 10, state(acme), state(tenant("birch", "shared-1"), { produce: use(measured(0, at(0))) }));
    expect(minutes(book, 60)[0]?.tenants).toMatchObject([{ tenantId: "birch", produce: { bytesPerSecond: 0 } }]);
  });

  it("has no row for a tenant that is not on the cluster", () => {
    const book = createMinuteBook(START - 1);
    read(book, 10, state(tenant("far", "other"), { produce: use(measured(5, at(0))) }));
    expect(minutes(book, 60)).toEqual([]);
  });

  it("takes lag and storage when they are read, apart from rates", () => {
    const book = createMinuteBook(START - 1);
    const shown = state(acme, { storageBytes: measured(77.4, at(0)) });
    drain(book.add(fleetOf([cluster({ offsets: at(5), logs: at(6) })], [shown]), "shared-1"));
    expect(minutes(book, 60)[0]?.tenants).toEqual([{ tenantId: "acme", produce: null, consume: null, lag: null, storageBytes: 77 }]);
  });
});
