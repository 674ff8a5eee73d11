import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import kafkajs from "kafkajs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openAwsRegion } from "@/lib/aws";
import type { Clock } from "@/lib/collector/clock";
import type { ResolvedAwsConnection, ResolvedConnection } from "@/lib/domain/connection";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import type { MskCluster } from "@/sandbox/aws/estate/cluster";
import { type AwsService, startAws } from "@/sandbox/aws/start-aws";
import { type AclRule, consoleReadRules, consoleWriteRules } from "@/sandbox/kafka/acls";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { ACCOUNT_ID, clusterArn, REGION } from "@/sandbox/kafka/arn";
import { stopBroker } from "@/sandbox/kafka/broker";
import { startBroker } from "@/sandbox/kafka/cluster";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import { bootstrap, type Cluster, clusterOf, nodeOf, sandboxOf } from "@/sandbox/kafka/topology";
import { findsAndCloses, type Plant, type PostureWorld, startPostureWorld } from "./testing/posture-world";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const umbra = clusterOf(sandbox, "silo-umbra");
const RUN = `paw-${randomUUID().slice(0, 6)}`;
const [ONE, TWO, SILO] = [`${RUN}-one`, `${RUN}-two`, `${RUN}-silo`];
const [ORDERS, CLICKS] = [`${ONE}.orders`, `${TWO}.clicks`];
const DAY = 86_400_000;
const HEALTHY = { "retention.ms": DAY, "segment.ms": 3_600_000, "min.insync.replicas": 2, "unclean.leader.election.enable": "false" };

/** The sandbox's own listener: what it says of sign-in and TLS AWS tells otherwise, and AWS is believed. */
const connectionTo = (cluster: Cluster): ResolvedConnection => ({
  id: cluster.id,
  name: cluster.id,
  mode: "observe",
  bootstrap: bootstrap(cluster, "internal"),
  authentication: { kind: "none" },
  tls: null,
  exporter: null,
  msk: { arn: clusterArn(cluster), account: "sandbox", region: REGION },
});
const account: ResolvedAwsConnection = {
  id: "sandbox",
  accountId: ACCOUNT_ID,
  regions: [REGION],
  roleArn: null,
  externalId: null,
  profile: null,
  mode: "observe",
  brokers: null,
  dollarsPerHour: 1,
};

const tenantOn = (id: string, cluster: string, model: "bridge" | "silo", more: object = {}, place: object = {}) =>
  Tenant.parse({
    id,
    name: id,
    tier: RUN,
    placements: [
      {
        cluster,
        model,
        topics: [{ prefix: `${id}.` }],
        groups: [{ prefix: `${id}.` }],
        principals: [{ kind: "scram", name: id }],
        ...place,
      },
    ],
    ...more,
  });
const tier = (more: object = {}) => Tier.parse({ id: RUN, name: "Basic", model: "bridge", ...more });
const [one, two] = [tenantOn(ONE, "shared-1", "bridge"), tenantOn(TWO, "shared-1", "bridge")];
const silo = tenantOn(SILO, "silo-umbra", "silo", { requirements: { ownEncryptionKey: true } });
const services = ["shared-1", "silo-umbra"].flatMap((cluster) =>
  (["scram", "mtls"] as const).map((kind) => ({
    cluster,
    principal: { kind, name: kind === "scram" ? "console" : "CN=console" },
    role: "ours" as const,
  })),
);
const RULES = [ONE, TWO].map((user): AclRule => ({ user, resource: "TOPIC", operation: "READ", name: `${user}.`, prefixed: true }));
const QUOTAS = [ONE, TWO].map((user) => ({ entity: { user }, limits: { producer_byte_rate: 1e6, consumer_byte_rate: 1e6 } }));
/** As long as anybody has rules on every topic, none is without. */
const CONSOLE_RULES = ["console", "CN=console"].flatMap((user) =>
  [...consoleReadRules(user), ...consoleWriteRules(user)].filter(({ resource }) => resource === "TOPIC"),
);

const access = (clock: Clock) => ({
  accounts: [account],
  openRegion: (connection: ResolvedAwsConnection, region: string) => openAwsRegion({ connection, region, clock }),
});

let aws: AwsService;
let setup: SandboxAdmin;
let world: PostureWorld;
const kafka = new kafkajs.Kafka({ brokers: bootstrap(shared, "internal"), logLevel: kafkajs.logLevel.NOTHING });

