import { NextRequest } from "next/server";
import { describe, expect, it } from "vitest";
import { config, proxy } from "./proxy";

const ask = (host: string, path = "/tenants", cookie = "console_session=a") =>
  proxy(new NextRequest(`http://localhost:3000${path}`, { headers: { host, cookie } }));

describe("the headers of a page", () => {
  it("let scripts run with this answer's nonce only, and nobody frame it", () => {
    const policies = [ask("localhost:3000"), ask("localhost:3000")].map(({ headers }) => headers.get("content-security-policy") ?? "");
    const nonces = policies.map((policy) => /'nonce-([^']+)'/.exec(policy)?.[1]);
    expect(new Set(nonces).size).toBe(2);
    expect(policies[0]).toContain("'strict-dynamic'");
    expect(policies[0]).toContain("frame-ancestors 'none'");
    expect(policies[0]).not.toContain("unsafe-eval");
  });

  it("reach the page as x-nonce", () => {
    const { headers } = ask("localhost:3000");
    const nonce = /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1];
    expect(headers.get("x-middleware-request-x-nonce")).toBe(nonce);
  });

  it("are not given under a name that is not this machine's loopback", () => {
    expect(ask("evil.example").status).toBe(403);
  });

  it("send who has no session to the sign-in and back, under the name that was asked for", () => {
    const { status, headers } = ask("localhost:3000", "/tenants?q=a b", "");
    expect([status, headers.get("location")]).toEqual([307, "http://localhost:3000/sign-in?returnTo=%2Ftenants%3Fq%3Da%2520b"]);
    expect(ask("localhost:3000", "/", "").headers.get("location")).toBe("http://localhost:3000/sign-in");
    for (const path of ["/sign-in", "/welcome/abc", "/invite/abc"]) expect(ask("localhost:3000", path, "").status).toBe(200);
    expect(ask("localhost:3000", "/sign-in-elsewhere", "").status).toBe(307);
  });

  it("leave the API alone, so that no body passes through", () => {
    const [pattern = ""] = config.matcher;
    const matches = (path: string) => new RegExp(`^${pattern}$`).test(path);
    expect(["/", "/tenants", "/apix"].map(matches)).toEqual([true, true, true]);
    expect(["/api/import", "/_next/static/a.js", "/icon.svg"].map(matches)).toEqual([false, false, false]);
  });
});
