import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { assumedRole, type FakeAws, json, mskError, startFakeAws, stsError } from "@/lib/aws/testing/fake-aws";
import { REGION, regionOf } from "@/lib/aws/testing/region";

const ROLE = "arn:aws:iam::111122223333:role/tenant-console";
const START = Date.parse("2026-11-23T12:00:00Z");

let aws: FakeAws;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "aws-"));
  aws = await startFakeAws();
  aws.on("ListClustersV2", () => json({ clusterInfoList: [] }));
  aws.on("ListMetrics", () => json({ Metrics: [] }));
});
afterEach(async () => {
  await aws.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** The SDK compares expirations with the real clock, so sessions end by it. */
const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);

describe("a role", () => {
  it("is taken on once for both services, by one name and with the external id, and signs what is asked", async () => {
    aws.on("AssumeRole", () => assumedRole("ASIAOFTHEROLE0000001", later(60)));
    const region = regionOf({ connection: { roleArn: ROLE, externalId: "ext-7" }, now: Date.now });
    expect(await region.listClusters()).toEqual({ value: [], problems: [] });
    await region.listPublished("shared-1", ["BytesInPerSec"]);
    const [assumed] = aws.of("AssumeRole");
    expect(aws.of("AssumeRole")).toHaveLength(1);
    expect(assumed?.body).toMatchObject({ RoleArn: ROLE, ExternalId: "ext-7", RoleSessionName: "tenant-console" });
    expect(assumed?.signed).toEqual({ keyId: "AKIDOFTHECONSOLE0001", region: REGION, service: "sts" });
    expect(aws.of("ListClustersV2")[0]?.signed).toEqual({ keyId: "ASIAOFTHEROLE0000001", region: REGION, service: "kafka" });
    expect(aws.of("ListClustersV2")[0]?.headers["x-amz-security-token"]).toBe("token-of-the-session");
    expect(aws.of("ListMetrics")[0]?.signed).toEqual({ keyId: "ASIAOFTHEROLE0000001", region: REGION, service: "monitoring" });
    expect(region.spending().calls).toEqual({ AssumeRole: 1, ListClustersV2: 1, ListMetrics: 1 });
  });

  it("has no external id where none is given", async () => {
    aws.on("AssumeRole", () => assumedRole("ASIAOFTHEROLE0000001", later(60)));
    await regionOf({ connection: { roleArn: ROLE } }).listClusters();
    expect(aws.of("AssumeRole")[0]?.body).not.toHaveProperty("ExternalId");
  });

  it("that may not be taken on is refused sign-in, with what to change and without the external id", async () => {
    aws.on("AssumeRole", () =>
      stsError(403, "AccessDenied", `User: arn:aws:iam::9:user/x is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`),
    );
    const { value, problems } = await regionOf({ connection: { roleArn: ROLE, externalId: "ext-7-secret" } }).listClusters();
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "authentication", operation: "AssumeRole", message: expect.stringContaining(ROLE) }]);
    expect(problems[0]?.remedy).toContain("trust policy");
    expect(problems[0]?.remedy).toContain(`sts:AssumeRole on ${ROLE}`);
    expect(JSON.stringify(problems)).not.toContain("ext-7-secret");
    expect(aws.of("ListClustersV2")).toEqual([]);
  });

  it("whose own credentials have expired says so", async () => {
    aws.on("AssumeRole", () => stsError(403, "ExpiredToken", "The security token included in the request is expired"));
    expect((await regionOf({ connection: { roleArn: ROLE } }).listClusters()).problems).toMatchObject([
      { code: "authentication", operation: "AssumeRole", message: expect.stringContaining("expired") },
    ]);
  });

  it("hangs only as long as the deadline", async () => {
    aws.on("AssumeRole", () => undefined);
    expect((await regionOf({ connection: { roleArn: ROLE }, deadlineMs: 150 }).listClusters()).problems).toMatchObject([
      { code: "timeout" },
    ]);
  });

  it("is taken on anew after its session was refused, so that the next reading heals", async () => {
    let session = 0;
    let nowMs = START;
    aws.on("AssumeRole", () => assumedRole(`ASIAOFTHEROLE000000${++session}`, later(60)));
    aws.on("ListClustersV2", ({ signed }) =>
      signed?.keyId.endsWith("1") ? mskError(403, "ExpiredTokenException", "expired") : json({ clusterInfoList: [] }),
    );
    const region = regionOf({ connection: { roleArn: ROLE }, now: () => nowMs });
    expect((await region.listClusters()).problems).toMatchObject([{ code: "authentication" }]);
    nowMs += 15_000;
    expect((await region.listClusters()).problems).toEqual([]);
    expect(session).toBe(2);
  });

  it("is not tried with every reading while it is refused", async () => {
    aws.on("AssumeRole", () => assumedRole("ASIAOFTHEROLE0000001", later(60)));
    aws.on("ListClustersV2", () => mskError(403, "InvalidClientTokenId", "no"));
    const region = regionOf({ connection: { roleArn: ROLE }, now: () => START });
    for (let n = 0; n < 5; n++) await region.listClusters();
    expect(aws.of("AssumeRole").length).toBeLessThanOrEqual(2);
  });

  it("is renewed before its session ends", async () => {
    let session = 0;
    aws.on("AssumeRole", () => assumedRole(`ASIAOFTHEROLE000000${++session}`, later(session === 1 ? 4 : 60)));
    const region = regionOf({ connection: { roleArn: ROLE }, now: Date.now });
    await region.listClusters();
    await region.listClusters();
    await region.listClusters();
    expect(session).toBe(2);
  });
});

