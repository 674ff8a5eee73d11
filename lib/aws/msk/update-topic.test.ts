import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AwsRegion } from "@/lib/aws/port";
import { type FakeAws, json, mskError, startFakeAws, stsError } from "@/lib/aws/testing/fake-aws";
import { CLUSTER_ARN, REGION, regionOf } from "@/lib/aws/testing/region";
import type { WriteAnswer } from "@/lib/domain/writes";

const TOPIC = "acme.orders";
const TOPIC_ARN = `${CLUSTER_ARN.replace(":cluster/", ":topic/")}/${TOPIC}`;
const TAKEN = json({ topicArn: TOPIC_ARN, topicName: TOPIC, status: "UPDATING" });

let aws: FakeAws;
beforeEach(async () => {
  aws = await startFakeAws();
});
afterEach(async () => {
  await aws.close();
  vi.unstubAllEnvs();
});

type Update = (region: AwsRegion) => Promise<WriteAnswer>;
const configs: Update = (region) => region.updateTopicConfigs(CLUSTER_ARN, TOPIC, { "retention.ms": "3600000" });
const partitions: Update = (region) => region.updateTopicPartitions(CLUSTER_ARN, TOPIC, 12);
const BOTH: [string, Update][] = [
  ["configs", configs],
  ["partitions", partitions],
];

describe("a change of a topic", () => {
  it("puts the whole set of values as base64 of JSON, and no count beside it", async () => {
    aws.on("UpdateTopic", () => TAKEN);
    const set = { "retention.ms": "3600000", "cleanup.policy": "compact,delete", "x.ünïcode": 'it\'s "quoted"' };
    expect(await regionOf().updateTopicConfigs(CLUSTER_ARN, TOPIC, set)).toEqual({ ok: true });
    const [call] = aws.of("UpdateTopic");
    expect(call).toMatchObject({
      method: "PUT",
      path: `/v1/clusters/${encodeURIComponent(CLUSTER_ARN)}/topics/${TOPIC}`,
      signed: { region: REGION, service: "kafka" },
    });
    expect(Object.keys(call?.body ?? {})).toEqual(["configs"]);
    expect(JSON.parse(Buffer.from(String(call?.body.configs), "base64").toString("utf8"))).toEqual(set);
  });

  it("can leave a topic without values of its own", async () => {
    aws.on("UpdateTopic", () => TAKEN);
    expect(await regionOf().updateTopicConfigs(CLUSTER_ARN, TOPIC, {})).toEqual({ ok: true });
    expect(aws.of("UpdateTopic")[0]?.body).toEqual({ configs: Buffer.from("{}").toString("base64") });
  });

  it("goes out on a connection of its own, as one that was kept may end under it", async () => {
    aws.on("UpdateTopic", () => TAKEN);
    const region = regionOf();
    await configs(region);
    await partitions(region);
    expect(aws.of("UpdateTopic").map(({ headers }) => headers.connection)).toEqual(["close", "close"]);
  });

  it("puts a total of partitions, and no values beside it", async () => {
    aws.on("UpdateTopic", () => TAKEN);
    const region = regionOf();
    expect(await partitions(region)).toEqual({ ok: true });
    expect(aws.of("UpdateTopic")[0]?.body).toEqual({ partitionCount: 12 });
    expect(region.spending().calls).toEqual({ UpdateTopic: 1 });
  });
});

