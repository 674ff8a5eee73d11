import { describe, expect, it } from "vitest";
import { counted, refusal } from "./import-tenants.mjs";

describe("a refused import", () => {
  it("names line, path and message of everything that is wrong", () => {
    const details = [
      { path: "tenants[0].id", message: "must be lower case", line: 7 },
      { path: "tiers", message: "is missing" },
    ];
    const body = JSON.stringify({ error: { code: "invalid", message: "2 things are wrong", details, requestId: "r1" } });
    expect(refusal("a.yaml", 400, body)).toBe(
      "a.yaml was not imported: 2 things are wrong\na.yaml:7: tenants[0].id: must be lower case\na.yaml: tiers: is missing",
    );
  });

  it("gives the status and the beginning of an answer that is not the console's", () => {
    expect(refusal("a.yaml", 502, "<html>Bad gateway")).toBe("a.yaml was not imported: the console answered 502\n<html>Bad gateway");
  });
});

it("an import is told by what it did, without what it did not", () => {
  const nothing = { created: 0, updated: 0, unchanged: 0 };
  const body = { tiers: { ...nothing, unchanged: 2 }, tenants: { ...nothing, created: 3, updated: 1 }, services: nothing };
  expect(counted(JSON.stringify(body))).toBe("tiers 2 unchanged; tenants 3 created, 1 updated; services none");
});
