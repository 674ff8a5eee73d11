import pino from "pino";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/domain/errors";
import type { Sso } from "@/lib/enter";
import { mixedFleet } from "@/lib/operations/testing/mixed-fleet";
import { appendAudit } from "@/lib/store";
import { type Entrance, openEntrance } from "./testing/open-entrance";

const ORIGIN = "http://127.0.0.1:3000";
const OWN = "bridge-tenant-0001";
const OTHER = "bridge-tenant-0002";

/** A provider that vouches for whoever brings the right state. */
const sso: Sso = {
  begin: async () => ({ location: "https://id.example/authorize", journey: { state: "s1", nonce: "n1", verifier: "v1", renews: false } }),
  async finish(query, { state }) {
    const given = new URLSearchParams(query).get("state");
    if (given !== state) throw new AppError("unauthenticated", "No.");
    return { subject: "https://id.example 1", name: "grace@example.com", role: "support", provenAt: null };
  },
};

let door: Entrance;
beforeAll(async () => {
  const unavailable = (): never => {
    throw new AppError("unavailable", "Away.");
  };
  door = await openEntrance({ fleets: [mixedFleet(4, 2)], sso, context: { kafka: unavailable } });
});
afterAll(() => door.close());

describe("a write that another site starts", () => {
  it("is refused, whatever cookies come with it", async () => {
    const cookie = await door.enter("csrf", "operator");
    const send = (headers: Record<string, string>) => door.ask("POST", "/api/sign-out", { body: {}, headers: { ...headers, cookie } });
    for (const headers of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "http://127.0.0.1:3001" },
      { origin: ORIGIN, "sec-fetch-site": "cross-site" },
    ]) {
      expect((await send(headers as unknown as Record<string, string>)).status).toBe(403);
    }
    expect((await send({})).status).toBe(403);
    expect((await door.ask("GET", "/api/account", { cookie })).status).toBe(200);
  });

  it("cannot come as a form", async () => {
    const cookie = await door.enter("form", "operator");
    const headers = { origin: ORIGIN, "content-type": "text/plain" };
    expect((await door.ask("POST", "/api/people/invitations", { body: '{"role":"operator"}', cookie, headers })).status).toBe(400);
  });
});

describe("single sign-on", () => {
  const begin = async (returnTo: string) => {
    const { headers } = await door.ask("GET", `/api/sign-in/sso?returnTo=${encodeURIComponent(returnTo)}`);
    expect([headers.get("location")]).toEqual(["https://id.example/authorize"]);
    return headers.getSetCookie()[0]?.split(";")[0] ?? "";
  };
  const callback = (cookie: string | null, query = "code=c&state=s1") => door.ask("GET", `/api/sign-in/sso/callback?${query}`, { cookie });

  it("lets in who began here and brings back the state", async () => {
    const answer = await callback(await begin("/tenants?q=a"));
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/tenants?q=a"]);
    expect((await door.ask("GET", "/api/account", { cookie: answer.cookie })).json).toMatchObject({
      name: "grace@example.com",
      role: "support",
    });
  });

  it("leads to no other site", async () => {
    for (const returnTo of ["https://evil.example", "//evil.example", "/\\evil.example"]) {
      expect((await callback(await begin(returnTo))).headers.get("location")).toBe("/");
    }
  });

  it("takes no answer that was forged, replayed, or meant for another browser", async () => {
    const cookie = await begin("/");
    for (const [given, query] of [
      [null, "code=c&state=s1"],
      [cookie, "code=c&state=s2"],
      [cookie, "error=access_denied"],
      ["console_journey=bm90LWpzb24", "code=c&state=s1"],
    ] as const) {
      const answer = await callback(given, query);
      expect([answer.headers.get("location"), answer.cookie]).toEqual(["/sign-in?problem=unauthenticated", null]);
    }
  });
});

