import { runSlices } from "@/lib/collector/run-slices";
import type { BrokerFact, ExporterFacts, Problem } from "@/lib/domain/facts";
import type { BrokerMeters } from "@/lib/domain/snapshot";
import { metersBetweenSteps, SCRAPE_GAP_MIN_MS } from "@/lib/metrics";
import type { ExporterSource } from "./exporter-source";

export interface ExporterReading {
  meters: Map<number, BrokerMeters>;
  problems: Problem[];
}

export interface ExporterReader {
  /** Asks for every broker at once; one that fails costs only its part. */
  read: (brokers: readonly BrokerFact[]) => Promise<ExporterReading>;
  /** Ends what is under way. */
  stop: () => void;
}

/** Makes rates of what a cluster's exporters count: keeps, of each broker, the facts that the next ones are compared with. */
export function createExporterReader(source: ExporterSource): ExporterReader {
  const bases = new Map<number, ExporterFacts>();
  const newest = new Map<number, { at: string; meters: BrokerMeters }>();
  const stopping = new AbortController();

  async function metersOf(facts: ExporterFacts): Promise<BrokerMeters> {
    const last = newest.get(facts.brokerId);
    // A Prometheus asked twice between two scrapes tells the same scrape twice: no time has gone by to make a rate of.
    if (last?.at === facts.at) return last.meters;
    const base = bases.get(facts.brokerId) ?? null;
    const meters = await runSlices(metersBetweenSteps(base, facts));
    if (base === null || Date.parse(facts.at) - Date.parse(base.at) >= SCRAPE_GAP_MIN_MS) bases.set(facts.brokerId, facts);
    newest.set(facts.brokerId, { at: facts.at, meters });
    return meters;
  }

  return {
    async read(brokers) {
      const { facts, problems } = await source(brokers, stopping.signal);
      const meters = new Map<number, BrokerMeters>();
      for (const each of facts) meters.set(each.brokerId, await metersOf(each));
      return { meters, problems };
    },
    stop: () => stopping.abort(),
  };
}
