import type { BrokerMeterFact, ExporterFacts, TopicMeterFact } from "@/lib/domain/facts";
import type { BrokerMeters } from "@/lib/domain/snapshot";
import { drain, type Steps } from "@/lib/domain/steps";

/** Two scrapes closer than this are too close for a rate: a few batches more or less would show as a peak. */
export const SCRAPE_GAP_MIN_MS = 3000;

/** Topics taken in one step. */
const STEP = 500;

const COUNTERS = [
  { total: "bytesInTotal", perSecond: "bytesInPerSecond" },
  { total: "bytesOutTotal", perSecond: "bytesOutPerSecond" },
  { total: "recordsInTotal", perSecond: "recordsInPerSecond" },
] as const;

/**
 * Rates of one broker from the difference of two scrapes. Where there is no earlier scrape, the two are too close, or a counter
 * fell because the broker was restarted or the topic made anew, the broker's own one-minute average stands in for it.
 */
export function metersBetween(previous: ExporterFacts | null, current: ExporterFacts): BrokerMeters {
  return drain(metersBetweenSteps(previous, current));
}

/** The same in slices, for brokers with tens of thousands of topics. */
export function* metersBetweenSteps(previous: ExporterFacts | null, current: ExporterFacts): Steps<BrokerMeters> {
  const elapsedMs = previous === null ? 0 : Date.parse(current.at) - Date.parse(previous.at);
  const comparable = previous !== null && elapsedMs >= SCRAPE_GAP_MIN_MS && !restarted(previous.broker, current.broker);
  const base = comparable ? previous : null;
  const topics = new Map<string, TopicMeterFact>();
  for (const [name, topic] of current.topics) {
    topics.set(name, ratesOf(base?.topics.get(name), topic, elapsedMs));
    if (topics.size % STEP === 0) yield;
  }
  return { at: current.at, clients: current.clients, topics, broker: brokerRates(base?.broker, current.broker, elapsedMs) };
}

function restarted(previous: BrokerMeterFact, current: BrokerMeterFact): boolean {
  return COUNTERS.some(({ total }) => (current[total] ?? 0) < (previous[total] ?? 0));
}

/** Counters themselves say nothing to those who look at rates, and are many. */
function ratesOf(previous: TopicMeterFact | undefined, current: TopicMeterFact, elapsedMs: number): TopicMeterFact {
  const rates: TopicMeterFact = {};
  for (const { total, perSecond } of COUNTERS) {
    const before = previous?.[total];
    const now = current[total];
    const counted = before === undefined || now === undefined || now < before ? undefined : ((now - before) * 1000) / elapsedMs;
    const rate = counted ?? current[perSecond];
    if (rate !== undefined) rates[perSecond] = rate;
  }
  return rates;
}

function brokerRates(previous: BrokerMeterFact | undefined, current: BrokerMeterFact, elapsedMs: number): BrokerMeterFact {
  const { bytesInTotal: _in, bytesOutTotal: _out, recordsInTotal: _records, ...gauges } = current;
  return { ...gauges, ...ratesOf(previous, current, elapsedMs) };
}
