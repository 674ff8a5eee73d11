import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derived, isKnown, mapObserved, measured, type Observed, sumObserved, unavailable } from "./observed";

const EARLY = "2026-01-01T00:00:00.000Z";
const LATE = "2026-01-01T00:01:00.000Z";
const NOTHING = unavailable("no topics", "Place the tenant", LATE);
const HIDDEN = unavailable("exporter away", "Open port 11001", LATE);

describe("sumObserved", () => {
  it("is the given answer for no parts, never zero by itself", () => {
    expect(sumObserved([], NOTHING)).toBe(NOTHING);
  });

  it("is unavailable, with the reason, when no part is known", () => {
    expect(sumObserved([HIDDEN], NOTHING)).toBe(HIDDEN);
  });

  it("carries the weakest mark and the oldest time of its parts", () => {
    expect(sumObserved([measured(2, LATE), derived(3, EARLY)], NOTHING)).toEqual({ source: "derived", value: 5, at: EARLY });
  });

  it("reads at least with an unknown part among known ones", () => {
    expect(sumObserved([measured(2, LATE), HIDDEN], NOTHING)).toEqual({ source: "measured", value: 2, at: LATE, atLeast: true });
  });

  it("passes on that a part was itself at least", () => {
    const part: Observed<number> = { source: "measured", value: 1, at: LATE, atLeast: true };
    expect(sumObserved([part, measured(1, LATE)], NOTHING)).toMatchObject({ value: 2, atLeast: true });
  });

  it("adds the errors of independent estimates as squares", () => {
    const estimate = (value: number, error: number): Observed<number> => ({ source: "estimated", value, at: LATE, error });
    expect(sumObserved([estimate(100, 0.3), estimate(100, 0.4)], NOTHING)).toMatchObject({ value: 200, error: 0.25 });
  });

  it("never calls a sum better known than any of its parts", () => {
    const part = fc.record({
      source: fc.constantFrom("measured", "derived", "estimated", "reported"),
      value: fc.nat(),
      at: fc.constantFrom(EARLY, LATE),
    });
    const order = ["measured", "derived", "estimated", "reported"];
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const sum = sumObserved(parts as Observed<number>[], NOTHING);
        expect(order.indexOf(sum.source)).toBe(Math.max(...parts.map(({ source }) => order.indexOf(source))));
      }),
    );
  });
});

describe("mapObserved", () => {
  it("changes the value and keeps source and time", () => {
    expect(mapObserved(derived(2, EARLY), (value) => value * 2)).toEqual(derived(4, EARLY));
  });

  it("leaves the unknown unknown", () => {
    const result = mapObserved<number, number>(HIDDEN, () => 0);
    expect(isKnown(result)).toBe(false);
    expect(result).toBe(HIDDEN);
  });
});