describe("answers of single sign-on that are none", () => {
  it("do not fill the audit, and keep nobody out who is behind the same address", async () => {
    const journey = Buffer.from(JSON.stringify({ state: "s1", nonce: "n", verifier: "v", renews: false, returnTo: "/" })).toString(
      "base64url",
    );
    const from = { address: "198.51.100.66", local: false };
    const failures = () => door.audit.filter(({ outcome }) => outcome === "failed").length;
    const before = failures();
    for (let count = 0; count < 50; count += 1) {
      const ask = { cookie: `console_journey=${journey}`, from };
      const { headers } = await door.ask("GET", "/api/sign-in/sso/callback?code=c&state=other", ask);
      expect(headers.get("location")).toBe("/sign-in?problem=unauthenticated");
    }
    expect(failures() - before).toBe(5);
    const cookie = (await door.ask("GET", "/api/sign-in/sso", { from })).headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const entered = await door.ask("GET", "/api/sign-in/sso/callback?code=c&state=s1", { cookie, from });
    expect(entered.headers.get("location")).not.toContain("problem");
  });
});

describe("what is asked for with names that are none", () => {
  it("reaches nothing beside the tenant, and no file", async () => {
    const limits = { tenants: [OWN], tiers: [], clusters: [] };
    const cookie = await door.enter("limited", "support", limits);
    expect((await door.ask("GET", `/api/tenants/${OWN}`, { cookie })).status).toBe(200);
    for (const id of [OTHER, `${OWN}%2F..%2F${OTHER}`, `..%2F${OTHER}`, "%2e%2e%2fpeople", `${OTHER}%20`, "__proto__", "constructor"]) {
      const answer = await door.ask("GET", `/api/tenants/${id}`, { cookie });
      expect([id, answer.status]).toEqual([id, 404]);
    }
    const lists = await Promise.all(
      ["/api/tenants", "/api/search?q=bridge", "/api/conditions", "/api/drift", "/api/tenants?format=csv", "/api/overview"].map((path) =>
        door.ask("GET", path, { cookie }),
      ),
    );
    for (const { status, text } of lists) {
      expect(status).toBe(200);
      expect(text).not.toContain(OTHER);
      expect(text).not.toContain("Tenant Number 2");
    }
  });

  it("is a value and never a part of a statement", async () => {
    const cookie = await door.enter("sql", "operator");
    for (const words of ["'; drop table people; --", "' or '1'='1", "%' union select password_hash from people --", "\\"]) {
      for (const path of ["/api/audit", "/api/changes", "/api/tenants"]) {
        expect((await door.ask("GET", `${path}?q=${encodeURIComponent(words)}`, { cookie })).status).toBe(200);
      }
    }
    expect((await door.ask("GET", "/api/audit?cursor=1%20or%201%3D1", { cookie })).status).toBe(400);
    expect((await door.ask("GET", "/api/people", { cookie })).status).toBe(200);
  });
});

