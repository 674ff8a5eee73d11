import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { HandedLink, NewTokenView, PeopleView, TokenList } from "@/lib/domain/views/people";
import { changePerson, listAudit, readPersonByName, setPassword } from "@/lib/store";
import { type Entrance, openEntrance } from "./testing/open-entrance";

const PASSWORD = "correct horse battery";
const MINUTE = 60_000;

let door: Entrance;
let operator: string;
beforeAll(async () => {
  door = await openEntrance();
});
afterAll(() => door.close());

const signIn = (name: string, password: string, from?: string) =>
  door.ask("POST", "/api/sign-in", { body: { name, password }, ...(from === undefined ? {} : { from: { address: from, local: false } }) });

describe("the first operator", () => {
  it("enters by the link that the start hands out, once, with a password of their own", async () => {
    expect((await door.ask("GET", "/api/sign-in")).json).toEqual({ signIn: "local", ssoLabel: null, empty: true });
    const stale = await door.firstLink();
    const token = await door.firstLink();
    expect((await door.ask("POST", "/api/links/look", { body: { token: stale } })).status).toBe(404);
    expect((await door.ask("POST", "/api/links/look", { body: { token } })).json).toMatchObject({
      kind: "first",
      role: "operator",
      name: null,
    });
    expect((await door.ask("POST", "/api/links", { body: { token, name: "Ada", password: "short" } })).status).toBe(400);
    const entered = await door.ask("POST", "/api/links", { body: { token, name: "Ada", password: PASSWORD } });
    expect(entered.json).toEqual({ name: "ada", role: "operator" });
    operator = entered.cookie ?? "";
    expect((await door.ask("GET", "/api/account", { cookie: operator })).json).toMatchObject({ name: "ada", kind: "person" });
    expect((await door.ask("POST", "/api/links", { body: { token, name: "eve", password: PASSWORD } })).status).toBe(404);
    await expect(door.firstLink()).rejects.toThrow("somebody can sign in already");
  });

  it("is nobody else once somebody has entered another way", async () => {
    const other = await openEntrance();
    const token = await other.firstLink();
    await other.enter("grace", "operator");
    expect((await other.ask("POST", "/api/links/look", { body: { token } })).status).toBe(404);
    expect((await other.ask("POST", "/api/links", { body: { token, name: "eve", password: PASSWORD } })).status).toBe(404);
    await other.close();
  });

  it("has a cookie that no script reads, that other sites do not send, and that ends", async () => {
    const { headers } = await signIn("ada", PASSWORD);
    const [cookie] = headers.getSetCookie();
    expect(cookie).toMatch(/^console_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400$/);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("signing in", () => {
  it("has the same words and the same answer for whoever is unknown, wrong, or disabled", async () => {
    await door.enter("sam", "support");
    await changePerson(door.store, "id-sam", { disabled: true }, new Date());
    const answers = await Promise.all([signIn("ada", "wrong password"), signIn("nobody-here", PASSWORD), signIn("sam", PASSWORD)]);
    const told = answers.map(({ status, text, cookie }) => [status, JSON.parse(text).error.message, cookie]);
    expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(told[0]).toEqual([401, "Name or password is wrong.", null]);
  });

  it("keeps of what was typed as a name only who there is", async () => {
    await signIn("my-secret-password-in-the-wrong-box", "x");
    expect(JSON.stringify(door.audit)).not.toContain("my-secret-password");
    expect(JSON.stringify(door.audit)).not.toContain(PASSWORD);
    const { rows } = await listAudit(door.store, { kind: "sign-in", outcome: "failed" }, { limit: 1 });
    expect(rows[0]).toMatchObject({ actor: "somebody unknown", actorKind: "nobody", address: "203.0.113.7" });
  });

  it("is over for a password that is changed while it is looked at", async () => {
    const given = await door.ask("POST", "/api/people/invitations", { body: { role: "support" }, cookie: operator });
    const token = (given.json as HandedLink).url.split("#").at(-1);
    await door.ask("POST", "/api/links", { body: { token, name: "uma", password: PASSWORD } });
    const found = await readPersonByName(door.store, "uma");
    const run = door.store.run.bind(door.store);
    const calls = vi.spyOn(door.store, "run");
    // After the person, their addresses and the hash, just before the line that says that they signed in.
    calls.mockImplementation(async (work) => {
      if (calls.mock.calls.length === 3) await setPassword(door.store, found?.person.id ?? "", "scrypt$1024$8$1$AA$AA", null, new Date());
      return run(work);
    });
    const { status, cookie } = await signIn("uma", PASSWORD);
    calls.mockRestore();
    expect([status, cookie]).toEqual([401, null]);
  });

  it("is slowed down after wrong passwords, from there alone, and never for good", async () => {
    const from = "198.51.100.1";
    const wrong = async () => (await signIn("ada", "wrong", from)).status;
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 10; attempt += 1) statuses.push(await wrong());
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429, 429, 429]);
    // The right password waits too, from there; from where ada came before it does not.
    expect((await signIn("ada", PASSWORD, from)).status).toBe(429);
    expect((await signIn("ada", PASSWORD)).status).toBe(200);
    door.clock.ms += 16 * MINUTE;
    expect((await signIn("ada", PASSWORD, from)).status).toBe(200);
  });

  it("is no faster for who tries many passwords in the same moment", async () => {
    const from = "198.51.100.2";
    const together = await Promise.all(Array.from({ length: 8 }, (_, index) => signIn("ada", index === 7 ? PASSWORD : "wrong", from)));
    expect(together.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  });

  it("asks the store the same of whoever is there and of whoever is not", async () => {
    const asked: number[] = [];
    for (const name of ["ada", "nobody-here-either"]) {
      const run = vi.spyOn(door.store, "run");
      await signIn(name, "wrong", "198.51.100.3");
      asked.push(run.mock.calls.length);
      run.mockRestore();
    }
    expect(asked[0]).toBeGreaterThan(0);
    expect(asked[0]).toBe(asked[1]);
  });

  it("cannot be kept from a person at a place they come from, however many try elsewhere", async () => {
    for (let attempt = 0; attempt < 40; attempt += 1) await signIn("ada", "wrong", `198.51.100.${attempt + 10}`);
    expect((await signIn("ada", PASSWORD, "198.51.100.200")).status).toBe(429);
    expect((await signIn("ada", PASSWORD)).status).toBe(200);
    door.clock.ms += MINUTE;
    expect((await signIn("ada", PASSWORD, "198.51.100.200")).status).toBe(200);
  });
});

describe("a session", () => {
  it("is a new one with each sign-in, whatever the browser brought along (fixation)", async () => {
    const planted = `console_session=${"a".repeat(43)}`;
    const { cookie } = await door.ask("POST", "/api/sign-in", { body: { name: "ada", password: PASSWORD }, cookie: planted });
    expect(cookie).not.toBe(planted);
    expect((await door.ask("GET", "/api/account", { cookie: planted })).status).toBe(401);
    expect((await door.ask("GET", "/api/account", { cookie })).status).toBe(200);
  });

  it("ends when its browser signs in anew over it, as whomever", async () => {
    const before = (await signIn("ada", PASSWORD)).cookie;
    const { cookie } = await door.ask("POST", "/api/sign-in", { body: { name: "ada", password: PASSWORD }, cookie: before });
    expect((await door.ask("GET", "/api/account", { cookie: before })).status).toBe(401);
    expect((await door.ask("GET", "/api/account", { cookie })).status).toBe(200);
  });

  it("is worth nothing after signing out, wherever its cookie was copied to", async () => {
    const { cookie } = await signIn("ada", PASSWORD);
    const out = await door.ask("POST", "/api/sign-out", { body: {}, cookie });
    expect(out.headers.getSetCookie()[0]).toMatch(/^console_session=; .*Max-Age=0/);
    expect((await door.ask("GET", "/api/account", { cookie })).status).toBe(401);
  });

  it("is not kept alive by a page that asks by itself while nobody is there", async () => {
    const [left, used] = await Promise.all([door.enter("left-open", "support"), door.enter("at-work", "support")]);
    const now = door.clock.ms;
    const ask = async (cookie: string, headers: Record<string, string> = {}) =>
      (await door.ask("GET", "/api/account", { cookie, headers })).status;
    for (let minutes = 0; minutes < 8 * 60; minutes += 30) {
      expect(await ask(left, { "x-unattended": "1" })).toBe(200);
      expect(await ask(used)).toBe(200);
      door.clock.ms += 30 * MINUTE;
    }
    expect(await ask(left, { "x-unattended": "1" })).toBe(401);
    expect(await ask(left)).toBe(401);
    expect(await ask(used)).toBe(200);
    door.clock.ms = now;
  });

  it("has the role of this moment, and ends with the person", async () => {
    const cookie = await door.enter("bob", "operator");
    expect((await door.ask("GET", "/api/people", { cookie })).status).toBe(200);
    await changePerson(door.store, "id-bob", { role: "support" }, new Date());
    expect((await door.ask("GET", "/api/people", { cookie })).status).toBe(403);
    await changePerson(door.store, "id-bob", { disabled: true }, new Date());
    expect((await door.ask("GET", "/api/account", { cookie })).status).toBe(401);
  });

  it("is ended by its person and by operators, and by nobody else", async () => {
    const [carol, dan] = [await door.enter("carol", "support"), await door.enter("dan", "product")];
    expect((await door.ask("DELETE", "/api/sessions/session-dan", { cookie: carol })).status).toBe(404);
    expect((await door.ask("DELETE", "/api/sessions/session-carol", { cookie: carol })).status).toBe(200);
    operator = (await signIn("ada", PASSWORD)).cookie ?? "";
    expect((await door.ask("DELETE", "/api/sessions/session-dan", { cookie: operator })).status).toBe(200);
    for (const cookie of [carol, dan]) expect((await door.ask("GET", "/api/account", { cookie })).status).toBe(401);
  });
});

describe("people", () => {
  it("are invited with a role and limits, by a link that works once", async () => {
    const limits = { tenants: ["acme"], tiers: [], clusters: [] };
    const invited = await door.ask("POST", "/api/people/invitations", { body: { role: "support", limits }, cookie: operator });
    const { url } = invited.json as HandedLink;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:3000\/invite#[\w-]{43}$/);
    const token = url.split("#").at(-1);
    const entered = await door.ask("POST", "/api/links", { body: { token, name: "erin", password: PASSWORD } });
    expect((await door.ask("GET", "/api/account", { cookie: entered.cookie })).json).toMatchObject({ role: "support", limits });
    expect((await door.ask("POST", "/api/links", { body: { token, name: "eve", password: PASSWORD } })).status).toBe(404);
  });

  it("set a new password by a link, which signs them out everywhere", async () => {
    const { people } = (await door.ask("GET", "/api/people", { cookie: operator })).json as PeopleView;
    const erin = people.find(({ name }) => name === "erin");
    const before = (await signIn("erin", PASSWORD)).cookie;
    const { url } = (await door.ask("POST", `/api/people/${erin?.id}/reset`, { body: {}, cookie: operator })).json as HandedLink;
    const token = url.split("#").at(-1);
    expect((await door.ask("POST", "/api/links", { body: { token, password: "another long password" } })).status).toBe(200);
    expect((await door.ask("GET", "/api/account", { cookie: before })).status).toBe(401);
    expect((await signIn("erin", PASSWORD)).status).toBe(401);
    expect((await signIn("erin", "another long password")).status).toBe(200);
  });

  it("change their own password, given the present one, and stay where they are", async () => {
    const { cookie } = await signIn("erin", "another long password");
    const change = (present: string) =>
      door.ask("POST", "/api/account/password", { body: { present, next: "a third long password" }, cookie });
    expect((await change("not it at all")).status).toBe(400);
    expect((await change("another long password")).status).toBe(200);
    expect((await door.ask("GET", "/api/account", { cookie })).status).toBe(200);
    expect((await signIn("erin", "a third long password")).status).toBe(200);
  });

  it("prove anew who they are before roles change, and before nothing else", async () => {
    door.clock.ms += 20 * MINUTE;
    const change = () => door.ask("PUT", "/api/people/id-bob", { body: { role: "product" }, cookie: operator });
    expect((await change()).status).toBe(401);
    expect((await door.ask("GET", "/api/people", { cookie: operator })).status).toBe(200);
    operator = (await signIn("ada", PASSWORD)).cookie ?? "";
    expect((await change()).status).toBe(200);
  });
});

describe("tokens of scripts", () => {
  it("have a role and an end, tell when they were used, and can be revoked", async () => {
    const body = { name: "nightly", role: "support", days: 1 };
    const { token, about } = (await door.ask("POST", "/api/tokens", { body, cookie: operator })).json as NewTokenView;
    const headers = { authorization: `Bearer ${token}` };
    expect(token).toMatch(/^tcm_[\w-]{43}$/);
    expect((await door.ask("GET", "/api/account", { headers })).json).toMatchObject({
      name: "token nightly",
      role: "support",
      kind: "token",
    });
    expect((await door.ask("GET", "/api/people", { headers })).status).toBe(403);
    const list = await door.ask("GET", "/api/tokens", { cookie: operator });
    expect(list.text).not.toContain(token);
    expect(list.json).toMatchObject({ tokens: [{ name: "nightly", lastUsedAt: expect.any(String) }] });
    expect((await door.ask("DELETE", `/api/tokens/${about.id}`, { cookie: operator })).status).toBe(200);
    const revoked = await door.ask("GET", "/api/account", { headers });
    expect([revoked.status, revoked.json]).toMatchObject([401, { error: { message: 'The token "nightly" was revoked.' } }]);
  });

  it("are worth nothing after their end, and a session after its own", async () => {
    const cookie = await door.enter("short", "support");
    const body = { name: "for a day", role: "support", days: 1 };
    const { token, about } = (await door.ask("POST", "/api/tokens", { body, cookie: operator })).json as NewTokenView;
    const asks = [{ headers: { authorization: `Bearer ${token}` } }, { cookie }, { headers: { authorization: `Bearer ${token}x` } }];
    const answers = async () => {
      const answered = await Promise.all(asks.map((ask) => door.ask("GET", "/api/account", ask)));
      return answered.map(({ status, json }) => [status, (json as { error?: { message: string } }).error?.message ?? null]);
    };
    expect(await answers()).toEqual([
      [200, null],
      [200, null],
      [401, "Nobody is signed in."],
    ]);
    const now = door.clock.ms;
    door.clock.ms += 8 * 60 * MINUTE;
    expect((await answers())[1]).toEqual([
      401,
      expect.stringMatching(/^You are signed out: nothing was done in this session for 8.hours\.$/),
    ]);
    door.clock.ms = now + 24 * 60 * MINUTE;
    const until = `${about.expiresAt.slice(0, 10)} ${about.expiresAt.slice(11, 16)} UTC`;
    expect(await answers()).toEqual([
      [401, `The token "for a day" has expired: it worked until ${until}. An operator makes another one on the page of people.`],
      [401, "You are signed out: the session's time is over."],
      [401, "Nobody is signed in."],
    ]);
    const late = await door.enter("late", "operator");
    const listed = (await door.ask("GET", "/api/tokens", { cookie: late })).json as TokenList;
    expect(listed.tokens.find(({ name }) => name === "for a day")).toMatchObject({ expired: true });
    expect((await door.ask("DELETE", `/api/tokens/${about.id}`, { cookie: late })).status).toBe(200);
    door.clock.ms = now;
  });

  it("that are no token make nobody of whoever has a cookie besides", async () => {
    const headers = { authorization: `Bearer ${"x".repeat(40)}` };
    expect((await door.ask("GET", "/api/account", { headers, cookie: operator })).status).toBe(401);
  });

  it("change nobody", async () => {
    const token = await door.token("deploy", "operator");
    const headers = { authorization: `Bearer ${token}` };
    expect((await door.ask("PUT", "/api/people/id-bob", { body: { role: "operator" }, headers })).status).toBe(403);
  });
});

describe("what somebody handed out", () => {
  const linkOf = async (path: string, body: object, cookie: string) => {
    const { url } = (await door.ask("POST", path, { body, cookie })).json as HandedLink;
    return url.split("#").at(-1) ?? "";
  };
  const look = async (token: string) => (await door.ask("POST", "/api/links/look", { body: { token } })).status;

  it.each([
    ["is disabled", { disabled: true }],
    ["is no operator any more", { role: "support" as const }],
    ["is limited from now on", { limits: { tenants: ["acme"], tiers: [], clusters: [] } }],
  ])("is worth nothing once they may not let others in: who %s", async (what, change) => {
    const name = what.replaceAll(" ", "-");
    const cookie = await door.enter(name, "operator");
    const invitation = await linkOf("/api/people/invitations", { role: "operator" }, cookie);
    const reset = await linkOf("/api/people/id-bob/reset", {}, cookie);
    const { token } = (await door.ask("POST", "/api/tokens", { body: { name: "way back", role: "operator" }, cookie }))
      .json as NewTokenView;
    const headers = { authorization: `Bearer ${token}` };
    const statuses = async () => [await look(invitation), await look(reset), (await door.ask("GET", "/api/people", { headers })).status];
    expect(await statuses()).toEqual([200, 200, 200]);
    const theirs = await door.token(`kept-${name}`, "operator");
    await changePerson(door.store, `id-${name}`, change, new Date());
    expect(await statuses()).toEqual([404, 404, 401]);
    // Others' stay.
    expect((await door.ask("GET", "/api/account", { headers: { authorization: `Bearer ${theirs}` } })).status).toBe(200);
  });

  it("cannot set a password again that was changed meanwhile, nor that of somebody who was disabled", async () => {
    const { people } = (await door.ask("GET", "/api/people", { cookie: operator })).json as PeopleView;
    const erin = people.find(({ name }) => name === "erin")?.id ?? "";
    const stale = await linkOf(`/api/people/${erin}/reset`, {}, operator);
    const { cookie } = await signIn("erin", "a third long password");
    const body = { present: "a third long password", next: "a fourth long password" };
    expect((await door.ask("POST", "/api/account/password", { body, cookie })).status).toBe(200);
    expect(await look(stale)).toBe(404);
    const late = await linkOf(`/api/people/${erin}/reset`, {}, operator);
    await changePerson(door.store, erin, { disabled: true }, new Date());
    await changePerson(door.store, erin, { disabled: false }, new Date());
    expect(await look(late)).toBe(404);
  });
});

describe("programs that watch the console", () => {
  it("are let in on this machine or with their token, and see nothing of tenants", async () => {
    const local = { address: "127.0.0.1", local: true };
    const headers = { authorization: "Bearer probe-token-of-16" };
    for (const path of ["/api/health", "/api/metrics"]) {
      expect((await door.ask("GET", path)).status).toBe(401);
      expect((await door.ask("GET", path, { from: local })).status).toBe(200);
      expect((await door.ask("GET", path, { headers })).status).toBe(200);
    }
    expect((await door.ask("GET", "/api/tenants", { from: local })).status).toBe(401);
    expect((await door.ask("GET", "/api/tenants", { headers })).status).toBe(401);
  });
});
