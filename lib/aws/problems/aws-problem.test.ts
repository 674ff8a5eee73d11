import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AwsRegion } from "@/lib/aws/port";
import { cloudwatchError, type FakeAws, json, mskError, startFakeAws } from "@/lib/aws/testing/fake-aws";
import { CLUSTER_ARN, regionOf } from "@/lib/aws/testing/region";

const TOPIC_ARN = `${CLUSTER_ARN.replace(":cluster/", ":topic/")}/acme.orders`;
const HOUR = { startMs: Date.parse("2026-11-23T11:00:00Z"), endMs: Date.parse("2026-11-23T12:00:00Z"), periodSeconds: 60 } as const;

let aws: FakeAws;
beforeEach(async () => {
  aws = await startFakeAws();
});
afterEach(async () => {
  await aws.close();
  vi.unstubAllEnvs();
});

type Ask = (region: AwsRegion) => Promise<{ value: unknown; problems: { code: string; message: string; remedy?: string }[] }>;
const listClusters: Ask = (region) => region.listClusters();
const readTopic: Ask = (region) => region.readTopic(CLUSTER_ARN, "acme.orders");
const listTopics: Ask = (region) => region.listTopics(CLUSTER_ARN);

describe("a denied call names the actions and the resource to allow", () => {
  const READS: [operation: string, ask: Ask, remedy: string][] = [
    ["ListClustersV2", listClusters, "Allow kafka:ListClustersV2 on all resources (*) to the console's role."],
    [
      "DescribeClusterV2",
      (region) => region.readCluster(CLUSTER_ARN),
      `Allow kafka:DescribeClusterV2 on ${CLUSTER_ARN} to the console's role.`,
    ],
    ["ListNodes", (region) => region.readNodes(CLUSTER_ARN), `Allow kafka:ListNodes on ${CLUSTER_ARN} to`],
    ["GetBootstrapBrokers", (region) => region.readBootstrap(CLUSTER_ARN), `Allow kafka:GetBootstrapBrokers on ${CLUSTER_ARN} to`],
    ["ListClusterOperationsV2", (region) => region.readOperations(CLUSTER_ARN), `Allow kafka:ListClusterOperationsV2 on ${CLUSTER_ARN} to`],
    [
      "DescribeConfigurationRevision",
      (region) => region.readConfiguration("arn:c", 1),
      "Allow kafka:DescribeConfigurationRevision on arn:c to",
    ],
    ["ListScramSecrets", (region) => region.readScramSecrets(CLUSTER_ARN), `Allow kafka:ListScramSecrets on ${CLUSTER_ARN} to`],
    [
      "ListTopics",
      listTopics,
      `Allow kafka-cluster:Connect on ${CLUSTER_ARN}, and kafka-cluster:DescribeTopic on ${TOPIC_ARN.replace("acme.orders", "*")} to`,
    ],
    [
      "DescribeTopic",
      readTopic,
      `Allow kafka-cluster:Connect on ${CLUSTER_ARN}, and kafka-cluster:DescribeTopic and kafka-cluster:DescribeTopicDynamicConfiguration on ${TOPIC_ARN} to`,
    ],
    [
      "DescribeTopicPartitions",
      (region) => region.readPartitions(CLUSTER_ARN, "acme.orders"),
      `and kafka-cluster:DescribeTopic and kafka-cluster:DescribeTopicDynamicConfiguration on ${TOPIC_ARN} to`,
    ],
  ];

  it.each(READS)("%s", async (operation, ask, remedy) => {
    for (const type of ["AccessDeniedException", "ForbiddenException", "UnauthorizedException"]) {
      aws.on(operation, () => mskError(403, type, "User: arn:aws:sts::1:assumed-role/c/s is not authorized to perform this"));
      const { value, problems } = await ask(regionOf());
      expect(value).toBeNull();
      expect(problems).toMatchObject([{ code: "forbidden", operation, remedy: expect.stringContaining(remedy) }]);
      expect(problems[0]?.message).toContain("arn:aws:sts::1:assumed-role/c/s is not authorized");
    }
  });

  it("ListMetrics and GetMetricData, in CloudWatch's words", async () => {
    for (const type of ["AccessDenied", "AccessDeniedException"]) {
      aws.on("ListMetrics", () => cloudwatchError(403, type, "not authorized to perform: cloudwatch:ListMetrics"));
      aws.on("GetMetricData", () => cloudwatchError(403, type, "not authorized to perform: cloudwatch:GetMetricData"));
      const listed = await regionOf().listPublished("shared-1", ["BytesInPerSec"]);
      expect(listed.value).toBeNull();
      expect(listed.problems).toMatchObject([
        {
          code: "forbidden",
          remedy: "Allow cloudwatch:ListMetrics on all resources (*) to the console's role.",
          resource: "BytesInPerSec",
        },
      ]);
      const read = await regionOf().readSeries({
        clusterName: "shared-1",
        serverless: false,
        keys: [{ metric: "BytesInPerSec" }],
        ...HOUR,
      });
      expect(read.value).toMatchObject([{ key: { metric: "BytesInPerSec" }, points: [], status: "forbidden" }]);
      expect(read.problems).toMatchObject([
        { code: "forbidden", remedy: "Allow cloudwatch:GetMetricData on all resources (*) to the console's role." },
      ]);
    }
  });

  it("says when no permission would help", async () => {
    aws.on("ListClustersV2", () =>
      mskError(403, "AccessDeniedException", "not authorized with an explicit deny in a service control policy"),
    );
    expect((await listClusters(regionOf())).problems[0]?.remedy).toContain("denies it explicitly");
  });
});

