import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { adminSignIn } from "@/lib/kafka/admin/link/admin-sign-in";
import { recordSignIn } from "@/lib/kafka/records/record-sign-in";
import { type IamAuthentication, iamToken } from "./iam-token";
import type { SignIn } from "./sign-in";

const MINUTE = 60_000;

function iam(region: string, more: Partial<IamAuthentication> = {}): IamAuthentication {
  return { kind: "iam", region, roleSessionName: "tenant-console", ...more };
}

describe("the token, signed offline with credentials of the environment", () => {
  beforeEach(() => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    vi.stubEnv("AWS_SESSION_TOKEN", "session-token");
  });
  afterEach(() => vi.unstubAllEnvs());

  it("is the base64url of a presigned URL for kafka-cluster:Connect", async () => {
    const token = await iamToken(iam("eu-central-1"));
    expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
    const url = new URL(Buffer.from(token, "base64url").toString("utf8"));
    expect(url.protocol).toBe("https:");
    expect(url.host).toBe("kafka.eu-central-1.amazonaws.com");
    const query = Object.fromEntries(url.searchParams);
    expect(query).toMatchObject({
      Action: "kafka-cluster:Connect",
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Expires": "900",
      "X-Amz-SignedHeaders": "host",
      "X-Amz-Security-Token": "session-token",
    });
    expect(query["X-Amz-Credential"]).toMatch(/^AKIDEXAMPLE\/\d{8}\/eu-central-1\/kafka-cluster\/aws4_request$/);
    expect(query["X-Amz-Date"]).toMatch(/^\d{8}T\d{6}Z$/);
    expect(query["X-Amz-Signature"]).toMatch(/^[0-9a-f]{64}$/);
    expect(query["User-Agent"]).toMatch(/^aws-msk-iam-sasl-signer-js\//);
  });

  it("is one token for both clients, over TLS", async () => {
    const mine: SignIn = { authentication: iam("us-east-2"), tls: null };
    const admin = adminSignIn(mine, "b-1.example");
    const records = recordSignIn(mine, "b-1.example");
    expect(admin).toMatchObject({ tls: { servername: "b-1.example" }, sasl: { mechanism: "OAUTHBEARER" } });
    expect(records).toMatchObject({ ssl: { servername: "b-1.example" }, sasl: { mechanism: "oauthbearer" } });
    const theirs = admin.sasl?.token;
    const ours = records.sasl && "oauthBearerProvider" in records.sasl ? records.sasl.oauthBearerProvider : null;
    expect(typeof theirs === "function" ? await theirs() : null).toBe((await ours?.())?.value);
  });
});

describe("keeping the token", () => {
  const signer = () => {
    const asked: IamAuthentication[] = [];
    let nowMs = 1_000_000;
    return {
      asked,
      now: () => nowMs,
      pass: (ms: number) => {
        nowMs += ms;
      },
      sign: async (authentication: IamAuthentication) => {
        asked.push(authentication);
        return { token: `token-${asked.length}`, expiryTime: nowMs + 15 * MINUTE };
      },
    };
  };

  it("signs once for everybody, until the token nears its end", async () => {
    const { asked, now, pass, sign } = signer();
    const who = iam("keep-1", { roleArn: "arn:aws:iam::1:role/console" });
    const tokens = await Promise.all([iamToken(who, now, sign), iamToken(who, now, sign)]);
    pass(9 * MINUTE);
    tokens.push(await iamToken(who, now, sign));
    expect(tokens).toEqual(["token-1", "token-1", "token-1"]);
    pass(MINUTE);
    expect(await iamToken(who, now, sign)).toBe("token-2");
    expect(asked).toEqual([who, who]);
  });

  it("keeps identities apart", async () => {
    const { asked, now, sign } = signer();
    await iamToken(iam("keep-2"), now, sign);
    await iamToken(iam("keep-2", { roleArn: "arn:aws:iam::1:role/a" }), now, sign);
    await iamToken(iam("keep-2", { roleArn: "arn:aws:iam::1:role/a", roleSessionName: "other" }), now, sign);
    await iamToken(iam("keep-2", { profile: "p" }), now, sign);
    expect(asked).toHaveLength(4);
  });

  it("signs again after a failure, which is a refused sign-in", async () => {
    const { now, sign } = signer();
    const broken = async () => Promise.reject(new Error("no credentials found"));
    await expect(iamToken(iam("keep-3"), now, broken)).rejects.toMatchObject({
      code: "authentication",
      message: "No IAM token for keep-3: no credentials found",
    });
    expect(await iamToken(iam("keep-3"), now, sign)).toBe("token-1");
  });

  it("refuses a role and a profile at once, rather than leaving one out", async () => {
    await expect(iamToken(iam("keep-4", { roleArn: "arn:aws:iam::1:role/a", profile: "p" }))).rejects.toThrow("either a role or a profile");
  });
});