describe("what somebody wrote into a name", () => {
  it("is no formula in an export, and no second line in a log", async () => {
    const cookie = await door.enter("@sum", "operator");
    const entry = {
      at: new Date().toISOString(),
      kind: "change" as const,
      action: "applyChange",
      subject: '=HYPERLINK("https://evil.example","x")\n{"level":50}',
      outcome: "done" as const,
      code: null,
      actorKind: "person" as const,
      actorId: "1",
      actor: "+eve",
      role: "operator" as const,
      address: "10.0.0.1",
      correlationId: "c-formula",
    };
    await appendAudit(door.store, entry);
    const { text, headers } = await door.ask("GET", "/api/audit?format=csv", { cookie });
    expect(headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const cells = text.split(/\r\n|,/).map((cell) => cell.replace(/^"/, ""));
    expect(cells.filter((cell) => /^[=+@-]/.test(cell))).toEqual([]);
    expect(text).toContain("'=HYPERLINK");
    const lines: string[] = [];
    pino({ base: {} }, { write: (line: string) => void lines.push(line) }).info({ audit: entry }, "audit");
    expect(lines.join("").trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("a token's name", () => {
  it.each(["dep\u202elpoy", "de\u200bploy", "deploy\n{}", "\u0000"])("that looks like another one is refused: %j", async (name) => {
    const cookie = await door.enter(`names-${encodeURIComponent(name)}`, "operator");
    expect((await door.ask("POST", "/api/tokens", { cookie, body: { name, role: "product" } })).status).toBe(400);
  });
});

describe("a role that is lowered", () => {
  it("ends a stream of requests at once: none that comes after the change is answered", async () => {
    const [cookie, operator] = [await door.enter("streaming", "support"), await door.enter("lowers", "operator")];
    let lowered = false;
    const statuses: [boolean, number][] = [];
    const stream = Array.from({ length: 8 }, async () => {
      for (let asked = 0; asked < 12; asked += 1) {
        const isAfter = lowered;
        statuses.push([isAfter, (await door.ask("GET", "/api/tenants", { cookie })).status]);
      }
    });
    const body = { role: "product" };
    expect((await door.ask("PUT", "/api/people/id-streaming", { cookie: operator, body })).status).toBe(200);
    lowered = true;
    await Promise.all(stream);
    const [before, after] = [statuses.filter(([isAfter]) => !isAfter), statuses.filter(([isAfter]) => isAfter)];
    expect(before.map(([, status]) => status)).toContain(200);
    expect(new Set(after.map(([, status]) => status))).toEqual(new Set([403]));
  });
});

describe("bodies", () => {
  it("that are too large, or never end, are refused", async () => {
    const cookie = await door.enter("bodies", "operator");
    const large = JSON.stringify({ role: "support", limits: { tenants: ["x".repeat(70_000)] } });
    expect((await door.ask("POST", "/api/people/invitations", { body: large, cookie })).status).toBe(400);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    try {
      const slow = door.askStream(
        "POST",
        "/api/sign-in",
        new ReadableStream({ start: (to) => to.enqueue(new TextEncoder().encode('{"name"')) }),
      );
      await vi.advanceTimersByTimeAsync(11_000);
      expect((await slow).status).toBe(400);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("five hundred sign-ins at once", () => {
  it("are hashed one at a time; the rest are told to come back, and the console goes on answering", async () => {
    const busy = await openEntrance({ passwords: { N: 2 ** 14, r: 8, p: 1 } });
    const cookie = await busy.enter("watcher", "support");
    const all = Array.from({ length: 500 }, (_, index) =>
      busy.ask("POST", "/api/sign-in", {
        body: { name: `person-${index}`, password: "wrong password" },
        from: { address: `198.51.${index >> 8}.${index & 255}`, local: false },
      }),
    );
    expect((await busy.ask("GET", "/api/status", { cookie })).status).toBe(200);
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    const count = (status: number) => statuses.filter((one) => one === status).length;
    expect(count(401) + count(429)).toBe(500);
    expect(count(401)).toBeGreaterThan(0);
    expect(count(429)).toBeGreaterThan(400);
    await busy.close();
  });
});

describe("answers", () => {
  it("hold none of the secrets that people and scripts were given", async () => {
    const token = await door.token("secret-keeper", "operator");
    const cookie = await door.enter("secret-holder", "operator");
    const session = cookie.split("=")[1] ?? "";
    const paths = [
      "/api/people",
      "/api/tokens",
      "/api/audit",
      "/api/account",
      "/api/people/id-secret-holder/sessions",
      "/api/status",
      "/api/metrics",
    ];
    for (const path of paths) {
      const { text, status } = await door.ask("GET", path, { cookie });
      expect(status).toBe(200);
      for (const secret of [token, session]) expect(text).not.toContain(secret);
      expect(text).not.toMatch(/scrypt\$|tokenHash|passwordHash/);
    }
    expect(JSON.stringify(door.audit)).not.toContain(token);
  });

  it("are kept by nobody in between", async () => {
    const cookie = await door.enter("cache", "operator");
    for (const path of ["/api/people", "/api/tenants", "/api/audit?format=csv"]) {
      const { headers } = await door.ask("GET", path, { cookie });
      expect(headers.get("cache-control")).toMatch(/^(no-store|private, no-cache)$/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  it("that are kept for one are never another's whose limits differ", async () => {
    const limits = (tenant: string) => ({ tenants: [tenant], tiers: [], clusters: [] });
    const [one, two] = [await door.enter("one", "support", limits(OWN)), await door.enter("two", "support", limits(OTHER))];
    const names = async (cookie: string) => (await door.ask("GET", "/api/tenants", { cookie })).text;
    expect(await names(one)).toContain(OWN);
    expect(await names(two)).not.toContain(OWN);
    expect(await names(two)).toContain(OTHER);
  });
});