beforeAll(async () => {
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics([ORDERS, CLICKS].map((name) => ({ name, partitions: 3, replicas: 3, configs: HEALTHY })));
  await setup.allow(RULES);
  await setup.setQuotas(QUOTAS);
  aws = await startAws({ sandbox, port: 0, refreshMs: 0 });
  for (const service of ["KAFKA", "CLOUDWATCH", "KMS", "STS"]) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, aws.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", aws.key.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", aws.key.secretAccessKey);
  const declared = { tiers: [tier()], tenants: [one, two, silo], services };
  world = await startPostureWorld({ run: RUN, connections: [connectionTo(shared), connectionTo(umbra)], declared, aws: access });
  const isTold = (id: string): boolean => {
    const { collector } = world;
    return collector.fleet().clusters.get(id)?.msk?.key != null && collector.fleet().posture?.has(id) === true;
  };
  await waitFor(
    async () => isTold("shared-1") && isTold("silo-umbra"),
    PATIENCE_MS,
    () => "AWS has told nothing",
  );
});

afterAll(async () => {
  await world.stop();
  await aws.stop();
  await setup.disallow(RULES);
  await setup.setQuotas(QUOTAS.map(({ entity }) => ({ entity, limits: { producer_byte_rate: null, consumer_byte_rate: null } })));
  await setup.deleteTopics([ORDERS, CLICKS]);
  await setup.close();
  vi.unstubAllEnvs();
});

/** What AWS says of a cluster is another thing, and then the same as before. */
function told(cluster: Cluster, changes: Partial<MskCluster>): Pick<Plant, "plant" | "repair"> {
  const found = (): MskCluster => {
    const known = aws.clusters.find(({ name }) => name === cluster.id);
    if (known === undefined) throw new Error(`AWS has no ${cluster.id}`);
    return known;
  };
  let before: Partial<MskCluster> = {};
  return {
    plant: async () => {
      const keys = Object.keys(changes) as (keyof MskCluster)[];
      before = Object.fromEntries(keys.map((key) => [key, found()[key]]));
      Object.assign(found(), changes);
    },
    repair: async () => void Object.assign(found(), before),
  };
}

/** One more line in the cluster's custom configuration. */
function configured(line: string): Pick<Plant, "plant" | "repair"> {
  const change = (text: (properties: string) => string) => {
    const configuration = aws.clusters.find(({ name }) => name === "shared-1")?.configuration;
    if (configuration != null) configuration.serverProperties = text(configuration.serverProperties);
  };
  return {
    plant: async () => change((properties) => `${properties}${line}\n`),
    repair: async () => change((properties) => properties.replace(`${line}\n`, "")),
  };
}

const both = (...parts: Pick<Plant, "plant" | "repair">[]): Pick<Plant, "plant" | "repair"> => ({
  plant: async () => {
    for (const { plant } of parts) await plant();
  },
  repair: async () => {
    for (const { repair } of parts) await repair();
  },
});
const declared = (changes: Parameters<PostureWorld["declare"]>[0], back: typeof changes): Pick<Plant, "plant" | "repair"> => ({
  plant: () => world.declare(changes),
  repair: () => world.declare(back),
});
const promises = (produceBytesPerSecond: number) => declared({ tiers: [tier({ produceBytesPerSecond })] }, { tiers: [tier()] });
const express = (instanceType: string) => told(shared, { kind: "express", instanceType });
const signIn = (ways: Partial<MskCluster["authentication"]>) =>
  told(shared, { authentication: { scram: true, iam: false, tls: true, unauthenticated: false, ...ways } });

/** A broker that was configured without an authorizer, and then with it again. */
const withoutAuthorizer = (): Pick<Plant, "plant" | "repair"> => {
  const node = nodeOf(umbra, 1);
  const file = join(node.dir, "server.properties");
  const restart = async (text: string): Promise<void> => {
    await stopBroker(node);
    writeFileSync(file, text);
    await startBroker(umbra, node);
  };
  let before = "";
  return {
    plant: () => {
      before = readFileSync(file, "utf8");
      return restart(before.replace(/^(authorizer\.class\.name|super\.users)=.*\n/gm, ""));
    },
    repair: () => restart(before),
  };
};

/** Brokers hide who is a super user; a configuration that names others besides tells. */
function superUsers(): Plant {
  const [ours, theirs] = [configured("super.users=User:ANONYMOUS"), configured(`super.users=User:ANONYMOUS;User:${ONE}`)];
  const repair = async (): Promise<void> => {
    await theirs.repair();
    await ours.plant();
  };
  return { plant: theirs.plant, repair, shows: `${ONE} is a super user`, afterwards: ours.repair };
}

/** What a Standard cluster can take nobody publishes. */
function oversold(): Plant {
  const [kind, promised] = [express("express.m7g.large"), promises(40_000_000)];
  return { plant: both(kind, promised).plant, repair: promised.repair, shows: "80", afterwards: kind.repair };
}

