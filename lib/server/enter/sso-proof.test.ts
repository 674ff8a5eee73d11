import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "@/lib/domain/people/roles";
import { createSso, type Sso } from "@/lib/enter";
import { type IdentityProvider, startProvider } from "@/sandbox/identity/start-provider";
import { newVisitor, type Visitor, walkThrough } from "@/sandbox/identity/walk-through";
import { type Entrance, openEntrance } from "./testing/open-entrance";

const CALLBACK = "http://127.0.0.1:3000/api/sign-in/sso/callback";
const HOUR_MS = 3_600_000;

const cookieOf = (headers: Headers) => headers.getSetCookie()[0]?.split(";")[0] ?? "";
/** A role change, which asks for a sign-in of the last minutes. */
const invite = async (door: Entrance, cookie: string | null) =>
  (await door.ask("POST", "/api/people/invitations", { body: { role: "support" }, cookie })).status;

describe("a recent sign-in at a real provider", () => {
  let provider: IdentityProvider;
  let door: Entrance;
  let visitor: Visitor;
  beforeAll(async () => {
    provider = await startProvider({ redirectUris: [CALLBACK], groupsOf: () => ["platform"] });
    const sso = createSso({
      ...provider,
      scopes: "profile email",
      groupClaim: "groups",
      nameClaim: "email",
      groupRoles: new Map<string, Role>([["platform", "operator"]]),
      redirectUri: CALLBACK,
      insecure: true,
    });
    door = await openEntrance({ sso });
    visitor = newVisitor();
  });
  afterAll(async () => {
    await door.close();
    await provider.stop();
  });

  const enter = async (session: string | null) => {
    const begun = await door.ask("GET", "/api/sign-in/sso", { cookie: session });
    const back = await walkThrough(begun.headers.get("location") ?? "", "olivia", CALLBACK, visitor);
    const cookie = [session, cookieOf(begun.headers)].filter((one) => one !== null).join("; ");
    return door.ask("GET", `${back.pathname}${back.search}`, { cookie });
  };

  it("is one where the person was asked who they are, and none where the provider knew them", async () => {
    const first = await enter(null);
    expect([await invite(door, first.cookie), visitor.asked]).toEqual([200, 1]);
    door.clock.ms += HOUR_MS;
    const silent = await enter(null);
    expect([await invite(door, silent.cookie), visitor.asked]).toEqual([401, 1]);
    // To the console, whose clock is ahead, even the new proof is an hour old: as if the provider had not asked.
    const stale = await enter(silent.cookie);
    expect([stale.headers.get("location"), stale.cookie]).toEqual(["/sign-in?problem=precondition_failed", null]);
    door.clock.ms = Date.now();
    const renewed = await enter(silent.cookie);
    expect([await invite(door, renewed.cookie), visitor.asked]).toEqual([200, 3]);
    expect((await door.ask("GET", "/api/account", { cookie: silent.cookie })).status).toBe(401);
  });
});

describe("a recent sign-in at a provider that tells no times", () => {
  it("is one where it was told to ask anew, and no other", async () => {
    const begun: boolean[] = [];
    const sso: Sso = {
      async begin({ renews }) {
        begun.push(renews);
        return { location: "https://id.example/authorize", journey: { state: "s1", nonce: "n1", verifier: "v1", renews } };
      },
      finish: async () => ({ subject: "https://id.example 1", name: "grace@example.com", role: "operator", provenAt: null }),
    };
    const door = await openEntrance({ sso });
    const enter = async (session: string | null) => {
      const cookie = cookieOf((await door.ask("GET", "/api/sign-in/sso", { cookie: session })).headers);
      const both = [session, cookie].filter((one) => one !== null).join("; ");
      return (await door.ask("GET", "/api/sign-in/sso/callback?code=c&state=s1", { cookie: both })).cookie;
    };
    const first = await enter(null);
    expect(await invite(door, first)).toBe(401);
    expect(await invite(door, await enter(first))).toBe(200);
    expect(begun).toEqual([false, true]);
    await door.close();
  });
});