describe("own credentials", () => {
  const profileWith = (keyId: string) =>
    writeFileSync(join(folder, "credentials"), `[work]\naws_access_key_id = ${keyId}\naws_secret_access_key = s\naws_session_token = t\n`);

  it("come from the profile, and are read anew after they were refused", async () => {
    profileWith("ASIAEXPIRED000000001");
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
    aws.on("ListClustersV2", ({ signed }) =>
      signed?.keyId === "ASIAEXPIRED000000001" ? mskError(403, "ExpiredTokenException", "expired") : json({ clusterInfoList: [] }),
    );
    let nowMs = START;
    const region = regionOf({ connection: { profile: "work" }, now: () => nowMs });
    expect((await region.listClusters()).problems).toMatchObject([{ code: "authentication", remedy: expect.stringContaining("Renew") }]);
    profileWith("ASIARENEWED000000002");
    nowMs += 15_000;
    expect((await region.listClusters()).problems).toEqual([]);
    expect(aws.calls.at(-1)?.signed?.keyId).toBe("ASIARENEWED000000002");
  });

  it("of a profile take on the role", async () => {
    profileWith("ASIAPROFILE000000001");
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "credentials"));
    aws.on("AssumeRole", () => assumedRole("ASIAOFTHEROLE0000001", later(60)));
    await regionOf({ connection: { profile: "work", roleArn: ROLE } }).listClusters();
    expect(aws.of("AssumeRole")[0]?.signed?.keyId).toBe("ASIAPROFILE000000001");
    expect(aws.of("ListClustersV2")[0]?.signed?.keyId).toBe("ASIAOFTHEROLE0000001");
  });

  it.each([
    ["environment", {}, /the console's environment/],
    ["profile", { profile: "gone" }, /the profile gone/],
    ["environment for a role", { roleArn: ROLE }, /the console's environment/],
  ])("that are in no %s are asked for", async (_what, connection, message) => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
    const { problems } = await regionOf({ connection }).listClusters();
    expect(problems).toMatchObject([{ code: "authentication", message: expect.stringMatching(message), remedy: expect.any(String) }]);
    expect(aws.calls).toEqual([]);
  });
});
