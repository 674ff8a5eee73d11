import { createSign, generateKeyPairSync, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "@/lib/domain/people/roles";
import type { HeldSecret, SecretAnswer } from "@/lib/domain/secret";
import { type IdentityProvider, startProvider } from "@/sandbox/identity/start-provider";
import { newVisitor, walkThrough } from "@/sandbox/identity/walk-through";
import { roleOfGroups } from "./role-of-groups";
import { createSso, type Sso, type SsoSettings } from "./sso";

const CALLBACK = "http://127.0.0.1:3000/api/sign-in/sso/callback";
const HOUR_MS = 3_600_000;
const WISH = { maxAgeMs: HOUR_MS, renews: false };
const ROLES = new Map<string, Role>([
  ["platform", "operator"],
  ["helpdesk", "support"],
  ["sales", "product"],
]);
const GROUPS: Record<string, string[]> = { olivia: ["staff", "platform"], sam: ["helpdesk", "sales"], paula: ["sales"], eve: ["staff"] };

function settings(issuer: string, changes: Partial<SsoSettings> = {}): SsoSettings {
  return {
    issuer,
    clientId: "tenant-console",
    clientSecret: "a-secret-of-the-sandbox",
    scopes: "profile email",
    groupClaim: "groups",
    nameClaim: "email",
    groupRoles: ROLES,
    redirectUri: CALLBACK,
    insecure: true,
    ...changes,
  };
}

describe("at a real provider", () => {
  let provider: IdentityProvider;
  let sso: Sso;
  beforeAll(async () => {
    provider = await startProvider({ redirectUris: [CALLBACK], groupsOf: (account) => GROUPS[account] ?? [] });
    sso = createSso(settings(provider.issuer));
  });
  afterAll(() => provider.stop());

  it.each([
    ["olivia", "operator"],
    ["sam", "support"],
    ["paula", "product"],
  ])("%s enters as %s, by the groups of the moment", async (account, role) => {
    const { location, journey } = await sso.begin(WISH);
    const back = await walkThrough(location, account, CALLBACK);
    expect(await sso.finish(back.search, journey)).toEqual({
      subject: `${provider.issuer} ${account}`,
      name: `${account}@example.com`,
      role,
      provenAt: expect.stringMatching(/^20.*Z$/),
    });
  });

  it("who is in none of the groups does not enter", async () => {
    const { location, journey } = await sso.begin(WISH);
    const back = await walkThrough(location, "eve", CALLBACK);
    await expect(sso.finish(back.search, journey)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("a client secret that was rotated is read anew when the old one is refused, within the same sign-in", async () => {
    const values = ["of-yesterday", provider.clientSecret];
    const refusals: string[] = [];
    const clientSecret: HeldSecret = {
      name: "oidc",
      read: async () => ({ ok: true, value: values[0] ?? "" }),
      refused(value) {
        refusals.push(value);
        values.shift();
      },
    };
    const rotated = createSso(settings(provider.issuer, { clientSecret }));
    const { location, journey } = await rotated.begin(WISH);
    const back = await walkThrough(location, "sam", CALLBACK);
    expect(await rotated.finish(back.search, journey)).toMatchObject({ role: "support" });
    expect(refusals).toEqual(["of-yesterday"]);
  });

  it("a client secret that is wrong and stays so ends the sign-in", async () => {
    const clientSecret: HeldSecret = { name: "oidc", read: async () => ({ ok: true, value: "wrong" }), refused: () => {} };
    for (const secret of [clientSecret, "wrong"]) {
      const wrong = createSso(settings(provider.issuer, { clientSecret: secret }));
      const { location, journey } = await wrong.begin(WISH);
      const back = await walkThrough(location, "sam", CALLBACK);
      await expect(wrong.finish(back.search, journey)).rejects.toMatchObject({ code: "unauthenticated" });
    }
  });

  it("a client secret that cannot be read costs the sign-in for now, and visitors are not told which it is", async () => {
    const problem = { code: "forbidden" as const, operation: "GetSecretValue", message: "The secret oidc cannot be used." };
    let answer: SecretAnswer = { ok: false, problem };
    const late = createSso(settings(provider.issuer, { clientSecret: { name: "oidc", read: async () => answer, refused: () => {} } }));
    const lacking = await late.begin(WISH).catch((error: unknown) => error);
    expect(lacking).toMatchObject({ code: "unavailable", cause: { message: problem.message } });
    expect(String(lacking)).not.toContain("oidc");
    answer = { ok: true, value: provider.clientSecret };
    await late.begin(WISH);
  });

  it("an answer is taken once, and with the state, the nonce and the verifier of its own journey", async () => {
    const { location, journey } = await sso.begin(WISH);
    const other = (await sso.begin(WISH)).journey;
    const back = await walkThrough(location, "sam", CALLBACK);
    for (const forged of [
      { ...journey, state: other.state },
      { ...journey, verifier: other.verifier },
    ]) {
      await expect(sso.finish(back.search, forged)).rejects.toMatchObject({ code: "unauthenticated" });
    }
    await expect(sso.finish("code=made-up&state=made-up", journey)).rejects.toMatchObject({ code: "unauthenticated" });
    const again = await sso.begin(WISH);
    const second = await walkThrough(again.location, "sam", CALLBACK);
    await expect(sso.finish(second.search, { ...again.journey, nonce: other.nonce })).rejects.toMatchObject({ code: "unauthenticated" });
    const third = await sso.begin(WISH);
    const used = await walkThrough(third.location, "sam", CALLBACK);
    await sso.finish(used.search, third.journey);
    await expect(sso.finish(used.search, third.journey)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("tells when a person signed in there, and asks them anew where it is told to", async () => {
    const visitor = newVisitor();
    const enter = async (wish: typeof WISH) => {
      const { location, journey } = await sso.begin(wish);
      const back = await walkThrough(location, "olivia", CALLBACK, visitor);
      return { journey, provenAt: (await sso.finish(back.search, journey)).provenAt };
    };
    const first = await enter(WISH);
    expect(Math.abs(Date.parse(first.provenAt ?? "") - Date.now())).toBeLessThan(60_000);
    const silent = await enter(WISH);
    expect([visitor.asked, silent.provenAt]).toEqual([1, first.provenAt]);
    const renewed = await enter({ maxAgeMs: HOUR_MS, renews: true });
    expect([visitor.asked, renewed.journey.renews]).toEqual([2, true]);
    expect(Date.parse(renewed.provenAt ?? "")).toBeGreaterThanOrEqual(Date.parse(first.provenAt ?? ""));
  });

  it("that does not answer costs a sign-in and no more; it is asked again", async () => {
    await expect(createSso(settings("http://127.0.0.1:9")).begin(WISH)).rejects.toMatchObject({ code: "unavailable" });
  });
});

describe("an id token", () => {
  let server: Server;
  let issuer: string;
  let claims: Record<string, unknown> = {};
  let signer: KeyObject;
  const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const strange = generateKeyPairSync("rsa", { modulusLength: 2048 });

  function idToken(): string {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const head = `${encode({ alg: "RS256", kid: "1" })}.${encode(claims)}`;
    return `${head}.${createSign("RSA-SHA256").update(head).sign(signer).toString("base64url")}`;
  }

  beforeAll(async () => {
    server = createServer((request, response) => {
      const answers: Record<string, () => unknown> = {
        "/.well-known/openid-configuration": () => ({
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
        }),
        "/jwks": () => ({ keys: [{ ...own.publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] }),
        "/token": () => ({ access_token: "a", token_type: "Bearer", id_token: idToken() }),
      };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answers[request.url ?? ""]?.() ?? {}));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
  });

  async function finishWith(changes: Record<string, unknown>, key: KeyObject = own.privateKey) {
    const sso = createSso(settings(issuer));
    const { journey } = await sso.begin(WISH);
    const now = Math.floor(Date.now() / 1000);
    signer = key;
    claims = {
      iss: issuer,
      aud: "tenant-console",
      sub: "1",
      iat: now,
      exp: now + 300,
      nonce: journey.nonce,
      groups: ["platform"],
      email: "Grace@Example.com",
      ...changes,
    };
    return sso.finish(`code=c&state=${journey.state}`, journey);
  }

  it("that is right lets its person in", async () => {
    expect(await finishWith({})).toEqual({ subject: `${issuer} 1`, name: "grace@example.com", role: "operator", provenAt: null });
  });

  it.each([
    [1_700_000_000, "2023-11-14T22:13:20.000Z"],
    [undefined, null],
    [1e300, null],
  ])("with %s as the time of the sign-in tells %s", async (auth_time, provenAt) => {
    expect(await finishWith({ auth_time })).toMatchObject({ provenAt });
  });

  it.each([
    ["for another audience", { aud: "another-application" }],
    ["of another issuer", { iss: "https://evil.example" }],
    ["with another nonce", { nonce: "another" }],
    ["without a nonce", { nonce: undefined }],
    ["that has expired", { exp: 1_000 }],
  ])("%s lets nobody in", async (_what, changes) => {
    await expect(finishWith(changes)).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it.each([
    ["a name of the record's own", "The Console", "1"],
    ["the name of a token", "token nightly", "1"],
    ["nothing that can be seen", "\u200b\u202e ", "1"],
    ["a text that turns around", "ada\u202enimda", "adanimda"],
    ["spaces that hide it", "the \u00a0\t console", "1"],
    ["an ordinary name", " Ada  Lovelace ", "ada lovelace"],
    ["something that is no text", 7, "1"],
  ])("is called by what it holds, where that is a name: %s", async (_what, email, name) => {
    expect(await finishWith({ email })).toMatchObject({ subject: `${issuer} 1`, name });
  });

  it("that somebody else signed lets nobody in", async () => {
    await expect(finishWith({}, strange.privateKey)).rejects.toMatchObject({ code: "unauthenticated" });
  });
});

describe("groups", () => {
  it.each([
    [["platform", "sales"], "operator"],
    [["sales"], "product"],
    ["helpdesk", "support"],
    [["unknown"], null],
    [undefined, null],
    [{ platform: true }, null],
  ])("%j give %s", (claim, role) => {
    expect(roleOfGroups(claim, ROLES)).toBe(role);
  });
});