describe("what AWS answers means", () => {
  it.each([
    ["an expired token", 403, "ExpiredTokenException", "authentication", /have expired/, /Renew/],
    ["an expired token, older name", 403, "ExpiredToken", "authentication", /have expired/, /Renew/],
    ["an unknown key", 403, "UnrecognizedClientException", "authentication", /not accepted/, /region eu-central-1 turned on/],
    ["an unknown key, older name", 403, "InvalidClientTokenId", "authentication", /not accepted/, /credentials/],
    ["a wrong signature", 403, "InvalidSignatureException", "authentication", /not accepted/, /credentials/],
    ["throttling", 429, "TooManyRequestsException", "unavailable", /throttled/, /asked again/],
    ["throttling by another name", 400, "ThrottlingException", "unavailable", /throttled/, /asked again/],
    ["a missing cluster", 404, "NotFoundException", "unavailable", /does not know/, undefined],
    ["an outage", 503, "ServiceUnavailableException", "unavailable", /503/, undefined],
    ["a mistake of theirs", 500, "InternalServerErrorException", "unavailable", /500/, undefined],
    ["a mistake of ours", 400, "BadRequestException", "invalid", /said so/, undefined],
  ] as const)("%s", async (_what, status, type, code, message, remedy) => {
    aws.on("DescribeClusterV2", () => mskError(status, type, "AWS said so"));
    const { value, problems } = await regionOf().readCluster(CLUSTER_ARN);
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code, operation: "DescribeClusterV2", message: expect.stringMatching(message) }]);
    if (remedy === undefined) expect(problems[0]?.remedy).toBeUndefined();
    else expect(problems[0]?.remedy).toMatch(remedy);
  });

  it.each([
    ["serverless", { message: "This operation cannot be performed on serverless clusters." }, "unsupported"],
    ["an old version", { message: "Topic operations need Kafka 3.6.0 or higher.", invalidParameter: "clusterArn" }, "unsupported"],
    ["a cluster that changes", { message: "The cluster is in state UPDATING.", invalidParameter: "clusterArn" }, "unavailable"],
    ["a wrong name", { message: "Not a topic's name.", invalidParameter: "topicName" }, "invalid"],
  ] as const)("a topic call that is refused for %s", async (_what, body, code) => {
    aws.on("DescribeTopic", () => mskError(400, "BadRequestException", body.message, body));
    const { problems } = await readTopic(regionOf());
    expect(problems).toMatchObject([{ code, operation: "DescribeTopic", resource: "acme.orders" }]);
    if (code === "unsupported") expect(problems[0]?.remedy).toContain("Kafka 3.6");
  });

  it("a topic that is not there says that answers are a minute old", async () => {
    aws.on("DescribeTopic", () => mskError(404, "UnknownTopicOrPartitionException", "no such topic"));
    expect((await readTopic(regionOf())).problems).toMatchObject([
      { code: "unavailable", remedy: expect.stringContaining("a minute old") },
    ]);
  });

  it("a page of a proxy is not understood", async () => {
    aws.on("ListClustersV2", () => ({ status: 200, headers: { "content-type": "text/html" }, body: "<html>Sign in</html>" }));
    const { value, problems } = await listClusters(regionOf());
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "invalid", operation: "ListClustersV2" }]);
  });
});

