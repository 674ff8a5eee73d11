import { describe, expect, it } from "vitest";
import type { GroupFact, Reading } from "@/lib/domain/facts";
import type { FleetSnapshot } from "@/lib/domain/fleet";
import { measured } from "@/lib/domain/observed";
import type { GroupDetail, GroupSummary } from "@/lib/domain/views/lag";
import type { GroupDescription } from "@/lib/kafka";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, groupOf, snapshotOf, tenantOf } from "@/lib/operations/testing/fleet";
import { getGroup } from "./get-group";

const group: GroupFact = {
  id: "g",
  type: "consumer",
  state: "Stable",
  protocolType: "consumer",
  coordinatorId: 3,
  committed: [{ topic: "t", partition: 0, offset: 4n }],
};
const PARTS = { clusters: [snapshotOf("c1", { groups: new Map([["g", group]]), ends: new Map([["t", [10n]]]) })] };
const GONE: Reading<GroupDescription | null> = { value: null, problems: [] };

async function ask(
  reading: Reading<GroupDescription | null>,
  fleet: FleetSnapshot = fleetOf({ ...PARTS, groups: [groupOf("g")] }),
): Promise<GroupDetail> {
  return (await getGroup.run(contextOf([fleet], { admin: { describeGroup: async () => reading } }), {
    clusterId: "c1",
    id: "g",
  })) as GroupDetail;
}

describe("getGroup", () => {
  it("says who reads which partition", async () => {
    const member = {
      memberId: "m1",
      clientId: "app",
      clientHost: "10.0.0.1",
      groupInstanceId: null,
      assigned: [{ topic: "t", partitions: [0] }],
    };
    const value: GroupDescription = {
      id: "g",
      type: "consumer",
      state: "Stable",
      coordinatorId: 2,
      assignor: "uniform",
      members: [member],
    };
    expect(await ask({ value, problems: [] })).toMatchObject({
      coordinatorId: 2,
      members: [{ memberId: "m1", host: "10.0.0.1", instanceId: null }],
      partitions: [{ topic: "t", partition: 0, committedOffset: "4", endOffset: "10", recordsBehind: 6, memberId: "m1" }],
      problems: [],
    });
  });

  it("keeps the lag where members cannot be read, and says why", async () => {
    const problem = { code: "forbidden" as const, operation: "DescribeGroups", message: "Not allowed." };
    expect(await ask({ value: null, problems: [problem] })).toMatchObject({
      members: null,
      coordinatorId: 3,
      problems: [problem],
      partitions: [{ recordsBehind: 6 }],
    });
  });

  it("tells a group that is gone from one without members", async () => {
    expect(await ask(GONE)).toMatchObject({
      members: null,
      problems: [{ message: "The cluster no longer knows this group." }],
    });
  });

  it("tells when a late group of a tenant has caught up, and of no other", async () => {
    const waits = { state: "no-members" as const, recordsBehind: measured(6, AT) };
    const owner = { kind: "tenant" as const, tenantId: "acme", by: "prefix" as const };
    const of = (changes: Partial<GroupSummary>) => fleetOf({ ...PARTS, tenants: [tenantOf("acme")], groups: [groupOf("g", changes)] });
    expect((await ask(GONE, of({ ...waits, owner }))).caughtUp).toMatchObject({
      inMs: null,
      arithmetic: "Never: the group has no members.",
    });
    expect((await ask(GONE, of(waits))).caughtUp).toBeNull();
    expect((await ask(GONE, of({ owner }))).caughtUp).toBeNull();
  });
});
