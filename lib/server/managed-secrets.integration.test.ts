import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { openSecrets, type Secrets } from "@/lib/aws/secrets";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { Problem } from "@/lib/domain/facts";
import { openKafkaAdmin, openRecordReader } from "@/lib/kafka";
import { type AwsService, startAws } from "@/sandbox/aws/start-aws";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { REGION } from "@/sandbox/kafka/arn";
import { consoleConnection } from "@/sandbox/kafka/console-connection";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import { passwordFile, passwordOf } from "@/sandbox/kafka/secrets";
import { clusterOf, sandboxOf } from "@/sandbox/kafka/topology";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const USER = `managed-${randomUUID().slice(0, 8)}`;
const SECRET = `AmazonMSK_${USER}`;
const SAMPLE = { topic: `${USER}.t`, partition: 0, offset: 0n, maxBytes: 1_024, maxRecords: 1 };

let aws: AwsService;
let setup: SandboxAdmin;
let secrets: Secrets;
let aheadMs = 0;
const problems: [string, Problem][] = [];

beforeAll(async () => {
  aws = await startAws({ sandbox, port: 0, brokers: false });
  vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", aws.key.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", aws.key.secretAccessKey);
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics([{ name: SAMPLE.topic, partitions: 1 }]);
  await setup.createUsers([USER]);
  await setup.allow(
    (["DESCRIBE", "READ"] as const).map((operation) => ({ user: USER, resource: "TOPIC" as const, operation, name: SAMPLE.topic })),
  );
  secrets = openSecrets({
    clock: { now: () => Date.now() + aheadMs },
    maxAttempts: 1,
    onProblem: (secret, problem) => void problems.push([secret, problem]),
  });
});
afterAll(async () => {
  secrets.close();
  await setup.deleteTopics([SAMPLE.topic]);
  await setup.deleteUsers([USER]);
  await setup.close();
  await aws.stop();
  vi.unstubAllEnvs();
});
afterEach(() => fetch(`${aws.url}/_door/fault`, { method: "DELETE" }));

function connection(): ResolvedConnection {
  const wish = { secretId: SECRET, region: REGION, identity: { roleArn: null, externalId: null, profile: null } };
  const [username, password] = ["username", "password"].map((key) => secrets.hold({ ...wish, key }));
  if (username === undefined || password === undefined) throw new Error("two secrets were asked for");
  return { ...consoleConnection(sandbox, shared), authentication: { kind: "scram-sha-512", username, password } };
}

/** A password of another kind, at the brokers and in the secret, as a rotation leaves it. */
async function rotate(): Promise<string> {
  const password = randomUUID();
  writeFileSync(passwordFile(sandbox, USER), password);
  await setup.createUsers([USER]);
  return password;
}

it("both planes sign in with the secret's name and password, and find a rotated one without a restart", async () => {
  const mine = connection();
  const [admin, reader] = [openKafkaAdmin(mine), openRecordReader(mine)];
  await waitFor(
    async () => (await admin.readMetadata()).value !== null,
    PATIENCE_MS,
    () => "the brokers do not know the user",
  );
  expect(await reader.sample(SAMPLE)).toMatchObject({ problems: [], value: { records: [] } });
  const old = passwordOf(sandbox, USER);
  const rotated = await rotate();
  aheadMs += 60_000;

  // What is connected stays connected; new connections sign in anew.
  const [later, laterReader] = [openKafkaAdmin(mine), openRecordReader(mine)];
  const isIn = async () => {
    const [metadata, sample] = [await later.readMetadata(), await laterReader.sample(SAMPLE)];
    expect(JSON.stringify([metadata.problems, sample.problems])).not.toMatch(new RegExp(`${old}|${rotated}`));
    return metadata.value !== null && sample.value !== null;
  };
  await waitFor(isIn, PATIENCE_MS, () => "the rotated password was not found");
  for (const one of [admin, reader, later, laterReader]) one.close();
  expect(problems).toEqual([]);
});

it("a secret that is denied costs its cluster, which says which secret and which permission", async () => {
  const mine = connection();
  aheadMs += 10 * 60_000;
  await fetch(`${aws.url}/_door/fault`, { method: "POST", body: JSON.stringify({ operation: "GetSecretValue", kind: "denied" }) });
  const [admin, reader] = [openKafkaAdmin(mine), openRecordReader(mine)];
  const told = { code: "authentication", message: expect.stringContaining(`The secret ${SECRET} cannot be used.`) };
  const remedy = expect.stringContaining(`Allow secretsmanager:GetSecretValue on ${SECRET}`);
  expect(await admin.readMetadata()).toMatchObject({ value: null, problems: [{ ...told, remedy }] });
  expect(await reader.sample(SAMPLE)).toMatchObject({ value: null, problems: [{ ...told, remedy }] });
  for (const one of [admin, reader]) one.close();
  expect(problems).toMatchObject([[SECRET, { code: "forbidden" }]]);
});
