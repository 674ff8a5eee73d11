import { expect, test } from "vitest";
import { type PinnedList, thinLists } from "./pinned-list";

const listOf = (...names: string[]): PinnedList => ({
  rows: names.map((name) => ({ name })),
  keys: null,
  keyOf: (row) => (row as { name: string }).name,
  isPointedAt: true,
});

test("of a replaced list its order is left, held once while it is the same", () => {
  const first = thinLists(new Map([["by name", listOf("a", "b")]]));
  expect(first.get("by name")).toMatchObject({ rows: null, keys: ["a", "b"] });
  expect(thinLists(new Map([["by name", listOf("a", "b")]]), first).get("by name")).toBe(first.get("by name"));
});

test.each([[["b", "a"]], [["a"]], [["a", "b", "c"]]])("another order is another: %j", (names) => {
  const first = thinLists(new Map([["by name", listOf("a", "b")]]));
  expect(thinLists(new Map([["by name", listOf(...names)]]), first).get("by name")?.keys).toEqual(names);
});

test("a list that no cursor points into is let go", () => {
  expect(thinLists(new Map([["by name", { ...listOf("a"), isPointedAt: false }]])).size).toBe(0);
});
