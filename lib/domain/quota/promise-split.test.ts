import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PromiseSplitInput, shareOf, splitPromise } from "./promise-split";

const input = (changes: Partial<PromiseSplitInput> = {}): PromiseSplitInput => ({
  promiseBytesPerSecond: 12_000_000,
  placementShares: [null],
  placement: 0,
  principalShares: [null],
  principal: 0,
  skewAllowance: 1.25,
  brokersLeading: 3,
  ...changes,
});

describe("splitPromise", () => {
  it.each<[string, Partial<PromiseSplitInput>, number]>([
    ["the whole over three brokers with room for skew", {}, 5_000_000],
    ["no room for skew on one broker", { brokersLeading: 1 }, 12_000_000],
    ["half for one of two placements", { placementShares: [null, null] }, 2_500_000],
    ["a given share", { placementShares: [0.3, null] }, 1_500_000],
    ["what a given share leaves", { placementShares: [0.3, null], placement: 1 }, 3_500_000],
    ["a third for one of three principals", { principalShares: [null, null, null] }, 1_666_667],
    ["rounded up, never to zero", { promiseBytesPerSecond: 1 }, 1],
    ["a promise of nothing is a quota of zero", { promiseBytesPerSecond: 0 }, 0],
    [
      "no byte more for a share of 0.1 + 0.2",
      { promiseBytesPerSecond: 1_000_000, placementShares: [0.1 + 0.2], brokersLeading: 1 },
      300_000,
    ],
  ])("%s", (_what, changes, quota) => expect(splitPromise(input(changes)).quotaBytesPerSecond).toBe(quota));

  it("says nothing where no broker leads a partition", () => {
    expect(splitPromise(input({ brokersLeading: 0 }))).toMatchObject({ quotaBytesPerSecond: null, ceilingBytesPerSecond: null });
  });

  it("shows what is left with one broker down", () => {
    expect(splitPromise(input())).toMatchObject({ ceilingBytesPerSecond: 15_000_000, ceilingOneDownBytesPerSecond: 10_000_000 });
    expect(splitPromise(input({ brokersLeading: 1 })).ceilingOneDownBytesPerSecond).toBeNull();
  });

  it("never gives k principals k times the promise", () => {
    const shares = fc.array(fc.option(fc.double({ min: 0.01, max: 0.2, noNaN: true })), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(shares, (principalShares) => {
        const total = principalShares.reduce<number>((sum, _share, at) => sum + shareOf(principalShares, at), 0);
        expect(total).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});
