import { describe, expect, it } from "vitest";
import { returnPath } from "./return-path";

describe("the way back after signing in", () => {
  it.each(["/", "/tenants", "/tenants/acme?range=6h#lag", "/clusters/a/topics/a%2Fb"])("is the page that was asked for: %s", (path) => {
    expect(returnPath(path)).toBe(path);
  });

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "evil.example",
    "",
    "/api/sign-out",
    `/${"a".repeat(3000)}`,
    null,
    undefined,
  ])("is the first page instead of %j", (given) => {
    expect(returnPath(given)).toBe("/");
  });
});
