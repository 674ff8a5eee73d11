import { describe, expect, it } from "vitest";
import { parseEnv } from "./env";

describe("parseEnv", () => {
  it("needs nothing", () => {
    expect(parseEnv({})).toEqual({
      connectionsFile: null,
      dataDir: ".data",
      databaseUrl: null,
      collector: "on",
      logLevel: "info",
      intervals: { offsetsMs: 15_000, metadataMs: 60_000, logsMs: 60_000, accessMs: 300_000, configsMs: 21_600_000 },
      enter: {
        signIn: "local",
        baseUrl: null,
        trustedHops: 0,
        idleMs: 28_800_000,
        sessionMs: 86_400_000,
        recentMs: 900_000,
        probeToken: null,
        oidc: null,
      },
    });
  });

  it("takes an empty variable as not given", () => {
    expect(parseEnv({ DATABASE_URL: "", DATA_DIR: "", COLLECTOR: "" })).toEqual(parseEnv({}));
  });

  it("names every bad variable at once, and not its value", () => {
    const bad = { COLLECTOR: "maybe", DATABASE_URL: "mysql://root:secret@db", OFFSETS_INTERVAL_SECONDS: "soon", LOG_LEVEL: "loud" };
    expect(() => parseEnv(bad)).toThrow(/DATABASE_URL.*\n.*COLLECTOR.*\n.*LOG_LEVEL.*\n.*OFFSETS_INTERVAL_SECONDS/);
    expect(() => parseEnv(bad)).not.toThrow(/secret/);
  });

  it("never opens a console without sign-in to a network", () => {
    expect(() => parseEnv({ SIGN_IN: "off", PUBLIC_URL: "https://console.example.com" })).toThrow(/PUBLIC_URL: without sign-in/);
    expect(() => parseEnv({ SIGN_IN: "off", TRUSTED_HOPS: "1" })).toThrow(/TRUSTED_HOPS: without sign-in/);
    expect(parseEnv({ PUBLIC_URL: "https://console.example.com" }).enter.baseUrl).toBe("https://console.example.com");
  });

  it.each(["console.example.com", "https://console.example.com/", "https://u:p@console.example.com", "ftp://a", "https://a/b"])(
    "refuses %s as the console's address",
    (url) => {
      expect(() => parseEnv({ PUBLIC_URL: url })).toThrow(/PUBLIC_URL: must be an origin/);
    },
  );

  const sso = { SIGN_IN: "sso", OIDC_ISSUER: "https://id.example.com", OIDC_CLIENT_ID: "console" };
  it("takes single sign-on with its mapping of groups", () => {
    const { oidc } = parseEnv({ ...sso, OIDC_GROUP_ROLES: "platform=operator, cn=help desk=support", OIDC_CLIENT_SECRET: "s" }).enter;
    expect(oidc).toMatchObject({ issuer: "https://id.example.com", clientSecret: "s", groupClaim: "groups", label: "single sign-on" });
    expect([...(oidc?.groupRoles ?? [])]).toEqual([
      ["platform", "operator"],
      ["cn=help desk", "support"],
    ]);
  });

  it.each([
    [{ ...sso, OIDC_ISSUER: "" }, "OIDC_ISSUER: single sign-on needs it"],
    [{ ...sso, OIDC_CLIENT_ID: "" }, "OIDC_CLIENT_ID: single sign-on needs it"],
    [{ ...sso, OIDC_GROUP_ROLES: "" }, "OIDC_GROUP_ROLES: must be"],
    [{ ...sso, OIDC_GROUP_ROLES: "platform=admin" }, "OIDC_GROUP_ROLES: must be"],
    [{ ...sso, OIDC_GROUP_ROLES: "a=operator", OIDC_ISSUER: "http://id.example.com" }, "must be https://"],
    [{ ...sso, OIDC_GROUP_ROLES: "a=operator", OIDC_ISSUER: "https://169.254.169.254" }, "OIDC_ISSUER: is an address of"],
  ])("refuses %j", (variables, message) => {
    expect(() => parseEnv(variables)).toThrow(message);
  });
});
