import type { BrokerMeterFact, ExporterFacts, TopicMeterFact } from "@/lib/domain/facts";
import type { BrokerMeters } from "@/lib/domain/snapshot";
import { drain, type Steps } from "@/lib/domain/steps";
import { idleOfOnePool } from "./read-page";

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
  const { bytesInTotal: _in, bytesOutTotal: _out, recordsInTotal: _records, ...rest } = current;
  const { produceRequestsTotal: _produced, fetchConsumerRequestsTotal: _fetched, requestHandlerIdleNanosTotal: _idle, ...more } = rest;
  const { produceTotalTimeMsMean, fetchConsumerTotalTimeMsMean, fetchConsumerRemoteTimeMsMean, ...gauges } = more;
  return {
    ...gauges,
    ...ratesOf(previous, current, elapsedMs),
    ...idleBetween(previous, current, elapsedMs),
    ...timesBetween(previous, current),
  };
}

/** Of the time between two scrapes alone: the broker's one-minute average still tells of a minute ago when trouble begins or ends. */
function idleBetween(
  previous: BrokerMeterFact | undefined,
  { requestHandlerIdleNanosTotal: now, requestHandlerPools: pools = 1 }: BrokerMeterFact,
  elapsedMs: number,
): BrokerMeterFact {
  const before = previous?.requestHandlerIdleNanosTotal;
  if (before === undefined || now === undefined || now < before) return {};
  return { requestHandlerIdle: idleOfOnePool((now - before) / 1e6 / elapsedMs, pools) };
}

const TIMES = [
  { mean: "produceTotalTimeMsMean", requests: "produceRequestsTotal" },
  { mean: "fetchConsumerTotalTimeMsMean", requests: "fetchConsumerRequestsTotal" },
  { mean: "fetchConsumerRemoteTimeMsMean", requests: "fetchConsumerRequestsTotal" },
] as const;

/**
 * Mean times of the requests between two scrapes. Kafka publishes the mean since the broker's start, which says nothing of now; with the
 * number of requests the time of those in between is a difference. Nothing where there were none, or no earlier scrape.
 */
function timesBetween(previous: BrokerMeterFact | undefined, current: BrokerMeterFact): BrokerMeterFact {
  const times: BrokerMeterFact = {};
  for (const { mean, requests } of TIMES) {
    const [now, count] = [current[mean], current[requests]];
    const [before, countBefore] = [previous?.[mean], previous?.[requests]];
    // Rules of an exporter that publish no count leave the mean since the start as all there is.
    if (count === undefined && now !== undefined) times[mean] = now;
    if (now === undefined || count === undefined || before === undefined || countBefore === undefined || count <= countBefore) continue;
    times[mean] = Math.max(0, (now * count - before * countBefore) / (count - countBefore));
  }
  return times;
}
