import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type FakeAws, startFakeAws, type WireAnswer } from "@/lib/aws/testing/fake-aws";
import { REGION, regionOf } from "@/lib/aws/testing/region";

const KEY = `arn:aws:kms:${REGION}:111122223333:key/11111111-2222-3333-4444-555555555555`;
const HOUR = 3_600_000;

let aws: FakeAws;
beforeEach(async () => {
  aws = await startFakeAws();
});
afterEach(async () => {
  await aws.close();
  vi.unstubAllEnvs();
});

/** KMS speaks AWS JSON 1.1: an error's name is in the body. */
const answer = (status: number, body: object): WireAnswer => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.1" },
  body: JSON.stringify(body),
});
const metadata = (more: object = {}): WireAnswer =>
  answer(200, { KeyMetadata: { Arn: KEY, KeyId: KEY.split("/").at(-1), KeyManager: "CUSTOMER", KeyState: "Enabled", ...more } });
const refused = (type: string, message = "KMS said so"): WireAnswer => answer(400, { __type: type, message });

describe("a key", () => {
  it.each([
    ["AWS", "aws"],
    ["CUSTOMER", "customer"],
  ])("that KMS says is managed by %s is %s's, by a signed request", async (KeyManager, manager) => {
    aws.on("DescribeKey", () => metadata({ KeyManager }));
    expect(await regionOf().readKey(KEY)).toEqual({ value: { arn: KEY, manager, state: "Enabled" }, problems: [] });
    const [call] = aws.of("DescribeKey");
    expect(call).toMatchObject({ method: "POST", body: { KeyId: KEY }, signed: { service: "kms", region: REGION } });
  });

  it("is not guessed where the answer does not say who manages it", async () => {
    for (const KeyManager of [undefined, "SOMEBODY"]) {
      aws.on("DescribeKey", () => metadata({ KeyManager }));
      expect(await regionOf().readKey(KEY)).toMatchObject({ value: null, problems: [{ code: "invalid", operation: "DescribeKey" }] });
    }
  });

  it("is asked for once an hour, and counted", async () => {
    let now = Date.parse("2026-11-23T12:00:00Z");
    const region = regionOf({ now: () => now });
    aws.on("DescribeKey", () => metadata());
    await region.readKey(KEY);
    now += HOUR - 1;
    await region.readKey(KEY);
    expect(region.spending().calls).toEqual({ DescribeKey: 1 });
    now += 1;
    await region.readKey(KEY);
    expect(aws.of("DescribeKey")).toHaveLength(2);
  });

  it("that was known stays so where KMS falls silent, but for its state; one that never was is asked for each time", async () => {
    let now = Date.parse("2026-11-23T12:00:00Z");
    const region = regionOf({ now: () => now });
    aws.on("DescribeKey", () => refused("ThrottlingException", "Rate exceeded"));
    expect((await region.readKey(KEY)).value).toBeNull();
    aws.on("DescribeKey", () => metadata());
    expect((await region.readKey(KEY)).value).toMatchObject({ manager: "customer" });
    now += HOUR;
    aws.on("DescribeKey", () => refused("ThrottlingException", "Rate exceeded"));
    expect(await region.readKey(KEY)).toMatchObject({
      value: { manager: "customer", state: null },
      problems: [{ code: "unavailable", message: expect.stringContaining("throttled") }],
    });
  });
});

describe("what KMS answers means", () => {
  it("a denied call names the action and the key to allow", async () => {
    aws.on("DescribeKey", () => refused("AccessDeniedException", "User: arn:aws:sts::1:assumed-role/c/s is not authorized"));
    const { value, problems } = await regionOf().readKey(KEY);
    expect(value).toBeNull();
    expect(problems).toMatchObject([
      {
        code: "forbidden",
        operation: "DescribeKey",
        message: expect.stringContaining(`KMS in ${REGION} refuses DescribeKey`),
        remedy: `Allow kms:DescribeKey on ${KEY} to the console's role.`,
      },
    ]);
  });

  it.each([
    ["a key that is not there", 400, "NotFoundException", "unavailable"],
    ["throttling", 400, "ThrottlingException", "unavailable"],
    ["a mistake of theirs", 500, "KMSInternalException", "unavailable"],
    ["an expired token", 400, "ExpiredTokenException", "authentication"],
    ["a mistake of ours", 400, "InvalidArnException", "invalid"],
  ])("%s", async (_what, status, type, code) => {
    aws.on("DescribeKey", () => answer(status, { __type: type, message: "KMS said so" }));
    expect((await regionOf().readKey(KEY)).problems).toMatchObject([{ code, operation: "DescribeKey" }]);
  });

  it("throttling that passes is not noticed", async () => {
    let asked = 0;
    aws.on("DescribeKey", () => {
      asked += 1;
      return asked === 1 ? refused("ThrottlingException", "Rate exceeded") : metadata();
    });
    expect(await regionOf({ maxAttempts: 3 }).readKey(KEY)).toMatchObject({ value: { manager: "customer" }, problems: [] });
  });
});
