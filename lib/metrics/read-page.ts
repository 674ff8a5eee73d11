import type { BrokerMeterFact, ClientMeterFact, ExporterFacts, TopicMeterFact } from "@/lib/domain/facts";
import { clientOf, topicOf } from "./label-names";
import { isMetricName, parseSample, type Sample, sampleName } from "./parse-sample";
import { type BrokerField, type ClientField, type Meaning, meaningOf, meaningsOf } from "./series";

export interface PageReader {
  line: (line: string | null) => void;
  /** The same for a series that was read elsewhere. */
  sample: (sample: Sample) => void;
  /** How many lines were samples, read or not, and how many were neither sample nor comment. */
  counts: () => { samples: number; read: number; malformed: number; firstMalformed: string | null };
  facts: (at: string) => ExporterFacts;
}

const TRAFFIC_FIELDS: ReadonlySet<BrokerField> = new Set([
  "bytesInTotal",
  "bytesOutTotal",
  "recordsInTotal",
  "bytesInPerSecond",
  "bytesOutPerSecond",
  "recordsInPerSecond",
]);
const THROTTLES: ReadonlySet<ClientField> = new Set(["produceThrottleMs", "consumeThrottleMs", "requestThrottleMs"]);

/** Takes an exporter's page line by line and keeps what the console reads of it. */
export function readPage(brokerId: number): PageReader {
  const clients = new Map<string, ClientMeterFact>();
  const topics = new Map<string, TopicMeterFact>();
  const broker: BrokerMeterFact = {};
  let handlerIdleSinceStart = 0;
  /** A page may publish one thing under two names; only the first name counts, else it would be counted twice. */
  const nameOfField = new Map<string, string>();
  let samples = 0;
  let read = 0;
  let malformed = 0;
  let firstMalformed: string | null = null;

  function spoilt(line: string | null): void {
    malformed++;
    firstMalformed ??= line === null ? "(a line longer than 64 KB)" : line.slice(0, 80);
  }

  function keep(sample: Sample, meaning: Meaning): void {
    const key = `${meaning.of}/${meaning.field}`;
    const name = nameOfField.get(key) ?? sample.name;
    if (name !== sample.name) return;
    nameOfField.set(key, name);
    read++;
    if (meaning.of === "client") addToClient(clients, sample, meaning.field);
    else if (meaning.of === "traffic") addToTraffic(topics, broker, sample, meaning.field);
    else if (!Number.isFinite(sample.value)) return;
    else if (meaning.of === "since-start") handlerIdleSinceStart = sample.value;
    else broker[meaning.field] = (broker[meaning.field] ?? 0) + sample.value;
  }

  function take(sample: Sample, meanings: ReadonlyMap<string, Meaning>): void {
    samples++;
    const meaning = meaningOf(meanings, sample.labels);
    if (meaning !== null) keep(sample, meaning);
  }

  return {
    line(line) {
      if (line === null) return spoilt(line);
      if (line === "" || line.startsWith("#") || line.trim() === "") return;
      const name = sampleName(line);
      const meanings = name === null ? null : meaningsOf(name);
      if (name === null || meanings === null) {
        if (name === null || !isMetricName(name)) spoilt(line);
        else samples++;
        return;
      }
      const sample = parseSample(line, name);
      if (sample === null) return spoilt(line);
      take(sample, meanings);
    },
    sample(sample) {
      const meanings = meaningsOf(sample.name);
      if (meanings === null) samples++;
      else take(sample, meanings);
    },
    counts: () => ({ samples, read, malformed, firstMalformed }),
    facts: (at) => ({ brokerId, at, clients: [...clients.values()], topics, broker: onePoolOnly(broker, handlerIdleSinceStart) }),
  };
}

/**
 * On a node that is broker and controller, Kafka before 4.2 adds both roles' handler pools in one meter, which then reaches 2
 * (KIP-1207). The controller's is taken to be idle, so the broker's is not overstated; its average since the start tells such
 * a node apart even while it is busy. The meter of network threads is there the controller's alone, which is the first to take
 * the name: it says nothing of the broker.
 */
function onePoolOnly(broker: BrokerMeterFact, idleSinceStart: number): BrokerMeterFact {
  const idle = broker.requestHandlerIdle;
  if (idle === undefined) return broker;
  const pools = Math.max(idle, idleSinceStart) > 1.05 ? 2 : 1;
  const ofOne = { ...broker, requestHandlerIdle: idleOfOnePool(idle, pools) };
  if (pools === 1) return ofOne;
  const { networkProcessorIdle: _ofController, ...own } = ofOne;
  return { ...own, requestHandlerPools: pools };
}

/** The idle share of the broker's own handlers, 0 to 1, where a meter adds up so many pools. */
export function idleOfOnePool(idle: number, pools: number): number {
  return Math.min(1, Math.max(0, idle - (pools - 1)));
}

function addToClient(clients: Map<string, ClientMeterFact>, sample: Sample, field: ClientField): void {
  const { user, clientId } = clientOf(sample.labels);
  if (user === "" && clientId === "") return;
  const isThrottle = THROTTLES.has(field);
  const value = isThrottle && Number.isNaN(sample.value) ? 0 : sample.value;
  if (!Number.isFinite(value)) return;
  const key = JSON.stringify([user, clientId]);
  let fact = clients.get(key);
  if (fact === undefined) {
    fact = { ...(user === "" ? {} : { user }), ...(clientId === "" ? {} : { clientId }) };
    clients.set(key, fact);
  }
  const before = fact[field];
  fact[field] = before === undefined ? value : isThrottle ? Math.max(before, value) : before + value;
}

function addToTraffic(topics: Map<string, TopicMeterFact>, broker: BrokerMeterFact, sample: Sample, field: BrokerField): void {
  if (!Number.isFinite(sample.value) || !isTrafficField(field)) return;
  const topic = topicOf(sample.labels);
  let fact: TopicMeterFact = broker;
  if (topic !== "") {
    fact = topics.get(topic) ?? {};
    topics.set(topic, fact);
  }
  fact[field] = (fact[field] ?? 0) + sample.value;
}

function isTrafficField(field: BrokerField): field is keyof TopicMeterFact {
  return TRAFFIC_FIELDS.has(field);
}
