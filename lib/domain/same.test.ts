import { describe, expect, it } from "vitest";
import { createHoldOnce, same } from "./same";

const rate = { state: "free", brokers: [{ id: 1, share: 0.5 }], note: null as string | null };

describe("what says the same", () => {
  it("is the earlier object, at every depth and whatever the order of its fields", () => {
    expect(same(rate, structuredClone(rate))).toBe(rate);
    expect(same<object>(rate, { note: null, brokers: [{ share: 0.5, id: 1 }], state: "free" })).toBe(rate);
    const lists: number[][] = [[], [Number.NaN]];
    expect(same(lists, [[], [Number.NaN]])).toBe(lists);
  });

  it.each<[string, object]>([
    ["a value", { ...rate, state: "near" }],
    ["a value deep inside", { ...rate, brokers: [{ id: 1, share: 0.6 }] }],
    ["a longer list", { ...rate, brokers: [...rate.brokers, { id: 2, share: 0 }] }],
    ["a shorter list", { ...rate, brokers: [] }],
    ["a list instead of fields", { ...rate, brokers: { 0: { id: 1, share: 0.5 } } }],
    ["null instead of a text", { ...rate, note: "" }],
    ["a field more", { ...rate, atLeast: true }],
    ["a field more that is not known", { ...rate, atLeast: undefined }],
    ["a field less", { state: rate.state, brokers: rate.brokers }],
    ["another field in its place", { state: rate.state, brokers: rate.brokers, reason: null }],
  ])("is the later one when they differ in %s", (_difference, now) => {
    expect(same<object>(rate, now)).toBe(now);
  });

  it("is the later one where there was none", () => {
    expect(same(undefined, rate)).toBe(rate);
    expect(same<object | null>(null, rate)).toBe(rate);
  });
});

describe("what many say alike", () => {
  it("is held once, and forgotten after many others", () => {
    const holdOnce = createHoldOnce();
    const first = holdOnce({ source: "measured", value: 0 });
    expect(holdOnce({ source: "measured", value: 0 })).toBe(first);
    const other = { source: "measured", value: 1 };
    expect(holdOnce(other)).toBe(other);
    for (let value = 2; value < 40; value += 1) holdOnce({ source: "measured", value });
    const again = { source: "measured", value: 0 };
    expect(holdOnce(again)).toBe(again);
  });
});
