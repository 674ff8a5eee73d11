import { expect, it } from "vitest";
import { AppError } from "@/lib/domain/errors";
import { unnamed, unnamedError } from "./unnamed";

const withoutOthers = (text: string, place: string) => (place === "prose" ? text.replaceAll("kestrel", "another tenant") : text);

it("takes names out of sentences, and out of fields that hold a name", () => {
  const plan = {
    kind: "kestrel",
    leftOut: [{ subject: "kestrel", tenantId: "kestrel", reason: "kestrel is under a brake.", link: null }],
    evidence: { deep: { most: "kestrel" } },
    tenant: { id: "kestrel", model: "kestrel" },
    total: 1,
    at: null,
  };
  expect(unnamed({ withoutOthers }, plan)).toEqual({
    kind: "kestrel",
    leftOut: [{ subject: "another tenant", tenantId: "another tenant", reason: "another tenant is under a brake.", link: null }],
    evidence: { deep: { most: "another tenant" } },
    tenant: { id: "kestrel", model: "kestrel" },
    total: 1,
    at: null,
  });
  expect(unnamed({}, plan)).toBe(plan);
});

it("leaves what a person wrote as it is", () => {
  const entry = { by: "ada", reason: "as kestrel has it" };
  expect(unnamed({ withoutOthers }, entry)).toEqual(entry);
});

it("takes names out of errors in the console's own words, and not out of what was asked", () => {
  const told = (code: "conflict" | "not_found") =>
    (unnamedError({ withoutOthers }, new AppError(code, "kestrel holds it.")) as Error).message;
  expect(told("conflict")).toBe("another tenant holds it.");
  expect(told("not_found")).toBe("kestrel holds it.");
});
