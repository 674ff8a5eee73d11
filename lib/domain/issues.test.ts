import { describe, expect, it } from "vitest";
import { z } from "zod";
import { formatPath, issueDetails } from "./issues";
import { NamePattern } from "./placement";

function details(schema: z.ZodType, input: unknown) {
  const parsed = schema.safeParse(input);
  return parsed.success ? [] : issueDetails(parsed.error);
}

describe("formatPath", () => {
  it("writes a path as people write it", () => {
    expect(formatPath(["tenants", 3, "placements", 0, "topics"])).toBe("tenants[3].placements[0].topics");
    expect(formatPath([])).toBe("");
  });
});

describe("issueDetails", () => {
  it("names each unknown field by its own path", () => {
    expect(details(z.strictObject({ a: z.strictObject({}) }), { a: { b: 1, c: 2 } })).toEqual([
      { path: "a.b", message: "is not a known field" },
      { path: "a.c", message: "is not a known field" },
    ]);
  });

  it("says of a field that is not there that it is missing, and of a wrong one what it should be", () => {
    const schema = z.strictObject({ a: z.string(), b: z.number(), c: z.enum(["x"]) });
    expect(details(schema, { b: "1", c: "y" })).toEqual([
      { path: "a", message: "is missing" },
      { path: "b", message: "expected number, received string" },
      { path: "c", message: expect.stringContaining("x") },
    ]);
  });

  it("speaks of the form of a union that was meant", () => {
    expect(details(NamePattern, { prefix: "" })).toEqual([{ path: "prefix", message: expect.stringContaining("Too small") }]);
  });

  it("lists the forms when none was meant", () => {
    expect(details(NamePattern, { wrong: 1 })).toEqual([
      { path: "", message: "must be one of { name }, { prefix }, { glob }, { expression }" },
    ]);
  });
});
