import { CloudWatchClient, ListMetricsCommand, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AwsRegion, openAwsRegion } from "@/lib/aws";
import type { WantedReport } from "@/lib/domain/pool/wanted-reports";
import type { AwsService } from "@/sandbox/aws/start-aws";
import { knock, startFixtureService } from "@/sandbox/aws/testing/fixture-service";
import { readCloudWatch } from "./read-cloudwatch";

const ACCOUNT = "123456789012";
const REGION = "us-east-1";
const PERIOD_MS = 300_000;
/** A quarter past a whole period, so that the last whole one has settled. */
const NOW = Math.floor(Date.now() / PERIOD_MS) * PERIOD_MS + 75_000;
const NEWEST = Math.floor((NOW - 60_000) / PERIOD_MS) * PERIOD_MS;

let service: AwsService;
let region: AwsRegion;
let client: CloudWatchClient;
beforeEach(async () => {
  service = await startFixtureService({ fixtures: [] });
  for (const name of ["KAFKA", "CLOUDWATCH", "KMS", "STS"]) vi.stubEnv(`AWS_ENDPOINT_URL_${name}`, service.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", service.key.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", service.key.secretAccessKey);
  const connection = { id: "a", accountId: ACCOUNT, regions: [REGION], roleArn: null, externalId: null, profile: null };
  region = openAwsRegion({ connection: { ...connection, mode: "observe", brokers: null, dollarsPerHour: 1 }, region: REGION });
  client = new CloudWatchClient({ endpoint: service.url, region: REGION, credentials: service.key, maxAttempts: 1 });
});
afterEach(async () => {
  region.close();
  client.destroy();
  await service.stop();
  vi.unstubAllEnvs();
});

function wanted(tenantId: string, mapping: object = {}, value = tenantId): WantedReport {
  const cloudwatch = {
    namespace: "Acme/Usage",
    tenantDimension: "Tenant",
    dimensions: { Stage: "prod" },
    produce: "BytesIn",
    consume: "BytesOut",
  };
  return { tenantId, value, reported: { cloudwatch: { ...cloudwatch, ...mapping } } };
}

async function put(metric: string, tenant: string, data: [minutesAgo: number, bytes: number][], namespace = "Acme/Usage"): Promise<void> {
  await client.send(
    new PutMetricDataCommand({
      Namespace: namespace,
      MetricData: data.map(([minutesAgo, Value]) => ({
        MetricName: metric,
        Dimensions: [
          { Name: "Stage", Value: "prod" },
          { Name: "Tenant", Value: tenant },
        ],
        Timestamp: new Date(NEWEST - minutesAgo * 60_000),
        Value,
        Unit: "Bytes",
      })),
    }),
  );
}

describe("what an application reports to CloudWatch", () => {
  it("is the bytes of the newest whole five minutes, every datapoint of them, as of their end", async () => {
    // Two datapoints in one minute, one that came late, and one of the period before.
    await put("BytesIn", "A-1", [
      [8, 999_999],
      [2, 10_000],
      [2, 5_000],
      [4, 15_000],
    ]);
    const reports = await readCloudWatch(region, [wanted("a", {}, "A-1")], NOW);
    expect(reports.get("a")).toEqual({
      rates: { produce: { bytesPerSecond: 100, at: new Date(NEWEST).toISOString() }, consume: null },
      problem: null,
    });
  });

  it("of a period that has not ended does not count, nor does what is under other dimensions or in another namespace", async () => {
    await put("BytesIn", "a", [[-1, 5_000]]);
    await put("BytesIn", "a", [[2, 5_000]], "Other/Usage");
    const wrong = wanted("a", { dimensions: { Stage: "test" } });
    expect((await readCloudWatch(region, [wanted("a")], NOW)).get("a")?.rates.produce).toBeNull();
    expect((await readCloudWatch(region, [wrong], NOW)).get("a")?.rates.produce).toBeNull();
  });

  it("is asked for in one call for many tenants, and only in the directions that are declared", async () => {
    await put("BytesIn", "t7", [[1, 3_000]]);
    const many = Array.from({ length: 200 }, (_, at) => wanted(`t${at}`, { consume: undefined }));
    const reports = await readCloudWatch(region, many, NOW);
    expect(reports.get("t7")?.rates).toEqual({ produce: { bytesPerSecond: 10, at: expect.any(String) } });
    expect(reports.size).toBe(200);
    expect(region.spending().calls.GetMetricData).toBe(1);
  });

  it("that is refused says so, and that no account reaches the cluster", async () => {
    await knock(service, "POST", "/_door/fault", { operation: "GetMetricData", kind: "denied" });
    const refused = (await readCloudWatch(region, [wanted("a")], NOW)).get("a");
    expect(refused?.problem?.message).toMatch(/GetMetricData/);
    expect((await readCloudWatch(null, [wanted("a")], NOW)).get("a")).toMatchObject({
      rates: { produce: null, consume: null },
      problem: { message: expect.stringContaining("No account") },
    });
  });
});

describe("the sandbox's CloudWatch", () => {
  it("lists an application's series in its namespace, and takes nothing into one of AWS's", async () => {
    await put("BytesIn", "a", [[2, 1]]);
    const listed = await client.send(new ListMetricsCommand({ Namespace: "Acme/Usage" }));
    expect(listed.Metrics?.map(({ MetricName }) => MetricName)).toEqual(["BytesIn"]);
    expect((await client.send(new ListMetricsCommand({ Namespace: "AWS/Kafka" }))).Metrics).toEqual([]);
    await expect(put("BytesIn", "a", [[2, 1]], "AWS/Kafka")).rejects.toThrow(/Namespace/);
  });
});
