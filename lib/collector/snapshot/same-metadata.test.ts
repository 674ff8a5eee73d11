import { expect, test } from "vitest";
import type { MetadataFacts } from "@/lib/domain/facts";
import { drain } from "@/lib/domain/steps";
import { sameMetadata } from "./same-metadata";

function read(leaders: Record<string, number>, brokers = [1, 2]): MetadataFacts {
  return {
    kafkaClusterId: "k",
    controllerId: 1,
    brokers: brokers.map((id) => ({ id, host: `b${id}`, port: 9096, rack: null })),
    topics: new Map(
      Object.entries(leaders).map(([name, leader]) => [
        name,
        { name, internal: false, partitions: [{ partition: 0, leader, replicas: [1, 2], isr: [1, 2] }] },
      ]),
    ),
  };
}

const before = read({ a: 1, b: 2 });

test("metadata that says the same is the earlier one", () => {
  expect(drain(sameMetadata(before, read({ a: 1, b: 2 })))).toBe(before);
});

test.each<[string, MetadataFacts]>([
  ["a leader has moved", read({ a: 1, b: 1 })],
  ["a topic has come", read({ a: 1, b: 2, c: 1 })],
  ["a topic has gone", read({ a: 1 })],
  ["a broker has gone", read({ a: 1, b: 2 }, [1])],
])("where %s, the rest is held", (_what, now) => {
  const held = drain(sameMetadata(before, now));
  expect(held).toEqual(now);
  expect(held.topics.get("a")).toBe(before.topics.get("a"));
});

test("nothing came before the first", () => {
  expect(drain(sameMetadata(null, before))).toBe(before);
});