describe("patience", () => {
  it("asks again when AWS is busy, and is answered", async () => {
    aws.on("ListClustersV2", () =>
      aws.calls.length < 3 ? mskError(429, "TooManyRequestsException", "slow down") : json({ clusterInfoList: [] }),
    );
    const region = regionOf({ maxAttempts: 3 });
    expect(await region.listClusters()).toEqual({ value: [], problems: [] });
    expect(region.spending().calls).toEqual({ ListClustersV2: 3 });
  });

  it("asks a bounded number of times and says how often", async () => {
    aws.on("ListClustersV2", () => mskError(503, "ServiceUnavailableException", "later"));
    const { problems } = await regionOf({ maxAttempts: 2 }).listClusters();
    expect(aws.calls).toHaveLength(2);
    expect(problems[0]?.message).toContain("asked 2 times");
  });

  it("does not ask again what is denied", async () => {
    aws.on("ListClustersV2", () => mskError(403, "ForbiddenException", "no"));
    await regionOf({ maxAttempts: 3 }).listClusters();
    expect(aws.calls).toHaveLength(1);
  });

  it("ends at the deadline where a region hangs, for every reading", async () => {
    for (const operation of ["ListClustersV2", "ListMetrics", "GetMetricData"]) aws.on(operation, () => undefined);
    const region = regionOf({ deadlineMs: 150, maxAttempts: 3 });
    const timeout = (operation: string) => [
      { code: "timeout", operation, message: expect.stringContaining("eu-central-1"), remedy: expect.any(String) },
    ];
    expect(await region.listClusters()).toEqual({ value: null, problems: timeout("ListClustersV2") });
    expect((await region.listPublished("shared-1", ["A", "B", "C", "D", "E", "F"])).problems.map(({ code }) => code)).toEqual(
      new Array(6).fill("timeout"),
    );
    const keys = Array.from({ length: 1200 }, (_, brokerId) => ({ metric: "BytesInPerSec", brokerId }));
    const read = await region.readSeries({ clusterName: "shared-1", serverless: false, keys, ...HOUR });
    expect(read.problems).toEqual(timeout("GetMetricData"));
    expect(read.value.every(({ status, points }) => status === "failed" && points.length === 0)).toBe(true);
  });

  it("ends with the console", async () => {
    aws.on("ListClustersV2", () => undefined);
    const region = regionOf();
    const reading = region.listClusters();
    await vi.waitFor(() => expect(aws.calls).toHaveLength(1), { timeout: 20_000 });
    region.close();
    expect(await reading).toMatchObject({ value: null, problems: [{ code: "unavailable" }] });
  });
});

describe("no way there", () => {
  it.each([
    ["nothing listens", "http://127.0.0.1:1"],
    ["the name does not resolve", "http://kafka.nowhere.invalid"],
  ])("%s", async (_what, url) => {
    vi.stubEnv("AWS_ENDPOINT_URL_KAFKA", url);
    const { value, problems } = await regionOf().listClusters();
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "unreachable", remedy: expect.stringContaining("kafka.eu-central-1.amazonaws.com") }]);
  });

  it("the connection breaks in the middle", async () => {
    const server = createServer((_, response) => void response.destroy());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    vi.stubEnv("AWS_ENDPOINT_URL_KAFKA", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect((await regionOf().listClusters()).problems).toMatchObject([{ code: "unreachable" }]);
    server.close();
  });
});

describe("secrets", () => {
  it("are in no message, whatever AWS repeats of the request", async () => {
    const token = "IQoJb3JpZ2luX2VjE".repeat(20);
    const canonical = `The Canonical String should have been 'GET /v1 x-amz-security-token:${token}' for ASIAQWERTYUIOPASDFGH`;
    for (const type of ["SignatureDoesNotMatch", "InvalidSignatureException", "ForbiddenException", "BadRequestException", "Oops"]) {
      aws.on("DescribeClusterV2", () => mskError(400, type, canonical));
      const text = JSON.stringify(await regionOf().readCluster(CLUSTER_ARN));
      expect(text).not.toContain(token.slice(0, 40));
      expect(text).not.toContain("ASIAQWERTYUIOPASDFGH");
      expect(text).not.toContain("wJalrXUtnFEMI");
    }
  });
});
