/** 100 clusters in 20 accounts, each reached by a role of its own, while one region hangs: when the first screen has them, and when all. */
import { Registry } from "prom-client";
import { openAwsRegion } from "@/lib/aws";
import { DEFAULT_SETTINGS, startCollector, systemClock } from "@/lib/collector";
import { memoryStore } from "@/lib/collector/testing/memory-store";
import type { ResolvedAwsConnection } from "@/lib/domain/connection";
import { knock, startFixtureService } from "@/sandbox/aws/testing/fixture-service";
import { expressFixture } from "@/sandbox/aws/testing/fixtures";
import { REGION } from "@/sandbox/kafka/arn";
import { report } from "./lib/row";

const ACCOUNTS = 20;
const CLUSTERS = 5;
const HANGING = "eu-south-2";
const REACH_SECONDS = 3;

const accounts = Array.from({ length: ACCOUNTS }, (_, index): ResolvedAwsConnection => {
  const accountId = String(100_000_000_000 + index);
  return {
    id: `account-${index}`,
    accountId,
    regions: index === 0 ? [REGION, HANGING] : [REGION],
    roleArn: `arn:aws:iam::${accountId}:role/console`,
    externalId: "bench",
    profile: null,
    mode: "observe",
    brokers: null,
    dollarsPerHour: 1,
  };
});
const untilMs = Date.now();
const service = await startFixtureService({
  fixtures: accounts.flatMap(({ accountId, id }) =>
    Array.from({ length: CLUSTERS }, (_, n) => expressFixture({ name: `${id}-c${n}`, untilMs, minutes: 5, accountId })),
  ),
  roles: accounts.map(({ roleArn }) => ({ arn: roleArn ?? "", externalId: "bench" })),
});
await knock(service, "POST", "/_door/fault", { operation: "*", kind: "slow", region: HANGING });
for (const name of ["KAFKA", "CLOUDWATCH", "KMS", "STS"]) process.env[`AWS_ENDPOINT_URL_${name}`] = service.url;
process.env.AWS_ACCESS_KEY_ID = service.key.accessKeyId;
process.env.AWS_SECRET_ACCESS_KEY = service.key.secretAccessKey;

const began = performance.now();
const collector = await startCollector({
  connections: [],
  aws: { accounts, openRegion: (connection, region) => openAwsRegion({ connection, region }) },
  openAdmin: () => {
    throw new Error("there are no brokers to ask");
  },
  scrape: async () => ({ value: null, problems: [] }),
  collected: async () => ({ facts: [], problems: [] }),
  store: memoryStore(systemClock),
  clock: systemClock,
  settings: DEFAULT_SETTINGS,
  log: { info: () => undefined, warn: () => undefined, error: (fields) => console.error(fields) },
  metrics: new Registry(),
});
const seconds = (): number => (performance.now() - began) / 1000;

/** Seconds until as many clusters are shown, and of how many MSK has told how they are. */
async function shown(count: number, described: number): Promise<number> {
  while (seconds() < 120) {
    const { clusters } = collector.fleet();
    if (clusters.size >= count && [...clusters.values()].filter(({ msk }) => msk !== null).length >= described) return seconds();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`only ${collector.fleet().clusters.size} clusters were shown`);
}

const all = ACCOUNTS * CLUSTERS;
const first = await shown(1, 1);
const whole = await shown(all, all);
report({
  what: "clusters of 20 accounts, one region hanging: first on the screen, all described",
  at: `${all} clusters, ${ACCOUNTS} roles`,
  figure: `${first.toFixed(1)} s, ${whole.toFixed(1)} s`,
  reference: `a fleet is assembled every ${DEFAULT_SETTINGS.assembleEveryMs / 1000} s`,
  reach: `first ≤ ${REACH_SECONDS} s, the rest as it comes`,
  met: first <= REACH_SECONDS,
});
await collector.stop();
await service.stop();
process.exit(0);
