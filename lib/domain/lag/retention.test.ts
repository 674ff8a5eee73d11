import { describe, expect, test } from "vitest";
import type { ConfigFact } from "@/lib/domain/facts";
import { AT, cluster } from "@/lib/domain/testing/cluster-fixture";
import { deletesByTime, offsetsRetentionMs, topicRetentionMs } from "./retention";

const entry = (name: string, value: string | null): ConfigFact => ({
  name,
  value,
  source: "topic",
  readOnly: false,
  sensitive: false,
  synonyms: [],
});
const configured = (...entries: ConfigFact[]) => ({ ...cluster(), configs: new Map([["t", { at: AT, entries }]]), brokerConfigs: [] });

describe("retention", () => {
  test.each<[string, Parameters<typeof topicRetentionMs>[0], object]>([
    ["the topic's own", configured(entry("retention.ms", "60000")), { source: "measured", value: 60_000 }],
    ["unlimited is Kafka's -1", configured(entry("retention.ms", "-1")), { source: "measured", value: -1 }],
    [
      "the cluster's default, where the topic was not read",
      { ...cluster(), brokerConfigs: [entry("log.retention.ms", "7000")] },
      { source: "derived", value: 7000 },
    ],
    ["not known", cluster(), { source: "unavailable" }],
    ["a value that is hidden", configured(entry("retention.ms", null)), { source: "unavailable" }],
  ])("%s", (_, snapshot, expected) => expect(topicRetentionMs(snapshot, "t")).toMatchObject(expected));
});

test.each([
  ["delete", true],
  ["compact,delete", true],
  ["compact", false],
])("cleanup.policy %s deletes by time: %s", (policy, deletes) =>
  expect(deletesByTime(configured(entry("cleanup.policy", policy)), "t")).toBe(deletes),
);

test("a topic not read is taken to delete", () => expect(deletesByTime(cluster(), "t")).toBe(true));

test.each([
  [[entry("offsets.retention.minutes", "10080")], 7 * 86_400_000],
  [[entry("offsets.retention.minutes", "soon")], null],
  [[], null],
])("commits are kept for %j: %s ms", (configs, ms) => expect(offsetsRetentionMs(configs)).toBe(ms));
