import { describe, expect, it } from "vitest";
import { diffByKey } from "./diff";

describe("a difference", () => {
  it("knows what is new, other and the same, whatever the order of keys", () => {
    const current = [
      { id: "a", value: { x: 1, y: [1, 2] } },
      { id: "b", value: { x: 1, y: [] } },
      { id: "d", value: { x: 0, y: [] } },
    ];
    const given = [
      { value: { y: [1, 2], x: 1 }, id: "a" },
      { id: "b", value: { x: 1, y: [1] } },
      { id: "c", value: { x: 2, y: [] } },
    ];
    expect(diffByKey(current, given, (item) => item.id)).toEqual({ created: [given[2]], updated: [given[1]], unchanged: [given[0]] });
  });
});