describe.each(BOTH)("what AWS says of a change of %s", (_which, update) => {
  it.each([
    ["TooManyRequestsException", 429, "unavailable", false, /Nothing was changed/],
    ["ThrottlingException", 400, "unavailable", false, /Nothing was changed/],
    ["ConflictException", 409, "unavailable", false, /other change/],
    ["NotFoundException", 404, "unavailable", false, undefined],
    ["UnknownTopicOrPartitionException", 404, "unavailable", false, /minute old/],
    ["KafkaRequestException", 400, "invalid", false, undefined],
    ["ReassignmentInProgressException", 409, "unavailable", false, /have moved/],
    ["GroupSubscribedToTopicException", 409, "unavailable", false, /groups/],
    ["BadRequestException", 400, "invalid", false, undefined],
    ["KafkaTimeoutException", 400, "timeout", true, /may have been made/],
    ["ClusterConnectivityException", 409, "unreachable", true, /brokers run/],
    ["ControllerMovedException", 400, "unavailable", true, /may have been made/],
    ["NotControllerException", 400, "unavailable", true, /may have been made/],
    ["InternalServerErrorException", 500, "unavailable", true, undefined],
    ["ServiceUnavailableException", 503, "unavailable", true, undefined],
  ] as const)("%s is %s %s, uncertain: %s", async (type, status, code, uncertain, remedy) => {
    aws.on("UpdateTopic", () => mskError(status, type, "AWS said this of it"));
    const answer = await update(regionOf({ maxAttempts: 1 }));
    expect(answer).toMatchObject({
      ok: false,
      uncertain,
      problem: { code, operation: "UpdateTopic", resource: TOPIC, message: expect.stringContaining("AWS said this of it") },
    });
    if (remedy !== undefined) expect(answer.ok === false && answer.problem.remedy).toMatch(remedy);
  });

  it("names all that must be allowed", async () => {
    aws.on("UpdateTopic", () => mskError(403, "ForbiddenException", "no identity-based policy allows it"));
    const actions = ["DescribeTopic", "AlterTopic", "AlterTopicDynamicConfiguration"]
      .map((action) => `kafka-cluster:${action}`)
      .join(" and ");
    expect(await update(regionOf())).toMatchObject({
      ok: false,
      uncertain: false,
      problem: {
        code: "forbidden",
        remedy: `Allow kafka-cluster:Connect on ${CLUSTER_ARN}, and ${actions} on ${TOPIC_ARN} to the console's role.`,
      },
    });
  });

  it.each([
    ["This operation cannot be performed on serverless clusters.", "unsupported", /Connect the console to the brokers/],
    ["Topic operations need Kafka 3.6.0 or higher.", "unsupported", /Connect the console to the brokers/],
    ["The cluster is in state UPDATING.", "unavailable", /once the cluster is ACTIVE/],
    ["The configuration segment.jitter.ms is not one that can be set.", "invalid", undefined],
  ] as const)("tells which cluster cannot have it: %s", async (message, code, remedy) => {
    aws.on("UpdateTopic", () => mskError(400, "BadRequestException", message));
    const answer = await update(regionOf());
    expect(answer).toMatchObject({ ok: false, uncertain: false, problem: { code } });
    if (remedy === undefined) expect(answer.ok === false && answer.problem.remedy).toBeUndefined();
    else expect(answer.ok === false && answer.problem.remedy).toMatch(remedy);
  });

  it("asks again where it came too fast, with the SDK's own pauses", async () => {
    aws.on("UpdateTopic", () => (aws.calls.length < 3 ? mskError(429, "TooManyRequestsException", "slow down") : TAKEN));
    expect(await update(regionOf({ maxAttempts: 4 }))).toEqual({ ok: true });
    expect(aws.calls).toHaveLength(3);
  });

  it.each([
    ["a mistake of AWS", () => mskError(500, "InternalServerErrorException", "oops")],
    ["an outage", () => mskError(503, "ServiceUnavailableException", "later")],
    ["a page of a proxy", () => ({ status: 200, headers: { "content-type": "text/html" }, body: "<html>Sign in</html>" })],
  ])("does not ask again after %s, and is uncertain", async (_what, answer) => {
    aws.on("UpdateTopic", answer);
    expect(await update(regionOf({ maxAttempts: 4 }))).toMatchObject({ ok: false, uncertain: true });
    expect(aws.calls).toHaveLength(1);
  });

  it("is uncertain of a change that was not answered in time", async () => {
    aws.on("UpdateTopic", () => undefined);
    // Long enough for the question to go out on a busy machine: what did not is certain.
    const answer = await update(regionOf({ maxAttempts: 4, deadlineMs: 3_000 }));
    expect(answer).toMatchObject({ ok: false, uncertain: true, problem: { code: "timeout", operation: "UpdateTopic" } });
    expect(aws.calls).toHaveLength(1);
  });
});

describe("a change that did not go out", () => {
  it.each([
    ["nothing listens", "http://127.0.0.1:1"],
    ["the name does not resolve", "http://kafka.nowhere.invalid"],
  ])("is certain: %s", async (_what, url) => {
    vi.stubEnv("AWS_ENDPOINT_URL_KAFKA", url);
    expect(await configs(regionOf({ maxAttempts: 4 }))).toMatchObject({ ok: false, uncertain: false, problem: { code: "unreachable" } });
  });

  it("is certain: the role may not be taken on", async () => {
    aws.on("AssumeRole", () => stsError(403, "AccessDenied", "not authorized to perform: sts:AssumeRole"));
    const region = regionOf({ connection: { roleArn: "arn:aws:iam::111122223333:role/console" } });
    expect(await configs(region)).toMatchObject({
      ok: false,
      uncertain: false,
      problem: { code: "authentication", operation: "AssumeRole" },
    });
    expect(aws.of("UpdateTopic")).toEqual([]);
  });

  it("is certain: signing in takes longer than there is time", async () => {
    aws.on("AssumeRole", () => undefined);
    const region = regionOf({ connection: { roleArn: "arn:aws:iam::111122223333:role/console" }, deadlineMs: 200 });
    expect(await configs(region)).toMatchObject({ ok: false, uncertain: false, problem: { code: "timeout" } });
  });

  it("is certain: the console no longer uses the region", async () => {
    const region = regionOf();
    region.close();
    expect(await configs(region)).toMatchObject({ ok: false, uncertain: false, problem: { code: "unavailable" } });
  });
});

describe("a connection that is cut in the middle", () => {
  let server: Server;
  let requests = 0;
  beforeEach(async () => {
    requests = 0;
    server = createServer((request, response) => {
      requests += 1;
      request.resume().on("end", () => void response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    vi.stubEnv("AWS_ENDPOINT_URL_KAFKA", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(() => void server.close());

  it.each(BOTH)("leaves it open whether the change of %s was made, and it is not asked for again", async (_which, update) => {
    expect(await update(regionOf({ maxAttempts: 4 }))).toMatchObject({ ok: false, uncertain: true, problem: { code: "unreachable" } });
    expect(requests).toBe(1);
  });
});
