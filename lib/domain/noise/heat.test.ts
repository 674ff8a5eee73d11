import { describe, expect, it } from "vitest";
import { heatOf, type KeptNoise } from "./heat";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const query = { resource: null, isShown: () => true, nameOf: (id: string) => id, rowsMax: 10, stepsMax: 100, hasPools: false };

const kept: KeptNoise = {
  spanMinutes: 1,
  rows: [
    {
      clusterId: "c1",
      atMs: 0,
      entries: [
        ["a", 0, 1, 2.5, 0.4, 0],
        ["b", 1, 1, 0.5, 0.1, 3],
      ],
      cut: false,
    },
    { clusterId: "c2", atMs: 0, entries: [["a", 1, 4, 1, 0.2, 3]], cut: false },
    { clusterId: "c1", atMs: 2 * MINUTE, entries: [["a", 0, 1, null, 0.1, 0]], cut: true },
  ],
};

describe("the heat map", () => {
  it("shows the worst of each step, the loudest first, and a gap where nothing was seen", () => {
    const heat = heatOf(kept, { ...query, fromMs: 0, toMs: 3 * MINUTE });
    expect(heat.rows.map(({ tenantId, values }) => [tenantId, values])).toEqual([
      ["a", [2.5, null, 99]],
      ["b", [0.5, null, null]],
    ]);
    expect(heat).toMatchObject({ stepMs: MINUTE, keptMinutes: 1, times: [0, MINUTE, 2 * MINUTE], seen: 2, cut: true });
  });

  it("of one resource alone", () => {
    const heat = heatOf(kept, { ...query, resource: 1, fromMs: 0, toMs: MINUTE });
    expect(heat.rows.map(({ tenantId, values }) => [tenantId, values])).toEqual([
      ["a", [1]],
      ["b", [0.5]],
    ]);
  });

  it("joins spans to steps where there are too many, and names how fine they are kept", () => {
    const hours: KeptNoise = {
      spanMinutes: 60,
      rows: [{ clusterId: "c1", atMs: 5 * HOUR, entries: [["a", 0, 1, 3, 0.5, 0]], cut: false }],
    };
    const heat = heatOf(hours, { ...query, stepsMax: 4, fromMs: 0, toMs: 12 * HOUR });
    expect(heat).toMatchObject({ stepMs: 3 * HOUR, keptMinutes: 60 });
    expect(heat.rows[0]?.values).toEqual([null, 3, null, null]);
  });

  it("says how many it leaves out", () => {
    expect(heatOf(kept, { ...query, rowsMax: 1, fromMs: 0, toMs: MINUTE })).toMatchObject({ seen: 2, rows: [{ tenantId: "a" }] });
  });

  it("has a pool's tenants by the hour, and says where steps are too fine for them", () => {
    const hours: KeptNoise = {
      spanMinutes: 60,
      rows: [
        {
          clusterId: "c1",
          atMs: 0,
          entries: [
            ["a", 0, 1, 2.5, 0.4, 0],
            ["p", 0, -1, 1.5, 0.3, 5],
          ],
          cut: false,
        },
      ],
    };
    const heat = heatOf(hours, { ...query, hasPools: true, fromMs: 0, toMs: 2 * HOUR });
    expect(heat.rows.map(({ tenantId, values, byHour }) => [tenantId, values, byHour])).toEqual([
      ["a", [2.5, null], undefined],
      ["p", [1.5, null], true],
    ]);
    expect(heat.withoutPools).toBe(false);
    expect(heatOf(kept, { ...query, hasPools: true, fromMs: 0, toMs: 3 * MINUTE }).withoutPools).toBe(true);
    expect(heatOf(kept, { ...query, fromMs: 0, toMs: 3 * MINUTE }).withoutPools).toBe(false);
  });
});
