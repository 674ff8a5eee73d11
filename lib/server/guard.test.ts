import { describe, expect, it } from "vitest";
import { guardRequest } from "./guard";
import { apiHeaders, pagePolicy } from "./security-headers";

const BASE = "https://console.example.com";

function refused(headers: Record<string, string>, method = "POST"): boolean {
  try {
    guardRequest(new Request("http://127.0.0.1:3000/api/changes", { method, headers }), BASE);
    return false;
  } catch {
    return true;
  }
}

describe("a console that faces a network", () => {
  it.each([
    ["its own page", { host: "console.example.com", origin: BASE, "sec-fetch-site": "same-origin", cookie: "a=b" }, false],
    ["a program with a token", { host: "console.example.com", authorization: "Bearer a" }, false],
    ["another site", { host: "console.example.com", origin: "https://evil.example", cookie: "a=b" }, true],
    [
      "another site of the same domain",
      { host: "console.example.com", origin: "https://shop.example.com", "sec-fetch-site": "same-site" },
      true,
    ],
    ["its own name without TLS", { host: "console.example.com", origin: "http://console.example.com", cookie: "a=b" }, true],
    ["a name that was pointed at it", { host: "evil.example", origin: "https://evil.example" }, true],
    ["a browser that hides where it comes from", { host: "console.example.com", origin: "null", cookie: "a=b" }, true],
  ])("takes a write from %s: refused %s", (_who, headers, isRefused) => {
    expect(refused(headers as unknown as Record<string, string>)).toBe(isRefused);
  });

  it("answers reads under its own name and loopback's alone", () => {
    expect(refused({ host: "console.example.com" }, "GET")).toBe(false);
    expect(refused({ host: "127.0.0.1:3000" }, "GET")).toBe(false);
    expect(refused({ host: "console.example.com.evil.example" }, "GET")).toBe(true);
  });

  it("tells browsers to come by TLS only, where it is known by https", () => {
    const named = (baseUrl: string | null) => apiHeaders(baseUrl).map(([name]) => name);
    expect(named(BASE)).toContain("strict-transport-security");
    expect(named("http://console.lan")).not.toContain("strict-transport-security");
    expect(named(null)).not.toContain("strict-transport-security");
  });

  it("runs no script that the answer did not name", () => {
    const policy = pagePolicy("abc", false);
    const scripts = /script-src ([^;]+)/.exec(policy)?.[1];
    expect(scripts).toBe("'self' 'nonce-abc' 'strict-dynamic'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).toContain("form-action 'self'");
  });
});
