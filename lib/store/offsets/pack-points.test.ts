import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packPoints, unpackPoints } from "./pack-points";

const point = fc.record({ atMs: fc.integer({ min: 0, max: 2 ** 45 }), offset: fc.bigInt({ min: -1n, max: 2n ** 63n - 1n }) });

describe("packed points", () => {
  it("come back as they were, in any order and size", () => {
    fc.assert(
      fc.property(fc.array(fc.array(point, { maxLength: 5 }), { maxLength: 5 }), (partitions) => {
        expect(unpackPoints(packPoints(partitions))).toEqual(partitions);
      }),
    );
  });

  it("are small: a minute and some thousand records take few bytes", () => {
    const points = Array.from({ length: 64 }, (_, index) => ({
      atMs: 1_800_000_000_000 + index * 60_000,
      offset: 5_000_000_000n + BigInt(index) * 5_000n,
    }));
    expect(packPoints([points]).length).toBeLessThan(64 * 6);
  });
});
