import { expect, it } from "vitest";
import { ProblemTally } from "./tally";

it("says one thing of one resource as it is", () => {
  const tally = new ProblemTally("OffsetFetch", "group");
  tally.add(30, "billing", 1);
  expect(tally.problems()).toEqual([
    {
      code: "forbidden",
      operation: "OffsetFetch",
      message: "The broker refuses this for the group. (GROUP_AUTHORIZATION_FAILED)",
      remedy: "Allow DESCRIBE on group 'billing' to the console's user (with IAM: kafka-cluster:DescribeGroup).",
      brokerId: 1,
      resource: "billing",
    },
  ]);
});

it("gathers thousands of alike failures into one problem that names some", () => {
  const tally = new ProblemTally("ListOffsets", "partition");
  for (let index = 0; index < 5_000; index += 1) tally.add(5, `topic-${index % 100}`);
  const [problem, ...others] = tally.problems();
  expect(others).toEqual([]);
  expect(problem?.message).toBe(
    "5000 partitions ('topic-0', 'topic-1', 'topic-2' and more): The partition has no leader now. (LEADER_NOT_AVAILABLE)",
  );
  expect(problem?.resource).toBeUndefined();
});

it("keeps brokers and codes apart", () => {
  const tally = new ProblemTally("ListOffsets", "partition");
  tally.add(6, "a", 1);
  tally.add(6, "a", 2);
  tally.add(3, "a", 2);
  expect(tally.problems().map(({ brokerId, message }) => [brokerId, message.match(/\((\w+)\)/)?.[1]])).toEqual([
    [1, "NOT_LEADER_OR_FOLLOWER"],
    [2, "NOT_LEADER_OR_FOLLOWER"],
    [2, "UNKNOWN_TOPIC_OR_PARTITION"],
  ]);
});
