import { describe, expect, it } from "vitest";
import { AT } from "@/lib/domain/testing/cluster-fixture";
import { defaultPartition } from "./default-partition";
import type { PoolShares } from "./shares";
import { tenantPartition } from "./tenant-partition";

const PARTITIONS = 4;
const TENANTS = ["a", "b", "c", "d", "e", "f", "g"];
const keys = new Map(TENANTS.map((id) => [id, id]));
const at = (id: string) => defaultPartition(id, PARTITIONS);

function sampled(rows: [tenantId: string | null, partitions: number[]][], partitions = [0, 1, 2, 3]): PoolShares {
  const row = { bytes: 0.1, bytesError: 0, records: 0.1, recordsError: 0 };
  return { at: AT, draws: 40, partitions, unmet: 0.1, rows: rows.map(([tenantId, met]) => ({ ...row, tenantId, partitions: met })) };
}

describe("where a tenant's records lie", () => {
  it("follows from its key, with everybody whose key leads to the same partition", () => {
    const found = tenantPartition({ tenantId: "a", keys, partitions: PARTITIONS, shares: null });
    const sharedWith = TENANTS.filter((id) => id !== "a" && at(id) === at("a"));
    expect(found).toEqual({ partition: at("a"), by: "key", seen: false, sharedWith });
    expect(sharedWith.length).toBeGreaterThan(0);
  });

  it("is seen where a sample met it there, also beside records that name nobody", () => {
    const shares = sampled([
      ["a", [at("a")]],
      ["b", [at("b")]],
      [null, [0, 1, 2, 3]],
    ]);
    expect(tenantPartition({ tenantId: "a", keys, partitions: PARTITIONS, shares })).toMatchObject({ seen: true });
  });

  it.each([
    ["its own records", "a"],
    ["anybody else's", "b"],
  ])("is not said where %s lie elsewhere: the producers do otherwise", (_what, id) => {
    const shares = sampled([[id, [at(id), (at(id) + 1) % PARTITIONS]]]);
    expect(tenantPartition({ tenantId: "a", keys, partitions: PARTITIONS, shares })).toEqual({
      unknown: expect.stringContaining("other partitions"),
    });
  });

  it("is found in a topic that has a partition for each tenant", () => {
    const shares = sampled([
      ["a", [2]],
      ["b", [0]],
      ["c", [1]],
      ["d", [3]],
      [null, [0, 2]],
    ]);
    const of = (tenantId: string) => tenantPartition({ tenantId, keys: new Map(), partitions: PARTITIONS, shares });
    expect(of("a")).toEqual({ partition: 2, by: "sample", seen: true, sharedWith: [] });
    expect(of("e")).toBeNull();
  });

  it.each<[what: string, shares: PoolShares | null]>([
    ["nothing was sampled", null],
    [
      "a partition holds two tenants",
      sampled([
        ["a", [2]],
        ["b", [0]],
        ["c", [1]],
        ["d", [3]],
        ["e", [3]],
      ]),
    ],
    [
      "a tenant lies in two partitions",
      sampled([
        ["a", [2, 3]],
        ["b", [0]],
        ["c", [1]],
      ]),
    ],
    [
      "two partitions are too few",
      sampled(
        [
          ["a", [0]],
          ["b", [1]],
        ],
        [0, 1],
      ),
    ],
  ])("is not concluded where %s", (_what, shares) => {
    expect(tenantPartition({ tenantId: "a", keys: new Map(), partitions: PARTITIONS, shares })).toBeNull();
  });
});
