import { describe, expect, it } from "vitest";
import type { ConfigFact, GroupFact } from "@/lib/domain/facts";
import type { TopicDetail } from "@/lib/domain/views/clusters";
import type { ConfigReading } from "@/lib/kafka";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, groupOf, snapshotOf, tenantOf, topicOf } from "@/lib/operations/testing/fleet";
import { getTopic } from "./get-topic";

const NAME = "acme.orders";
const config = (name: string, value: string): ConfigFact => ({
  name,
  value,
  source: "topic",
  readOnly: false,
  sensitive: false,
  synonyms: [],
});
const group: GroupFact = {
  id: "g",
  type: "classic",
  state: "Stable",
  protocolType: "consumer",
  coordinatorId: 1,
  committed: [
    { topic: NAME, partition: 0, offset: 9_007_199_254_740_993n },
    { topic: "other", partition: 0, offset: 1n },
  ],
};
const metadata = {
  kafkaClusterId: "k",
  controllerId: 1,
  brokers: [],
  topics: new Map([[NAME, { name: NAME, internal: false, partitions: [{ partition: 0, leader: 2, replicas: [2, 3], isr: [2] }] }]]),
};
const snapshot = snapshotOf("c1", {
  metadata,
  groups: new Map([["g", group]]),
  ends: new Map([[NAME, [9_007_199_254_740_999n]]]),
  starts: new Map([[NAME, [5n]]]),
  sizes: new Map([
    [
      NAME,
      [
        new Map([
          [2, 700],
          [3, 650],
        ]),
      ],
    ],
  ]),
  configs: new Map([[NAME, { at: "2026-11-23T06:00:00.000Z", entries: [config("retention.ms", "1")] }]]),
});
const fleet = fleetOf({
  clusters: [snapshot],
  tenants: [tenantOf("acme", { name: "Acme" })],
  topics: [topicOf(NAME, { owner: { kind: "tenant", tenantId: "acme", by: "prefix" } })],
  groups: [groupOf("g", { topics: [NAME, "other"] })],
});

function contextWith(reading: { value: ConfigReading[]; problems: never[] | [object] }) {
  const asked: unknown[] = [];
  const readConfigs = async (resources: unknown) => {
    asked.push(resources);
    return reading as never;
  };
  const admin = { readConfigs };
  return { context: { ...contextOf([fleet]), kafka: () => admin as never }, asked };
}
const live = [
  { resource: { type: "topic" as const, name: NAME }, configs: [config("retention.ms", "86400000"), config("max.message.bytes", "7")] },
];
const ask = async (context: ReturnType<typeof contextOf>, name = NAME) =>
  (await getTopic.run(context, { clusterId: "c1", name })) as TopicDetail;

describe("getTopic", () => {
  it("reads the configuration live, once for all who ask within ten seconds", async () => {
    const { context, asked } = contextWith({ value: live, problems: [] });
    const answers = await Promise.all([ask(context), ask(context), ask(context)]);
    expect(asked).toEqual([[{ type: "topic", name: NAME }]]);
    expect(answers[0]).toMatchObject({
      configsAt: AT,
      configs: [{ name: "retention.ms", value: "86400000" }, { name: "max.message.bytes" }],
    });
    const later = { ...context, now: () => new Date(Date.parse(AT) + 10_000) };
    await ask(later);
    expect(asked).toHaveLength(2);
  });

  it("holds each value against the owner's tier where the tier says something", async () => {
    const { context } = contextWith({
      value: [{ resource: { type: "topic", name: NAME }, configs: [config("retention.ms", "5"), config("max.message.bytes", "7")] }],
      problems: [],
    });
    expect((await ask(context)).configs).toMatchObject([
      { name: "retention.ms", tierDefault: "86400000", differsFromTier: true },
      { name: "max.message.bytes", tierDefault: null, differsFromTier: false },
    ]);
    const same = contextWith({ value: live, problems: [] });
    expect((await ask(same.context)).configs?.[0]).toMatchObject({ differsFromTier: false });
  });

  it("falls back to what was last seen, and says when that was and why", async () => {
    const problem = { code: "forbidden", operation: "DescribeConfigs", message: "Not allowed." };
    const { context } = contextWith({ value: [], problems: [problem] });
    expect(await ask(context)).toMatchObject({ configsAt: "2026-11-23T06:00:00.000Z", configs: [{ value: "1" }], problems: [problem] });
  });

  it("gives offsets beyond 2^53 exactly, the leader's size, and each consumer's standing in this topic alone", async () => {
    const { context } = contextWith({ value: live, problems: [] });
    const topic = await ask(context);
    expect(topic.partitionList).toEqual([
      { partition: 0, leaderId: 2, replicas: [2, 3], isr: [2], startOffset: "5", endOffset: "9007199254740999", sizeBytes: 700 },
    ]);
    expect(topic.consumers).toMatchObject([
      { groupId: "g", recordsBehind: { source: "measured", value: 6 }, partitions: [{ topic: NAME, committedOffset: "9007199254740993" }] },
    ]);
    expect(topic.tenantNames).toEqual([{ id: "acme", name: "Acme" }]);
  });

  it("does not know a topic that is not there", async () => {
    const { context, asked } = contextWith({ value: live, problems: [] });
    await expect(ask(context, "nothing")).rejects.toMatchObject({ code: "not_found" });
    expect(asked).toEqual([]);
  });
});
