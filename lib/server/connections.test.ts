import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/domain/errors";
import type { HeldSecret } from "@/lib/domain/secret";
import { readConnections } from "./connections";
import type { HoldSecret } from "./managed-secrets";

type Wish = Parameters<HoldSecret>[0];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "connections-"));
  await writeFile(join(folder, "console.password"), "hunter2\n");
  await writeFile(join(folder, "ca.pem"), "PEM\n");
});
afterAll(() => rm(folder, { recursive: true }));

/** Stands for a secret of Secrets Manager, with what was wished for as its name. */
const managed = async (wish: Wish): Promise<HeldSecret> => ({
  name: JSON.stringify(wish),
  read: () => Promise.reject(new Error("nothing is asked for while the file is read")),
  refused: () => {},
});

async function read(yaml: string, variables: Record<string, string> = {}, region: string | null = null) {
  const file = join(folder, "connections.yaml");
  await writeFile(file, yaml);
  return readConnections(file, { variable: (name) => variables[name], region, managed });
}
const wishOf = (secret: unknown): Wish => JSON.parse((secret as HeldSecret).name) as Wish;
async function refusal(yaml: string): Promise<AppError> {
  const error = await read(yaml).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error("the file was accepted");
  return error;
}

describe("readConnections", () => {
  it("resolves secrets by file, relative to the connections file, and by variable", async () => {
    const yaml = `connections:
  - id: shared-1
    name: Shared 1
    bootstrap: [127.0.1.1:9096]
    authentication: { kind: scram-sha-512, username: console, password: { file: console.password } }
    tls: { ca: { file: ca.pem } }
    exporter: { intervalSeconds: 15 }
  - id: other
    name: Other
    bootstrap: ["[::1]:9092"]
    authentication: { kind: plain, username: console, password: { env: OTHER_PASSWORD } }
`;
    expect((await read(yaml, { OTHER_PASSWORD: "s3cret" })).clusters).toEqual([
      {
        id: "shared-1",
        name: "Shared 1",
        mode: "observe",
        bootstrap: ["127.0.1.1:9096"],
        authentication: { kind: "scram-sha-512", username: "console", password: "hunter2" },
        tls: { ca: "PEM" },
        exporter: { port: 11001, intervalMs: 15_000, prometheus: null },
        msk: null,
      },
      {
        id: "other",
        name: "Other",
        mode: "observe",
        bootstrap: ["[::1]:9092"],
        authentication: { kind: "plain", username: "console", password: "s3cret" },
        tls: null,
        exporter: null,
        msk: null,
      },
    ]);
  });

  it("joins a cluster with the account that reaches its ARN, and hands the accounts on", async () => {
    const yaml = `aws:
  - id: main
    accountId: "123456789012"
    regions: [eu-central-1, us-east-1]
    roleArn: arn:aws:iam::123456789012:role/console
    externalId: tenant-console
    authentication: { kind: scram-sha-512, username: console, password: { file: console.password } }
connections:
  - id: near
    name: Near
    bootstrap: [a:9096]
    authentication: { kind: none }
    arn: arn:aws:kafka:us-east-1:123456789012:cluster/near/0a
  - id: elsewhere
    name: Elsewhere
    bootstrap: [a:9096]
    authentication: { kind: none }
    arn: arn:aws:kafka:us-west-2:123456789012:cluster/elsewhere/0a
`;
    const { clusters, aws } = await read(yaml);
    expect(clusters.map(({ id, msk }) => [id, msk])).toEqual([
      ["near", { arn: "arn:aws:kafka:us-east-1:123456789012:cluster/near/0a", account: "main", region: "us-east-1" }],
      ["elsewhere", null],
    ]);
    expect(aws).toEqual([
      {
        id: "main",
        accountId: "123456789012",
        regions: ["eu-central-1", "us-east-1"],
        roleArn: "arn:aws:iam::123456789012:role/console",
        externalId: "tenant-console",
        profile: null,
        mode: "observe",
        brokers: { authentication: { kind: "scram-sha-512", username: "console", password: "hunter2" }, tls: null, exporter: null },
        dollarsPerHour: 1,
      },
    ]);
  });

  it.each([
    ["bootstrap: [169.254.169.254:9092]", "connections[0].bootstrap[0]"],
    ['bootstrap: ["[fe80::1]:9092"]', "connections[0].bootstrap[0]"],
    ["bootstrap: [a:1]\n    exporter: { prometheus: { url: http://0xa9fea9fe/ } }", "connections[0].exporter.prometheus.url"],
  ])("refuses addresses that hand out a machine's own credentials: %s", async (line, path) => {
    const { details } = await refusal(`connections:\n  - id: a\n    name: A\n    ${line}\n    authentication: { kind: none }\n`);
    expect(details.map((detail) => detail.path)).toEqual([path]);
  });

  it("takes an empty file as no clusters", async () => {
    expect(await read("")).toEqual({ clusters: [], aws: [] });
  });

  it("names every fault with line and path at once", async () => {
    const { details, message } = await refusal(`connections:
  - id: Shared
    name: Shared 1
    bootstrap: [127.0.1.1]
    authentication: { kind: kerberos }
    colour: red
`);
    expect(details.map(({ path, line }) => [path, line])).toEqual([
      ["connections[0].id", 2],
      ["connections[0].bootstrap[0]", 4],
      ["connections[0].authentication.kind", 5],
      ["connections[0].colour", 6],
    ]);
    expect(message).toContain("line 4: connections[0].bootstrap[0] must be host:port");
  });

  it("holds secrets of Secrets Manager, by name or ARN, as whoever is to read them, in the region that is nearest to the reference", async () => {
    const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:AmazonMSK_console-a1B2c3";
    const own = { roleArn: null, externalId: null, profile: null };
    const role = { ...own, roleArn: "arn:aws:iam::123456789012:role/console", externalId: "agreed" };
    const yaml = `aws:
  - id: main
    accountId: "123456789012"
    regions: [us-east-1]
    roleArn: ${role.roleArn}
    externalId: agreed
    authentication:
      kind: scram-sha-512
      username: { secretsManager: AmazonMSK_console, key: username }
      password: { secretsManager: AmazonMSK_console, key: password }
connections:
  - id: a
    name: A
    bootstrap: [a:9096]
    authentication: { kind: scram-sha-512, username: console, password: { secretsManager: "${arn}", key: password, account: main } }
    tls: { ca: { secretsManager: ca/pem, region: ap-south-1 } }
    exporter: { prometheus: { url: "https://p.example", bearerToken: { secretsManager: prometheus, account: main } } }
  - id: b
    name: B
    bootstrap: [b:9094]
    authentication: { kind: mtls, certificate: { secretsManager: console }, key: { secretsManager: console-key } }
`;
    const { clusters, aws } = await read(yaml, {}, "sa-east-1");
    const [a, b] = clusters;
    expect(aws[0]?.brokers?.authentication).toMatchObject({ kind: "scram-sha-512" });
    const found = aws[0]?.brokers?.authentication as { username: HeldSecret; password: HeldSecret };
    expect(wishOf(found.username)).toEqual({ secretId: "AmazonMSK_console", key: "username", region: "us-east-1", identity: role });
    expect(wishOf(found.password)).toEqual({ secretId: "AmazonMSK_console", key: "password", region: "us-east-1", identity: role });
    const scram = a?.authentication as { password: HeldSecret };
    expect(wishOf(scram.password)).toEqual({ secretId: arn, key: "password", region: "eu-west-1", identity: role });
    expect(wishOf(a?.tls?.ca)).toEqual({ secretId: "ca/pem", key: null, region: "ap-south-1", identity: own });
    const token = { secretId: "prometheus", key: null, region: "us-east-1", identity: role };
    expect(wishOf(a?.exporter?.prometheus?.bearerToken)).toEqual(token);
    const mtls = b?.authentication as { certificate: HeldSecret; key: HeldSecret };
    expect(wishOf(mtls.certificate)).toEqual({ secretId: "console", key: null, region: "sa-east-1", identity: own });
    expect(wishOf(mtls.key)).toEqual({ secretId: "console-key", key: null, region: "sa-east-1", identity: own });
  });

  it("says where a reference to Secrets Manager names no entry, no region, or no secret", async () => {
    const connection = (id: string, password: string) => `  - id: ${id}
    name: A
    bootstrap: [a:1]
    authentication: { kind: plain, username: u, password: ${password} }
`;
    const unknown = await refusal(
      `connections:\n${connection("a", "{ secretsManager: s, account: main }")}${connection("b", "{ secretsManager: s }")}`,
    );
    expect(unknown.details).toEqual([
      { path: "connections[0].authentication.password", message: 'there is no entry "main" under aws', line: 5 },
      { path: "connections[1].authentication.password", message: expect.stringContaining("set AWS_REGION"), line: 9 },
    ]);
    const wrong = await refusal(`connections:\n${connection("a", '{ secretsManager: "a secret!" }')}`);
    expect(wrong.details).toMatchObject([
      { path: "connections[0].authentication.password.secretsManager", message: expect.stringContaining("ARN") },
    ]);
  });

  it("names every secret that is missing, and ids that are there twice", async () => {
    const connection = (password: string) => `  - id: a
    name: A
    bootstrap: [a:1]
    authentication: { kind: plain, username: u, password: ${password} }
`;
    const { details } = await refusal(`connections:\n${connection("{ env: NOWHERE }")}${connection("{ file: nowhere.txt }")}`);
    expect(details).toEqual([
      { path: "connections[1].id", message: '"a" is there twice', line: 6 },
      { path: "connections[0].authentication.password", message: "the variable NOWHERE is not set", line: 5 },
      { path: "connections[1].authentication.password", message: expect.stringContaining("nowhere.txt cannot be read"), line: 9 },
    ]);
  });

  it("refuses a secret written into the file without repeating it", async () => {
    const error = await refusal(`connections:
  - id: a
    name: A
    bootstrap: [a:1]
    authentication: { kind: plain, username: u, password: hunter2 }
`);
    expect(error.details).toEqual([expect.objectContaining({ path: "connections[0].authentication.password", line: 5 })]);
    expect(JSON.stringify(error.details) + error.message).not.toContain("hunter2");
  });

  it("says when there is no such file", async () => {
    await expect(readConnections(join(folder, "none.yaml"), { variable: () => undefined, region: null, managed })).rejects.toThrow(
      /no such file/,
    );
  });
});
