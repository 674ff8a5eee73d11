/** What CloudWatch is asked in an hour for 1,000 tenants of a cluster that only AWS shows: looked at by nobody, by one, by twenty people. */
import { Registry } from "prom-client";
import { type AwsRegion, openAwsRegion } from "@/lib/aws";
import { DEFAULT_SETTINGS, startCollector } from "@/lib/collector";
import { manualClock } from "@/lib/collector/testing/manual-clock";
import { memoryStore } from "@/lib/collector/testing/memory-store";
import type { AwsSpending } from "@/lib/domain/cloud-facts";
import type { ResolvedAwsConnection } from "@/lib/domain/connection";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import { startFixtureService } from "@/sandbox/aws/testing/fixture-service";
import { ACCOUNT_ID, REGION } from "@/sandbox/kafka/arn";
import { manyTopics } from "./lib/many-topics";
import { quick, report } from "./lib/row";

const TENANTS = quick() ? 100 : 1_000;
const MINUTES = 60;
const account: ResolvedAwsConnection = {
  id: "bench",
  accountId: ACCOUNT_ID,
  regions: [REGION],
  roleArn: null,
  externalId: null,
  profile: null,
  mode: "observe",
  brokers: null,
  dollarsPerHour: 1_000,
};
const tier = Tier.parse({ id: "gold", name: "Gold", model: "bridge" });
const tenants = Array.from({ length: TENANTS }, (_, index) =>
  Tenant.parse({
    id: `t-${index}`,
    name: `Tenant ${index}`,
    tier: "gold",
    placements: [{ cluster: "many", model: "bridge", topics: [{ prefix: `t-${index}.` }] }],
  }),
);

/** The region, and the promise that everything it was asked so far is answered. */
function watched(region: AwsRegion): { region: AwsRegion; idle: () => Promise<void> } {
  const underWay = new Set<Promise<unknown>>();
  const proxy = new Proxy(region, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        const answer: unknown = member.apply(target, args);
        if (!(answer instanceof Promise)) return answer;
        underWay.add(answer);
        void answer.finally(() => underWay.delete(answer));
        return answer;
      };
    },
  });
  const idle = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
  };
  return { region: proxy, idle };
}

async function hour(people: number): Promise<AwsSpending> {
  const clock = manualClock(new Date().toISOString());
  const store = memoryStore(clock);
  store.registry = { version: 1, tiers: [tier], tenants, services: [] };
  const { region, idle } = watched(openAwsRegion({ connection: account, region: REGION, clock }));
  const collector = await startCollector({
    connections: [],
    aws: { accounts: [account], openRegion: () => region },
    openAdmin: () => {
      throw new Error("there are no brokers to ask");
    },
    scrape: async () => ({ value: null, problems: [] }),
    collected: async () => ({ facts: [], problems: [] }),
    store,
    clock,
    settings: DEFAULT_SETTINGS,
    log: { info: () => undefined, warn: (fields) => console.error(fields), error: (fields) => console.error(fields) },
    metrics: new Registry(),
  });
  const minute = async (): Promise<void> => {
    for (let person = 0; person < people; person += 1) collector.look();
    for (let quarter = 0; quarter < 4; quarter += 1) {
      await clock.advance(15_000);
      await idle();
    }
  };
  for (let warmUp = 0; warmUp < 10; warmUp += 1) await minute();
  const before = region.spending();
  for (let passed = 0; passed < MINUTES; passed += 1) await minute();
  const after = region.spending();
  const stopping = collector.stop();
  await clock.advance(DEFAULT_SETTINGS.stopDeadlineMs);
  await stopping;
  const calls = (after.calls.GetMetricData ?? 0) - (before.calls.GetMetricData ?? 0);
  const seriesRequested = after.seriesRequested - before.seriesRequested;
  return { ...after, calls: { GetMetricData: calls }, seriesRequested, dollars: after.dollars - before.dollars };
}

const topics = tenants.flatMap(({ id }) => [`${id}.orders`, `${id}.events`]);
const service = await startFixtureService({
  fixtures: [manyTopics("many", topics, Date.now())],
  pageSizes: { msk: 100, metrics: 500, datapoints: 100_800 },
});
for (const name of ["KAFKA", "CLOUDWATCH", "KMS", "STS"]) process.env[`AWS_ENDPOINT_URL_${name}`] = service.url;
process.env.AWS_ACCESS_KEY_ID = service.key.accessKeyId;
process.env.AWS_SECRET_ACCESS_KEY = service.key.secretAccessKey;
try {
  const [nobody, one, twenty] = [await hour(0), await hour(1), await hour(20)];
  for (const [who, { calls, seriesRequested, dollars }] of [
    ["nobody", nobody],
    ["one person", one],
    ["twenty people", twenty],
  ] as const) {
    report({
      what: `GetMetricData in an hour, looked at by ${who}`,
      at: `${TENANTS} tenants, ${topics.length} topics × 3 brokers, no exporter`,
      figure: `${calls.GetMetricData} calls, ${seriesRequested} series, ${dollars.toFixed(2)} US dollars`,
      reference: `${((calls.GetMetricData ?? 0) / Math.max(1, one.calls.GetMetricData ?? 0)).toFixed(2)} × one person's`,
      reach: "equal for one and twenty, less for nobody",
      met: who === "nobody" ? nobody.seriesRequested < one.seriesRequested : one.seriesRequested === twenty.seriesRequested,
    });
  }
} finally {
  await service.stop();
}
