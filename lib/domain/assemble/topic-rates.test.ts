import { expect, test } from "vitest";
import type { TopicFact, TopicMeterFact } from "@/lib/domain/facts";
import type { BrokerMeters } from "@/lib/domain/snapshot";
import { observedRate, sumTopicRate } from "./topic-rates";

const AT = "2026-11-23T10:00:00.000Z";
const topic = (...leaders: (number | null)[]): TopicFact => ({
  name: "t",
  internal: false,
  partitions: leaders.map((leader, partition) => ({ partition, leader, replicas: [1, 2, 3], isr: [1, 2, 3] })),
});
const meters = (
  bytes: TopicMeterFact | undefined,
  broker: TopicMeterFact = { bytesInPerSecond: 1, bytesOutPerSecond: 1 },
): BrokerMeters => ({
  at: AT,
  clients: [],
  topics: new Map(bytes === undefined ? [] : [["t", bytes]]),
  broker,
});

type Case = [
  what: string,
  of: TopicFact,
  fresh: Record<number, BrokerMeters>,
  rate: "bytesInPerSecond" | "bytesOutPerSecond",
  expected: object,
];
test.each<Case>([
  [
    "brokers add up",
    topic(1, 2),
    { 1: meters({ bytesInPerSecond: 5 }), 2: meters({ bytesInPerSecond: 7 }), 3: meters(undefined) },
    "bytesInPerSecond",
    { value: 12, missing: false, told: true },
  ],
  [
    "no series of the topic is no traffic, where the broker tells of others",
    topic(1),
    { 1: meters(undefined) },
    "bytesInPerSecond",
    { value: 0, missing: false, told: true },
  ],
  [
    "a broker that tells of no traffic at all tells nothing",
    topic(1),
    { 1: meters(undefined, {}) },
    "bytesInPerSecond",
    { value: 0, told: false },
  ],
  [
    "a leader that does not tell is missed",
    topic(1, 2),
    { 1: meters({ bytesInPerSecond: 5 }) },
    "bytesInPerSecond",
    { value: 5, missing: true },
  ],
  [
    "a follower that does not tell is not missed in what is written",
    topic(1),
    { 1: meters({ bytesInPerSecond: 5 }) },
    "bytesInPerSecond",
    { value: 5, missing: false },
  ],
  [
    "but in what is read: it may serve fetches",
    topic(1),
    { 1: meters({ bytesOutPerSecond: 5 }) },
    "bytesOutPerSecond",
    { value: 5, missing: true },
  ],
  [
    "without a leader nothing can be written",
    topic(null),
    { 1: meters(undefined), 2: meters(undefined) },
    "bytesInPerSecond",
    { value: 0, missing: false },
  ],
])("%s", (_, of, fresh, rate, expected) => {
  const brokers = {
    fresh: new Map(Object.entries(fresh).map(([id, told]) => [Number(id), told])),
    missing: [1, 2, 3].filter((id) => fresh[id] === undefined),
    at: AT,
    derived: false,
    topicsHidden: null,
  };
  expect(sumTopicRate(of, rate, brokers)).toMatchObject(expected);
});

test.each([
  ["a sum", { value: 5, missing: false, told: true }, AT, { source: "measured", value: 5, at: AT }],
  ["a part of it", { value: 5, missing: true, told: true }, AT, { source: "measured", value: 5, at: AT, atLeast: true }],
  ["nothing told", { value: 0, missing: false, told: false }, AT, { source: "unavailable" }],
  ["no exporter read", { value: 0, missing: true, told: false }, null, { source: "unavailable", reason: "Why.", remedy: "Do." }],
])("observed: %s", (_, sum, at, expected) => {
  const brokers = { fresh: new Map(), missing: [], at, derived: false, topicsHidden: null };
  expect(observedRate(sum, brokers, { reason: "Why.", remedy: "Do." }, AT)).toMatchObject(expected);
});
