import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { assumedRole, type FakeAws, startFakeAws, type WireAnswer } from "@/lib/aws/testing/fake-aws";
import { REGION } from "@/lib/aws/testing/region";
import type { Problem } from "@/lib/domain/facts";
import type { SecretAnswer } from "@/lib/domain/secret";
import { openSecrets, type Secrets, type SecretWish } from "./open-secrets";

const NAME = "AmazonMSK_console";
const ARN = `arn:aws:secretsmanager:${REGION}:111122223333:secret:${NAME}-a1B2c3`;
const PASSWORD = "planted-password-of-the-secret";
const OWN = { roleArn: null, externalId: null, profile: null };
const MINUTE = 60_000;
const GAP = 30_000;

let aws: FakeAws;
let secrets: Secrets;
let nowMs: number;
let problems: [string, Problem][];
beforeEach(async () => {
  aws = await startFakeAws();
  nowMs = Date.parse("2026-11-26T08:00:00Z");
  problems = [];
  secrets = openSecrets({
    clock: { now: () => nowMs },
    maxAttempts: 1,
    onProblem: (secret, problem) => void problems.push([secret, problem]),
  });
});
afterEach(async () => {
  secrets.close();
  await aws.close();
  vi.unstubAllEnvs();
});

/** Secrets Manager speaks AWS JSON 1.1: an error's name is in the body. */
const answer = (status: number, body: object): WireAnswer => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.1" },
  body: JSON.stringify(body),
});
const refused = (type: string, message: string): WireAnswer => answer(400, { __type: type, Message: message });
const holding = (SecretString: string): WireAnswer =>
  answer(200, { ARN, Name: NAME, VersionId: "v", SecretString, VersionStages: ["AWSCURRENT"], CreatedDate: 1_700_000_000 });
const msk = (password: string, username = "console"): WireAnswer => holding(JSON.stringify({ username, password }));
const held = (wish: Partial<SecretWish> = {}) => secrets.hold({ secretId: NAME, key: "password", region: REGION, identity: OWN, ...wish });

describe("a secret", () => {
  it("of MSK's kind gives name and password by one signed reading", async () => {
    aws.on("GetSecretValue", () => msk(PASSWORD));
    const [username, password] = await Promise.all([held({ key: "username" }).read(), held().read()]);
    expect([username, password]).toEqual([
      { ok: true, value: "console" },
      { ok: true, value: PASSWORD },
    ]);
    expect(aws.calls).toHaveLength(1);
    const signed = { service: "secretsmanager", region: REGION };
    expect(aws.calls[0]).toMatchObject({ operation: "GetSecretValue", method: "POST", body: { SecretId: NAME }, signed });
  });

  it("without a key is its whole text, but for a last line break", async () => {
    aws.on("GetSecretValue", () => holding("-----BEGIN-----\nabc\n"));
    expect(await held({ secretId: ARN, key: null }).read()).toEqual({ ok: true, value: "-----BEGIN-----\nabc" });
    expect(aws.calls[0]?.body).toEqual({ SecretId: ARN });
  });

  it("is read as the role of an account, and apart for each identity and region", async () => {
    const roleArn = "arn:aws:iam::111122223333:role/console";
    aws.on("AssumeRole", () => assumedRole("ASIAOFTHEROLE0000001", new Date(nowMs + 3_600_000)));
    aws.on("GetSecretValue", ({ signed }) => msk(`${signed?.keyId} ${signed?.region}`));
    const answers = [await held({ identity: { ...OWN, roleArn } }).read(), await held({ region: "us-east-1" }).read(), await held().read()];
    expect(answers.map((one) => one.ok && one.value)).toEqual([
      `ASIAOFTHEROLE0000001 ${REGION}`,
      "AKIDOFTHECONSOLE0001 us-east-1",
      `AKIDOFTHECONSOLE0001 ${REGION}`,
    ]);
  });
});

