import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/domain/errors";
import type { ConditionView } from "@/lib/domain/views/common";
import { contextOf } from "@/lib/operations/testing/context";
import { AT, fleetOf, tenantOf } from "@/lib/operations/testing/fleet";
import type { Store } from "@/lib/store";
import { listTenants } from "./list-tenants";

const condition: ConditionView = {
  id: "x",
  rule: "lag.stuck",
  severity: "danger",
  label: "Consumer stuck",
  sentence: "It is stuck.",
  evidence: {},
  tenantId: "brook",
  clusterId: "c2",
  subject: "g",
  since: AT,
  until: null,
  acknowledged: null,
};
const tenants = [
  tenantOf("acme", { name: "Acme" }),
  tenantOf("brook", {
    name: "=Brook",
    placements: [{ cluster: "c2", model: "silo" }],
    row: { attention: { severity: "danger", label: "Consumer stuck", more: 0 } },
    state: { conditions: [condition] },
  }),
];
const context = contextOf([fleetOf({ tenants })]);

interface Listed {
  rows: { id: string; spark?: unknown }[];
  counts: Record<string, number>;
  severities: Record<string, number>;
  tiers: unknown[];
}
const list = async (query: Record<string, unknown>, of = context) => (await listTenants.run(of, query)) as Listed;

describe("listTenants", () => {
  it("begins with who needs attention, and counts every saved filter whatever is shown", async () => {
    const all = await list({});
    expect(all.rows.map(({ id }) => id)).toEqual(["brook", "acme"]);
    const attention = await list({ view: "attention" });
    expect(attention.rows.map(({ id }) => id)).toEqual(["brook"]);
    expect(attention.counts).toEqual(all.counts);
    expect(all).toMatchObject({
      counts: { all: 2, attention: 1 },
      severities: { danger: 1, warn: 0, info: 0 },
      tiers: [{ id: "gold", name: "Gold" }],
    });
  });

  it("keeps to one cluster", async () => {
    expect(await list({ cluster: "c2" })).toMatchObject({ rows: [{ id: "brook" }], counts: { all: 1 } });
    expect(await list({ cluster: "c9" })).toMatchObject({ rows: [], counts: { all: 0 } });
  });

  it("refuses a filter that means nothing, with what could be written", async () => {
    await expect(list({ q: "lag:soon" })).rejects.toMatchObject({
      code: "invalid",
      details: [{ path: "q", message: expect.stringContaining("lag:>10m") }],
    });
  });

  it("is whole without its sparklines while the database does not answer", async () => {
    const run = () => Promise.reject(new AppError("unavailable", "The database is away."));
    const answered = await list({ spark: "1h" }, contextOf([fleetOf({ tenants })], { store: { run } as unknown as Store }));
    expect(answered.rows.map(({ id, spark }) => [id, spark])).toEqual([
      ["brook", undefined],
      ["acme", undefined],
    ]);
  });

  it("exports the whole filter, beyond a page", async () => {
    const csv = await listTenants.csv?.(context, { limit: 1, sort: "name", spark: "1h" });
    const rows = [...(csv?.rows ?? [])];
    expect(rows.map(([id]) => id)).toEqual(["brook", "acme"]);
    for (const row of rows) expect(row).toHaveLength(csv?.head.length ?? 0);
  });
});
