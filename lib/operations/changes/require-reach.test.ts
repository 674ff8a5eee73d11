import { describe, expect, it } from "vitest";
import type { PlannedOperation } from "@/lib/domain/change/operation";
import type { ChangeRequest } from "@/lib/domain/change/request";
import type { RoleLimits } from "@/lib/domain/people/role-limits";
import { limitContext } from "@/lib/operations/limit-context";
import { contextOf } from "@/lib/operations/testing/context";
import { mixedFleet } from "@/lib/operations/testing/mixed-fleet";
import { changesWithin, requireChangeWithin, requireReach } from "./require-reach";

const OWN = "bridge-tenant-0000";
const OTHER = "bridge-tenant-0001";
const fleet = mixedFleet(3, 1);
const [clusterId = ""] = fleet.clusters.keys();
const ofTenant: RoleLimits = { tenants: [OWN], tiers: [], clusters: [] };
const ofCluster: RoleLimits = { tenants: [], tiers: [], clusters: [clusterId] };

function contextAs(limits: RoleLimits | null) {
  const context = contextOf([fleet], { actor: { name: "someone", role: "operator", limits } });
  return limits === null ? context : limitContext(context, limits);
}

const quota: ChangeRequest = { kind: "quota", scope: { tenantIds: [OWN] }, produceBytesPerSecond: 1_000_000 } as ChangeRequest;
const archive: ChangeRequest = { kind: "tier-archive", tierId: "gold", archived: true };
const writes = (unit: string, cluster = clusterId) =>
  [{ unit, target: { kind: "topic-config", clusterId: cluster, topic: "a", key: "retention.ms" } }] as unknown as PlannedOperation[];

function reaches(limits: RoleLimits | null, request: ChangeRequest, operations: PlannedOperation[]): boolean {
  try {
    requireReach(contextAs(limits), request, operations);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: "forbidden" });
    return false;
  }
}

describe("what a plan would write", () => {
  it.each([
    ["one's own tenant", ofTenant, quota, writes(`tenant:${OWN}`), true],
    ["another tenant", ofTenant, quota, writes(`tenant:${OTHER}`), false],
    ["one's own and another", ofTenant, quota, [...writes(`tenant:${OWN}`), ...writes(`tenant:${OTHER}`)], false],
    ["what several tenants share", ofTenant, quota, writes("topic:shared.orders"), false],
    ["one's own tenant on a cluster that is not there", ofTenant, quota, writes(`tenant:${OWN}`, "elsewhere"), false],
    ["a tier", ofTenant, archive, [], false],
    ["any tenant of one's cluster", ofCluster, quota, writes(`tenant:${OTHER}`), true],
    ["what is shared on one's cluster", ofCluster, quota, writes("topic:shared.orders"), true],
    ["a tier, for a cluster's operator", ofCluster, archive, [], false],
    ["a tier, without limits", null, archive, [], true],
    ["anything, without limits", null, quota, writes("topic:shared.orders", "elsewhere"), true],
  ] as const)("is refused or not: %s", (_what, limits, request, operations, isWithin) => {
    expect(reaches(limits as RoleLimits | null, request, operations as PlannedOperation[])).toBe(isWithin);
  });
});

describe("a change on the record", () => {
  const change = (tenantIds: string[], changes = {}) => ({
    id: 7,
    tenantIds,
    tenantCount: tenantIds.length,
    clusterIds: [clusterId],
    ...changes,
  });
  const seen = (limits: RoleLimits | null, about: ReturnType<typeof change>) => {
    try {
      requireChangeWithin(contextAs(limits), about);
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: "not_found", message: "There is no change 7." });
      return false;
    }
  };

  it("is there for who reaches all that it concerns", () => {
    expect(seen(ofTenant, change([OWN]))).toBe(true);
    expect(seen(ofTenant, change([OWN, OTHER]))).toBe(false);
    expect(seen(ofTenant, change([]))).toBe(false);
    expect(seen(ofTenant, change([OWN], { tenantCount: 51 }))).toBe(false);
    expect(seen(ofCluster, change([OTHER]))).toBe(true);
    expect(seen(ofCluster, change([]))).toBe(true);
    expect(seen(ofCluster, change([], { clusterIds: ["elsewhere"] }))).toBe(false);
    expect(seen(null, change([OTHER]))).toBe(true);
  });

  it("is listed by the same rule", () => {
    expect(changesWithin(contextAs(ofTenant))).toEqual({ within: { tenantIds: [OWN], clusterIds: [clusterId], tenantsOnly: true } });
    expect(changesWithin(contextAs(null))).toEqual({});
  });
});
