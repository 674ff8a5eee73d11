import { expect, it } from "vitest";
import { packGroups, unpackGroups } from "./listed-groups";
import { measured, unavailable } from "./observed";
import { GroupPage, type GroupSummary } from "./views/lag";

const AT = "2026-11-23T10:00:00.000Z";
const EARLIER = "2026-11-23T09:00:00.000Z";
const PAGE = { total: 3, nextCursor: null, version: "1", at: AT };

const behind: GroupSummary = {
  clusterId: "c1",
  groupId: "acme.app",
  type: "classic",
  kafkaState: "Stable",
  hasMembers: true,
  owner: { kind: "tenant", tenantId: "acme", by: "prefix" },
  topics: ["acme.orders"],
  state: "stuck",
  reason: "Nobody reads it.",
  recordsBehind: { ...measured(0, AT), atLeast: true, note: "Nobody reads it." },
  timeBehindMs: { ...measured(1_000, EARLIER), error: 0.1 },
  retentionShare: 0.125,
  lostRecords: 0,
  stuckSince: EARLIER,
  commitsExpireAt: AT,
  objectiveMs: 0,
};
const blank: GroupSummary = {
  ...behind,
  groupId: "gone",
  hasMembers: null,
  reason: null,
  recordsBehind: unavailable("Nothing is committed.", "Wait.", AT),
  timeBehindMs: unavailable("Nothing is committed.", "Wait.", AT),
  retentionShare: null,
  stuckSince: null,
  commitsExpireAt: null,
  objectiveMs: null,
};

const sent = (rows: GroupSummary[]) => JSON.parse(JSON.stringify({ page: PAGE, ...packGroups(rows) })) as GroupPage;

it("a group comes back as it was: unknown is unknown, zero is zero", () => {
  const rows = [behind, blank, { ...behind, hasMembers: false }];
  expect(unpackGroups(sent(rows))).toEqual({ page: PAGE, rows });
});

it("fits its schema, and times and texts are sent once", () => {
  const answer = sent([behind, blank, blank]);
  expect(GroupPage.parse(answer)).toEqual(answer);
  expect(answer).toMatchObject({ times: [AT, EARLIER], texts: ["Nobody reads it.", "Nothing is committed.", "Wait."] });
});

it("of the tenants that share a group the first are named, and all are counted", () => {
  const tenantIds = Array.from({ length: 50 }, (_, index) => `t${index}`);
  const [group] = sent([{ ...behind, owner: { kind: "shared", tenantCount: 400, tenantIds } }]).rows;
  expect(group?.owner).toEqual({ kind: "shared", tenantCount: 400, tenantIds: tenantIds.slice(0, 10) });
});
