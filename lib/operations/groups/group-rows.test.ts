import { describe, expect, it } from "vitest";
import { measured } from "@/lib/domain/observed";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, groupOf } from "@/lib/operations/testing/fleet";
import { listGroups } from "./list-groups";

const groups = [
  groupOf("well"),
  groupOf("well-but-long", { recordsBehind: measured(5_000, AT) }),
  groupOf("stuck", { state: "stuck", recordsBehind: measured(10, AT) }),
  groupOf("losing", { state: "losing" }),
  groupOf("unclear", { state: "unknown" }),
  groupOf("gone", { state: "no-members" }),
];
const context = contextOf([fleetOf({ groups })]);

async function names(query: Record<string, unknown>): Promise<string[]> {
  const { rows } = (await listGroups.run(context, { clusterId: "c1", ...query })) as { rows: { groupId: string }[] };
  return rows.map(({ groupId }) => groupId);
}

describe("listGroups", () => {
  it("begins with what is worst, and within a state with the longest backlog", async () => {
    expect(await names({})).toEqual(["losing", "stuck", "unclear", "gone", "well-but-long", "well"]);
  });

  it("filters by state and sorts by name from a", async () => {
    expect(await names({ state: "ok", sort: "name" })).toEqual(["well", "well-but-long"]);
  });

  it("refuses a state it does not know", async () => {
    await expect(names({ state: "sad" })).rejects.toMatchObject({ code: "invalid", details: [{ path: "state" }] });
  });

  it("exports as many cells as heads", async () => {
    const csv = await listGroups.csv?.(context, { clusterId: "c1" });
    for (const row of csv?.rows ?? []) expect(row).toHaveLength(csv?.head.length ?? 0);
  });
});
