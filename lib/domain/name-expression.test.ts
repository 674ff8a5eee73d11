import "@/lib/domain/testing/same-draws";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileExpression, refuseExpression } from "./name-expression";

test.each([
  ["acme\\..*", "acme.orders", true],
  ["acme\\..*", "xacme.orders", false],
  ["acme\\.(orders|events)", "acme.events", true],
  ["acme\\.(orders|events)", "acme.events2", false],
  ["acme|bolt", "bolt", true],
  ["acme|bolt", "acmebolt", false],
  ["[a-z]{3}-\\d+(\\.v\\d+)?", "abc-12.v3", true],
  ["[(+*]x", "+x", true],
])("%s against %s: %s", (source, name, fits) => expect(compileExpression(source)?.test(name)).toBe(fits));

describe("refused", () => {
  test.each([
    ["(a+)+", "repeats a group that repeats or chooses inside"],
    ["(?:a|a)*b", "repeats a group that repeats or chooses inside"],
    ["((a*)){2}", "repeats a group that repeats or chooses inside"],
    ["(a(b|c))+", "repeats a group that repeats or chooses inside"],
    ["(a)\\1", "refers back to a group"],
    ["(?=a).*", "looks ahead or behind, or names a group"],
    ["(?<x>a)", "looks ahead or behind, or names a group"],
    [".*.*.*.*x", "repeats 4 parts; at most 3 of *, + and {n,m} are allowed"],
    ["a?a?a?a?aaaa", "has 4 optional parts; at most 3 are allowed"],
    ["(a|a)(a|a)(a|a)(a|a)b", "chooses with | in 4 places; at most 3 are allowed"],
  ])("%s", (source, reason) => expect(refuseExpression(source)).toBe(reason));

  test.each(["(", "[a", "*", "a**", "a)|(b"])("%s is not well formed", (source) => {
    expect(refuseExpression(source)).toMatch(/^is not a regular expression/);
    expect(compileExpression(source)).toBeNull();
  });
});

test("whatever is not refused compiles and matches only whole names", () => {
  const source = fc.array(fc.constantFrom("a", "b", ".", "\\.", "(", ")", "|", "*", "+", "?", "[ab]", "{2}"), { maxLength: 12 });
  fc.assert(
    fc.property(source, fc.stringMatching(/^[ab.]{0,20}$/), (parts, name) => {
      const expression = compileExpression(parts.join(""));
      if (expression?.test(name)) expect(expression.exec(name)?.[0]).toBe(name);
    }),
  );
});
