import { expect, test } from "vitest";
import { cluster, unreadCluster } from "@/lib/domain/testing/cluster-fixture";
import { topicSizes } from "./topic-sizes";

const whole = cluster({ topics: ["t"] });
const fact = (leader: number | null) => ({
  name: "t",
  internal: false,
  partitions: [{ partition: 0, leader, replicas: [1, 2, 3], isr: [1] }],
});
const sized = (...logs: [broker: number, bytes: number][]) => ({ ...whole, sizes: new Map([["t", [new Map(logs)]]]) });

test("one copy is the leaders' logs, and all copies are every replica's", () => {
  const { oneCopy, withReplicas } = topicSizes(fact(2), sized([1, 10], [2, 20], [3, 30]));
  expect([oneCopy, withReplicas]).toMatchObject([{ source: "measured", value: 20 }, { value: 60 }]);
  expect(oneCopy).not.toHaveProperty("atLeast");
});

test("an old log on a broker that holds no replica any more does not count", () => {
  expect(topicSizes(fact(2), sized([1, 10], [2, 20], [3, 30], [9, 500])).withReplicas).toMatchObject({ value: 60 });
});

test.each([
  ["a replica's log is not told", fact(2), sized([1, 10], [2, 20]), { value: 20 }, { value: 30, atLeast: true }],
  ["the leader's log is not told", fact(3), sized([1, 10], [2, 20]), { value: 0, atLeast: true }, { value: 30, atLeast: true }],
  ["there is no leader", fact(null), sized([1, 10], [2, 20], [3, 30]), { value: 0, atLeast: true }, { value: 60 }],
])("at least: %s", (_, topic, snapshot, one, all) => {
  expect(topicSizes(topic, snapshot)).toMatchObject({ oneCopy: one, withReplicas: all });
});

test("sizes that were never read are unknown, with the reason the brokers gave", () => {
  const problem = {
    code: "forbidden" as const,
    operation: "DescribeLogDirs",
    message: "Not allowed.",
    remedy: "Allow DESCRIBE on the cluster.",
  };
  expect(topicSizes(fact(1), unreadCluster("c1", [problem])).oneCopy).toMatchObject({
    source: "unavailable",
    reason: "Not allowed.",
    remedy: "Allow DESCRIBE on the cluster.",
  });
  expect(topicSizes({ ...fact(1), name: "new" }, whole).oneCopy).toMatchObject({ source: "unavailable" });
});
