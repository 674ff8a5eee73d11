import type { Clock } from "@/lib/collector/clock";
import type { Scrape } from "@/lib/collector/ports";
import { runSlices } from "@/lib/collector/run-slices";
import type { BrokerFact, ExporterFacts, Problem } from "@/lib/domain/facts";
import type { BrokerMeters } from "@/lib/domain/snapshot";
import { metersBetweenSteps, SCRAPE_GAP_MIN_MS } from "@/lib/metrics";

export interface ExporterReading {
  meters: Map<number, BrokerMeters>;
  problems: Problem[];
}

export interface ExporterReader {
  /** Scrapes every broker at once; one that fails costs only its part. */
  read: (brokers: readonly BrokerFact[]) => Promise<ExporterReading>;
  /** Ends scrapes that are under way. */
  stop: () => void;
}

export interface ExporterOptions {
  scrape: Scrape;
  clock: Clock;
  port: number;
  deadlineMs: number;
}

/** Scrapes a cluster's exporters and keeps, of each broker, the scrape that the next one is compared with. */
export function createExporterReader({ scrape, clock, port, deadlineMs }: ExporterOptions): ExporterReader {
  const bases = new Map<number, ExporterFacts>();
  const stopping = new AbortController();

  async function readBroker({ id, host }: BrokerFact): Promise<{ id: number; meters: BrokerMeters | null; problems: Problem[] }> {
    const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}/metrics`;
    const { value, problems } = await scrape({ brokerId: id, url, deadlineMs, clock, signal: stopping.signal });
    if (value === null) return { id, meters: null, problems };
    const base = bases.get(id) ?? null;
    const meters = await runSlices(metersBetweenSteps(base, value));
    if (base === null || Date.parse(value.at) - Date.parse(base.at) >= SCRAPE_GAP_MIN_MS) bases.set(id, value);
    return { id, meters, problems };
  }

  return {
    async read(brokers) {
      const readings = await Promise.all(brokers.map(readBroker));
      const meters = new Map<number, BrokerMeters>();
      for (const reading of readings) if (reading.meters !== null) meters.set(reading.id, reading.meters);
      return { meters, problems: readings.flatMap(({ problems }) => problems) };
    },
    stop: () => stopping.abort(),
  };
}
