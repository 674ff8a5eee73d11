import { expect, test } from "vitest";
import { AT, cluster } from "@/lib/domain/testing/cluster-fixture";
import { partitionViews } from "./partition-views";

const snapshot = cluster({ topics: ["a", "b"], groups: { g: { behind: { b: 5, a: 950 }, movedMsAgo: 9000 } } });
const group = snapshot.groups.get("g");

test("every partition of every topic, with offsets as text and who reads it", () => {
  if (group === undefined) throw new Error("no group");
  const member = { memberId: "m1", clientId: "c", clientHost: "h", groupInstanceId: null, assigned: [{ topic: "a", partitions: [1] }] };
  const views = partitionViews(snapshot, group, [member]);
  expect(views.map(({ topic, partition, memberId }) => [topic, partition, memberId])).toEqual([
    ["a", 0, null],
    ["a", 1, "m1"],
    ["a", 2, null],
    ["b", 0, null],
    ["b", 1, null],
    ["b", 2, null],
  ]);
  expect(views[0]).toEqual({
    topic: "a",
    partition: 0,
    startOffset: "100",
    committedOffset: "50",
    endOffset: "1000",
    recordsBehind: 950,
    timeBehindMs: 949_051,
    lostRecords: 50,
    headroomRecords: 0,
    movedAt: new Date(Date.parse(AT) - 9000).toISOString(),
    leaderId: 1,
    memberId: null,
    reason: null,
  });
});

test("a partition without a commit is listed, with the reason", () => {
  if (group === undefined) throw new Error("no group");
  const views = partitionViews(snapshot, { ...group, committed: group.committed.slice(0, 1) }, null);
  expect(views.map(({ committedOffset, recordsBehind, reason }) => [committedOffset, recordsBehind, reason])).toEqual([
    ["995", 5, null],
    [null, null, "Nothing is committed here."],
    [null, null, "Nothing is committed here."],
  ]);
});

test("a first unread record that is older than what was watched is told as at least so old", () => {
  if (group === undefined) throw new Error("no group");
  const young = { ...snapshot, endHistory: new Map([["a", [[{ atMs: Date.parse(AT) - 60_000, offset: 990n }]]]]) };
  const [view] = partitionViews(young, { ...group, committed: [{ topic: "a", partition: 0, offset: 500n }] }, null);
  expect(view).toMatchObject({ timeBehindMs: 60_000, timeAtLeast: true });
});

test("an offset beyond what a number holds stays exact", () => {
  if (group === undefined) throw new Error("no group");
  const huge = 9_007_199_254_740_993n;
  const [view] = partitionViews(snapshot, { ...group, committed: [{ topic: "a", partition: 0, offset: huge }] }, null);
  expect(view?.committedOffset).toBe("9007199254740993");
});
