import { describe, expect, it } from "vitest";
import type { PartState } from "@/lib/domain/snapshot";
import type { StatusView } from "@/lib/domain/views/clusters";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, snapshotOf, tenantOf } from "@/lib/operations/testing/fleet";
import { getStatus } from "./get-status";

const problem = { code: "unreachable" as const, operation: "Metadata", message: "Away." };

async function isStale(offsets: PartState): Promise<boolean | undefined> {
  const cluster = snapshotOf("c1", { parts: { ...snapshotOf("c1").parts, offsets } });
  const status = (await getStatus.run(contextOf([fleetOf({ clusters: [cluster] })]), {})) as StatusView;
  return status.clusters[0]?.parts.find(({ part }) => part === "offsets")?.stale;
}

describe("getStatus", () => {
  it.each<[string, PartState, boolean]>([
    ["fresh", { at: AT, intervalMs: 15_000, problems: [] }, false],
    ["three intervals old", { at: "2026-11-23T11:59:15.000Z", intervalMs: 15_000, problems: [] }, false],
    ["older than three intervals", { at: "2026-11-23T11:59:14.999Z", intervalMs: 15_000, problems: [] }, true],
    ["not read yet", { at: null, intervalMs: 15_000, problems: [] }, false],
    ["not read because of a problem", { at: null, intervalMs: 15_000, problems: [problem] }, true],
  ])("judges a part that is %s", async (_what, state, stale) => expect(await isStale(state)).toBe(stale));

  it("says who is signed in, and whether this process reads the clusters", async () => {
    expect(await getStatus.run(contextOf([fleetOf({ tenants: [tenantOf("a")] })]), {})).toMatchObject({
      actor: { name: "someone", role: "operator" },
      collector: "running",
      tenants: 1,
      now: AT,
    });
  });
});