describe("a rotation", () => {
  it("is found after five minutes, and until then nothing is asked", async () => {
    aws.on("GetSecretValue", () => msk("one"));
    const secret = held();
    await secret.read();
    aws.on("GetSecretValue", () => msk("two"));
    nowMs += 5 * MINUTE - 1;
    expect(await secret.read()).toEqual({ ok: true, value: "one" });
    expect(aws.calls).toHaveLength(1);
    nowMs += 1;
    expect(await secret.read()).toEqual({ ok: true, value: "two" });
    expect(aws.calls).toHaveLength(2);
  });

  it("is found at once when the old value is refused, and not in a tight loop", async () => {
    aws.on("GetSecretValue", () => msk("one"));
    const secret = held();
    await secret.read();
    nowMs += GAP;
    aws.on("GetSecretValue", () => msk("two"));
    secret.refused("one");
    expect(await secret.read()).toEqual({ ok: true, value: "two" });
    // Other brokers say late that they refused the first one.
    secret.refused("one");
    await secret.read();
    expect(aws.calls).toHaveLength(2);
    for (let refusal = 0; refusal < 50; refusal += 1) {
      secret.refused("two");
      expect(await secret.read()).toEqual({ ok: true, value: "two" });
    }
    expect(aws.calls).toHaveLength(2);
    nowMs += GAP;
    await secret.read();
    expect(aws.calls).toHaveLength(3);
  });

  it("of a name is found with its password", async () => {
    aws.on("GetSecretValue", () => msk("one", "console"));
    const [username, password] = [held({ key: "username" }), held()];
    await Promise.all([username.read(), password.read()]);
    nowMs += GAP;
    aws.on("GetSecretValue", () => msk("two", "console_clone"));
    username.refused("console");
    password.refused("one");
    expect(await Promise.all([username.read(), password.read()])).toMatchObject([{ value: "console_clone" }, { value: "two" }]);
    expect(aws.calls).toHaveLength(2);
  });
});

describe("while Secrets Manager falls silent", () => {
  const throttled = () => refused("ThrottlingException", "Rate exceeded");

  it("a value that was known serves on, until it is refused", async () => {
    aws.on("GetSecretValue", () => msk("one"));
    const secret = held();
    await secret.read();
    aws.on("GetSecretValue", throttled);
    nowMs += 5 * MINUTE;
    expect(await secret.read()).toEqual({ ok: true, value: "one" });
    expect(problems).toMatchObject([[NAME, { code: "unavailable" }]]);
    nowMs += GAP;
    secret.refused("one");
    expect(await secret.read()).toMatchObject({ ok: false, problem: { code: "unavailable" } });
  });

  it("who asks again within half a minute hears the same, and nobody is asked", async () => {
    aws.on("GetSecretValue", throttled);
    const secret = held();
    const first = await secret.read();
    expect(first).toMatchObject({ ok: false, problem: { message: expect.stringContaining("throttled") } });
    nowMs += GAP - 1;
    expect(await secret.read()).toEqual(first);
    expect(aws.calls).toHaveLength(1);
    nowMs += 1;
    aws.on("GetSecretValue", () => msk("one"));
    expect(await secret.read()).toEqual({ ok: true, value: "one" });
  });

  it("the log hears of a failure once, and of another one, and again after it was over", async () => {
    const secret = held();
    const denied = () => refused("AccessDeniedException", "User is not authorized");
    for (const wire of [throttled, throttled, denied, denied, () => msk("one"), denied]) {
      aws.on("GetSecretValue", wire);
      await secret.read();
      nowMs += 6 * MINUTE;
    }
    expect(aws.calls).toHaveLength(6);
    expect(problems.map(([, { code }]) => code)).toEqual(["unavailable", "forbidden", "forbidden"]);
  });

  it("a value that is taken away does not serve on", async () => {
    aws.on("GetSecretValue", () => msk("one"));
    const secret = held();
    await secret.read();
    nowMs += 5 * MINUTE;
    aws.on("GetSecretValue", () => refused("AccessDeniedException", "User is not authorized"));
    expect(await secret.read()).toMatchObject({ ok: false, problem: { code: "forbidden" } });
  });
});

