import { expect, test } from "vitest";
import { measured, unavailable } from "@/lib/domain/observed";
import type { GroupSummary } from "@/lib/domain/views/lag";
import { lagHeadline } from "./headline";

const AT = "2026-11-23T10:00:00.000Z";
const OWN = { kind: "tenant", tenantId: "acme", by: "prefix" } as const;
const SHARED: GroupSummary["owner"] = { kind: "shared", tenantCount: 2, tenantIds: ["acme", "bolt"] };

function group(groupId: string, state: GroupSummary["state"], seconds: number | null, owner: GroupSummary["owner"] = OWN): GroupSummary {
  return {
    clusterId: "c1",
    groupId,
    type: "classic",
    kafkaState: "Stable",
    hasMembers: state !== "no-members",
    owner,
    topics: [],
    state,
    reason: null,
    recordsBehind: measured(7, AT),
    timeBehindMs: seconds === null ? unavailable("Not watched.", "Wait.", AT) : measured(seconds * 1000, AT),
    retentionShare: null,
    lostRecords: 0,
    stuckSince: null,
    commitsExpireAt: null,
    objectiveMs: null,
  };
}

test.each<[string, GroupSummary[], string, string | null]>([
  ["no group at all", [], "none", null],
  ["the furthest behind", [group("a", "ok", 3), group("b", "ok", 9)], "ok", "b"],
  ["a bad state before a long time", [group("a", "ok", 900), group("b", "stuck", 9)], "stuck", "b"],
  ["losing is worse than stuck", [group("a", "stuck", 900), group("b", "losing", 9)], "losing", "b"],
  ["what is not known may be worse than what is well", [group("a", "ok", 3), group("b", "unknown", null)], "unknown", "b"],
  ["and is not worse than what is bad", [group("a", "behind", 900), group("b", "unknown", null)], "behind", "a"],
  ["groups without members stand back", [group("a", "no-members", 90_000), group("b", "ok", 3)], "ok", "b"],
  ["unless there is no other", [group("a", "no-members", 90), group("b", "no-members", 900)], "no-members", "b"],
  ["own groups before shared ones", [group("a", "stuck", 900, SHARED), group("b", "ok", 3)], "ok", "b"],
  ["shared ones say that they are", [group("a", "ok", 3, SHARED), group("b", "ok", 9, SHARED)], "shared", "b"],
])("%s", (_, groups, state, groupId) => expect(lagHeadline(groups)).toMatchObject({ state, groupId }));

test("carries the numbers, and null for what is not known", () => {
  expect(lagHeadline([group("a", "ok", 3)])).toEqual({
    state: "ok",
    clusterId: "c1",
    groupId: "a",
    recordsBehind: 7,
    timeBehindMs: 3000,
    reason: null,
  });
  expect(lagHeadline([group("a", "unknown", null)]).timeBehindMs).toBeNull();
});

test("what is at least so far behind is told as that", () => {
  const { recordsBehind, ...rest } = group("a", "behind", 3);
  const open: GroupSummary = {
    ...rest,
    recordsBehind: { ...measured(7, AT), atLeast: true },
    timeBehindMs: { ...measured(3000, AT), atLeast: true },
  };
  expect(lagHeadline([open])).toMatchObject({ recordsAtLeast: true, timeAtLeast: true });
  expect(lagHeadline([{ ...open, recordsBehind }])).not.toHaveProperty("recordsAtLeast");
});
