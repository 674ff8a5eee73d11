import { unstable_doesMiddlewareMatch } from "next/experimental/testing/server";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Asker } from "@/lib/domain/people/roles";
import { clearProcessSlot, processSlot } from "@/lib/server/process-slot";
import { config, proxy } from "./proxy";

let role: Asker = "operator";
beforeAll(() => void processSlot("running", async () => ({ actorOf: async () => ({ name: "somebody", role }) })));
afterAll(() => clearProcessSlot("running"));

const ask = (host: string, path = "/tenants", cookie = "console_session=a") =>
  proxy(new NextRequest(`http://localhost:3000${path}`, { headers: { host, cookie } }));

describe("the headers of a page", () => {
  it("let scripts run with this answer's nonce only, and nobody frame it", async () => {
    const policies = [await ask("localhost:3000"), await ask("localhost:3000")].map(
      ({ headers }) => headers.get("content-security-policy") ?? "",
    );
    const nonces = policies.map((policy) => /'nonce-([^']+)'/.exec(policy)?.[1]);
    expect(new Set(nonces).size).toBe(2);
    expect(policies[0]).toContain("'strict-dynamic'");
    expect(policies[0]).toContain("frame-ancestors 'none'");
    expect(policies[0]).not.toContain("unsafe-eval");
  });

  it("reach the page as x-nonce", async () => {
    const { headers } = await ask("localhost:3000");
    const nonce = /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1];
    expect(headers.get("x-middleware-request-x-nonce")).toBe(nonce);
  });

  it("are not given under a name that is not this machine's loopback", async () => {
    expect((await ask("evil.example")).status).toBe(403);
  });

  it("send who has no session to the sign-in and back, under the name that was asked for", async () => {
    const { status, headers } = await ask("localhost:3000", "/tenants?q=a b", "");
    expect([status, headers.get("location")]).toEqual([307, "http://localhost:3000/sign-in?returnTo=%2Ftenants%3Fq%3Da%2520b"]);
    expect((await ask("localhost:3000", "/", "")).headers.get("location")).toBe("http://localhost:3000/sign-in");
    for (const path of ["/sign-in", "/welcome", "/invite"]) expect((await ask("localhost:3000", path, "")).status).toBe(200);
    expect((await ask("localhost:3000", "/sign-in-elsewhere", "")).status).toBe(307);
  });

  it.each([
    ["product", 307, "http://localhost:3000/tiers"],
    ["support", 200, null],
    ["operator", 200, null],
    ["nobody", 200, null],
  ] as const)("take %s from the first page to their own", async (asker, status, location) => {
    role = asker;
    const answer = await ask("localhost:3000", "/");
    expect([answer.status, answer.headers.get("location")]).toEqual([status, location]);
    expect((await ask("localhost:3000", "/tiers")).status).toBe(200);
  });

  it("leave the API alone, so that no body passes through", () => {
    for (const basePath of ["", "/console"]) {
      const matches = (path: string) => unstable_doesMiddlewareMatch({ config, url: `${basePath}${path}`, nextConfig: { basePath } });
      expect(["", "/tenants", "/apix"].map(matches)).toEqual([true, true, true]);
      expect(["/api/import", "/_next/static/a.js", "/icon.svg"].map(matches)).toEqual([false, false, false]);
    }
  });
});
