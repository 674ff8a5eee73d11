import { describe, expect, it } from "vitest";
import { nestedIds } from "./naming-findings";

describe("ids", () => {
  it.each<[string[], number | null]>([
    [["tern", "ternary"], 1],
    [["a", "ab", "abc", "b"], 2],
    [["acme", "zeta"], null],
    [[], null],
  ])("of %j: %s are nested", (ids, pairs) => expect(nestedIds(ids)?.evidence.pairs ?? null).toBe(pairs));
});
