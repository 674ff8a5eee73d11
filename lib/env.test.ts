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
      awsRegion: null,
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
  it("takes secrets from Secrets Manager by name or ARN, with the key of one value", () => {
    const arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:console-a1B2c3";
    const { enter, awsRegion } = parseEnv({
      ...sso,
      OIDC_GROUP_ROLES: "a=operator",
      OIDC_CLIENT_SECRET_FROM: `${arn}#client_secret`,
      PROBE_TOKEN_FROM: "probe",
      AWS_REGION: "eu-west-1",
    });
    expect(enter.oidc?.clientSecret).toEqual({ secretsManager: arn, key: "client_secret" });
    expect(enter.probeToken).toEqual({ secretsManager: "probe" });
    expect(awsRegion).toBe("eu-west-1");
  });

  it.each([
    [{ PROBE_TOKEN_FROM: "probe" }, "PROBE_TOKEN_FROM: a secret that is named without its ARN needs AWS_REGION"],
    [
      { PROBE_TOKEN_FROM: "probe", PROBE_TOKEN: "0123456789abcdef", AWS_REGION: "eu-west-1" },
      "PROBE_TOKEN_FROM: give this or PROBE_TOKEN, not both",
    ],
    [{ PROBE_TOKEN_FROM: "a token!" }, "PROBE_TOKEN_FROM: must be the name or the ARN of a secret"],
    [{ PROBE_TOKEN_FROM: "probe#", AWS_REGION: "eu-west-1" }, "PROBE_TOKEN_FROM: must be the name or the ARN of a secret"],
  ])("refuses %j", (settings, message) => {
    expect(() => parseEnv(settings)).toThrow(message);
  });

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
