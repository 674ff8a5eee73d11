import type { ClusterDetail } from "@/lib/domain/views/clusters";
import { expect, refreshUntil, test } from "./fixtures";
import { alterTopic, aws, listTopics } from "./oracle";

const VAULT = "/api/clusters/silo-vault";
const PAGES = ["/", "/tenants", "/clusters", "/clusters/shared-1", "/clusters/silo-vault", "/clusters/silo-vault/topics", "/tenants/vault"];

test.afterEach(async () => {
  await aws("heal");
});

test("a cluster whose brokers cannot be reached is shown through AWS: topics by MSK, rates by CloudWatch, and what is missing", async ({
  page,
}) => {
  // CloudWatch has its first minute one to two minutes after the sandbox began to count.
  await refreshUntil<ClusterDetail>(page, "silo-vault", VAULT, ({ knownThrough, bytesInPerSecond, topics }) => {
    return knownThrough === "aws" && (topics ?? 0) > 0 && bytesInPerSecond.source === "derived" && bytesInPerSecond.value > 0;
  });
  const names = (await listTopics("silo-vault")).filter((name) => !name.startsWith("__"));
  const listed = await (await page.request.get(`${VAULT}/topics?limit=500`)).json();
  const shown = listed.rows.map(({ topic }: { topic: string }) => topic).filter((name: string) => !name.startsWith("__"));
  expect(shown.toSorted()).toEqual(names.toSorted());
  await page.goto("/clusters/silo-vault");
  await expect(page.getByRole("heading", { level: 1, name: "silo-vault" })).toBeVisible();
  await expect(page.getByText(/Known through AWS only/).first()).toBeVisible();
  await expect(page.getByText(/does not resolve/).first()).toBeVisible();
  await page.goto("/clusters/silo-vault/topics");
  await expect(page.getByRole("link", { name: names[0] ?? "" })).toBeVisible();
});

test("a setting made with Kafka's own tool reaches the page through MSK's topic API", async ({ page }) => {
  const [topic = ""] = (await listTopics("silo-vault")).filter((name) => name.startsWith("vault."));
  await alterTopic("silo-vault", topic, "retention.ms=86400001");
  type Topic = { configs: { name: string; value: string; source: string }[] | null };
  // MSK's own answers are up to a minute old.
  await refreshUntil<Topic>(page, "silo-vault", `${VAULT}/topic?name=${topic}`, ({ configs }) =>
    (configs ?? []).some(({ name, value, source }) => name === "retention.ms" && value === "86400001" && source === "unknown"),
  );
});

test("what AWS denies costs its own part on every page, says which permission is missing, and heals", async ({ page }) => {
  test.slow();
  await aws("fault", "DescribeClusterV2", "denied");
  await aws("fault", "GetMetricData", "denied");
  const denied = ({ parts }: ClusterDetail) => parts.some(({ part, problems }) => part === "msk" && problems[0]?.code === "forbidden");
  await refreshUntil<ClusterDetail>(page, "silo-vault", VAULT, denied);
  for (const path of PAGES) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await page.goto("/clusters/silo-vault");
  await expect(page.getByText(/kafka:DescribeClusterV2/).first()).toBeVisible();
  await aws("heal");
  await refreshUntil<ClusterDetail>(page, "silo-vault", VAULT, ({ parts }) =>
    parts.every(({ part, problems }) => part !== "msk" || problems.length === 0),
  );
  await page.reload();
  await expect(page.getByText(/kafka:DescribeClusterV2/)).toHaveCount(0);
});

test("an operation of MSK is part of the cluster's sentence while it runs, and a mark afterwards", async ({ page }) => {
  test.slow();
  await aws("begin", "shared-1", "SECURITY_PATCHING");
  await refreshUntil<ClusterDetail>(page, "shared-1", "/api/clusters/shared-1", ({ sentence }) => sentence.includes("security patching"));
  await page.goto("/clusters/shared-1");
  await expect(page.getByText(/security patching/i).first()).toBeVisible();
  await aws("end", "shared-1");
  await refreshUntil<ClusterDetail>(page, "shared-1", "/api/clusters/shared-1", ({ msk }) => msk?.operation === null);
  const history = await (await page.request.get("/api/clusters/shared-1/history?range=1h")).json();
  expect(history.operations).toMatchObject([{ type: "SECURITY_PATCHING", error: null }]);
});