const PLANTS: [string, Plant][] = [
  ["isolation.cannot-see", { ...signIn({ iam: true }), shows: "policies that are not read here" }],
  ["isolation.allow-everyone", { ...configured("allow.everyone.if.no.acl.found=true"), shows: "allow.everyone.if.no.acl.found=true" }],
  [
    "isolation.no-acl",
    {
      ...both(configured("allow.everyone.if.no.acl.found=true"), {
        plant: () => setup.disallow([...CONSOLE_RULES, ...RULES]),
        repair: () => setup.allow([...CONSOLE_RULES, ...RULES]),
      }),
      shows: ORDERS,
    },
  ],
  ["isolation.super-user", superUsers()],
  ["isolation.no-authorizer", { ...withoutAuthorizer(), shows: SILO }],
  [
    "isolation.shared-principal",
    {
      ...declared(
        {
          tenants: [
            tenantOn(TWO, "shared-1", "bridge", {}, { clientIds: [`${RUN}-app`] }),
            tenantOn(ONE, "shared-1", "bridge", {}, { clientIds: [`${RUN}-app`] }),
          ],
        },
        { tenants: [one, two] },
      ),
      shows: `${RUN}-app`,
    },
  ],
  [
    "isolation.model-unfit",
    {
      ...declared({ tenants: [tenantOn(ONE, "shared-1", "bridge", { requirements: { ownEncryptionKey: true } })] }, { tenants: [one] }),
      shows: "An encryption key of its own",
    },
  ],
  [
    "security.no-own-key",
    {
      ...declared({ tenants: [tenantOn(TWO, "shared-1", "bridge", { requirements: { ownEncryptionKey: true } })] }, { tenants: [two] }),
      shows: "its model shares the cluster",
    },
  ],
  ["security.no-own-key", { ...told(umbra, { keyManager: "AWS" }), shows: "alias/aws/kafka", hourly: true }],
  ["security.unauthenticated", { ...signIn({ unauthenticated: true }), shows: "User:ANONYMOUS" }],
  [
    "security.plaintext",
    {
      ...told(shared, { encryptionInTransit: { clientBroker: "TLS_PLAINTEXT", inCluster: true } }),
      shows: "Clients may connect without TLS",
    },
  ],
  [
    "security.plaintext",
    { ...told(shared, { encryptionInTransit: { clientBroker: "TLS", inCluster: false } }), shows: "Brokers copy records among themselves" },
  ],
  ["parallelism.partition-cap", { ...both(express("express.m7g.16xlarge"), promises(60_000_000)), shows: "60" }],
  ["fairness.oversold", oversold()],
  [
    "naming.group-colon",
    {
      plant: async () => {
        const admin = kafka.admin();
        await admin.connect();
        await admin.setOffsets({ groupId: `${ONE}.a:b`, topic: ORDERS, partitions: [{ partition: 0, offset: "0" }] });
        await admin.disconnect();
      },
      repair: async () => {
        const admin = kafka.admin();
        await admin.connect();
        await admin.deleteGroups([`${ONE}.a:b`]);
        await admin.disconnect();
      },
      shows: `${ONE}.a:b`,
    },
  ],
];

describe("posture by what AWS tells", () => {
  it("is silent about what is well", async () => {
    await world.read();
    expect(world.own().map(({ rule, sentence }) => `${rule}: ${sentence}`)).toEqual([]);
    expect(world.collector.fleet().posture?.get("silo-umbra")?.unseen["security.no-own-key"]).toBeUndefined();
  });

  it.each(PLANTS)("finds %s when it is so, and closes it when it is not any more", (rule, plant) => findsAndCloses(world, rule, plant));

  it("says of a key that KMS does not tell of that it cannot be seen, because it is refused", async () => {
    const door = (method: string, body?: object) =>
      fetch(`${aws.url}/_door/fault`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    await door("POST", { operation: "DescribeKey", kind: "denied" });
    const refused = await startPostureWorld({
      run: RUN,
      connections: [connectionTo(umbra)],
      declared: { tiers: [tier()], tenants: [silo], services },
      aws: access,
    });
    const unseen = (): string => refused.collector.fleet().posture?.get("silo-umbra")?.unseen["security.no-own-key"] ?? "";
    try {
      await waitFor(
        async () => unseen().includes("kms:DescribeKey"),
        PATIENCE_MS,
        () => `the refusal is not told: ${unseen()}`,
      );
      expect(refused.own().filter(({ rule }) => rule === "security.no-own-key")).toEqual([]);
    } finally {
      await door("DELETE");
      await refused.stop();
    }
  });
});