describe("what is missing is told with the secret's name, what to do, and never the secret", () => {
  const told = async (wire: WireAnswer, wish: Partial<SecretWish> = {}): Promise<Problem> => {
    aws.on("GetSecretValue", () => wire);
    const missing: SecretAnswer = await held(wish).read();
    if (missing.ok) throw new Error("the secret was read");
    expect(JSON.stringify([missing, problems])).not.toContain(PASSWORD);
    expect(missing.problem.message).toContain(`The secret ${wish.secretId ?? NAME} cannot be used.`);
    return missing.problem;
  };

  it("denied", async () => {
    const { code, remedy } = await told(refused("AccessDeniedException", "User: arn:aws:sts::1:assumed-role/c/s is not authorized"), {
      secretId: ARN,
    });
    expect(code).toBe("forbidden");
    expect(remedy).toBe(
      `Allow secretsmanager:GetSecretValue on ${ARN}, and kms:Decrypt on its key (where that is a customer's) to the console's role.`,
    );
  });

  it.each([
    ["a key that may not be used", refused("AccessDeniedException", "Access to KMS is not allowed"), "forbidden", "kms:Decrypt"],
    [
      "a key that is turned off",
      refused("DecryptionFailure", "Secrets Manager can't decrypt the protected secret text."),
      "forbidden",
      "kms:Decrypt",
    ],
    ["no such secret", refused("ResourceNotFoundException", "Secrets Manager can't find the specified secret."), "invalid", "by its ARN"],
    ["deleted", refused("InvalidRequestException", "it was marked for deletion"), "invalid", "Restore it"],
    ["binary", answer(200, { Name: NAME, SecretBinary: Buffer.from(PASSWORD).toString("base64") }), "invalid", "as text"],
    ["another key", holding(JSON.stringify({ user: "console", pass: PASSWORD })), "invalid", "Name a key"],
    ["a key of JavaScript's own", holding(JSON.stringify({ pass: PASSWORD })), "invalid", "Name a key", "constructor"],
    ["a value that is no text", holding(JSON.stringify({ password: { is: PASSWORD } })), "invalid", "Give the key a text"],
    ["an empty value", holding(JSON.stringify({ password: "", other: PASSWORD })), "invalid", "Give the key a text"],
    ["no JSON", holding(`{${PASSWORD}`), "invalid", "Leave the key out"],
    ["JSON that is no object", holding(JSON.stringify([PASSWORD])), "invalid", "Leave the key out"],
    ["several values and no key", holding(JSON.stringify({ password: PASSWORD })), "invalid", "Name one of them", null],
    ["throttled", refused("ThrottlingException", "Rate exceeded"), "unavailable", "asked again"],
    ["their mistake", answer(500, { __type: "InternalServiceError", Message: "An error occurred" }), "unavailable", undefined],
    ["an answer that is none", { status: 200, headers: {}, body: `{"SecretString": ${PASSWORD}` }, "invalid", undefined],
  ] as [string, WireAnswer, Problem["code"], string | undefined, (string | null)?][])("%s", async (_what, wire, code, remedy, key) => {
    const problem = await told(wire, key === undefined ? {} : { key });
    expect(problem).toMatchObject({ code, operation: "GetSecretValue" });
    if (remedy !== undefined) expect(problem.remedy).toContain(remedy);
  });

  it("not reached", async () => {
    await aws.close();
    expect(await held().read()).toMatchObject({
      ok: false,
      problem: { code: "unreachable", remedy: expect.stringContaining(`secretsmanager.${REGION}`) },
    });
    aws = await startFakeAws();
  });
});
