import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import type Broker from "kafkajs/src/broker/index.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { indexAcls } from "@/lib/domain/access/acl-index";
import { authorize } from "@/lib/domain/access/authorize";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { AclFact } from "@/lib/domain/facts";
import { type KafkaAdmin, openKafkaAdmin } from "@/lib/kafka";
import { parseAddress } from "@/lib/kafka/address";
import { systemClock } from "@/lib/kafka/clock";
import type { AclRule } from "@/sandbox/kafka/acls";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { caFile } from "@/sandbox/kafka/certificates";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import { passwordOf } from "@/sandbox/kafka/secrets";
import { bootstrap, clusterOf, sandboxOf } from "@/sandbox/kafka/topology";
import { isProtocolError, openRecordBroker, type RecordBroker } from "./open-record-broker";

const sandbox = sandboxOf();
/** One broker: it leads every partition, so that nothing has to be asked before what is to be asked. */
const cluster = clusterOf(sandbox, "silo-umbra");
const RUN = `authorizer-${randomUUID().slice(0, 8)}`;
const USERS = ["one", "two", "three"].map((name) => `${RUN}-${name}`);
const TOPICS = ["t1", "t1.a", "t10.a", "t1.b"].map((name) => `${RUN}.${name}`);
const OPERATIONS = ["describe", "read", "write", "describe-configs"] as const;
type Operation = (typeof OPERATIONS)[number];
const CASES = 200;
/** The same rules in every run. Of some seeds hardly anything is allowed. */
const SEED = 2;
/** Where the brokers see this machine's own clients come from. */
const HOST = "127.0.0.1";
const TOPIC_AUTHORIZATION_FAILED = 29;

function connectionOf(username: string): ResolvedConnection {
  return {
    id: cluster.id,
    name: cluster.id,
    mode: "observe",
    bootstrap: bootstrap(cluster, "sasl"),
    authentication: { kind: "scram-sha-512", username, password: passwordOf(sandbox, username) },
    tls: { ca: readFileSync(caFile(sandbox), "utf8") },
    exporter: null,
    msk: null,
  };
}

const name = fc.constantFrom("t1", "t1.", "t1.a", "t10.a", "t1.b", "t", "");
const rule = fc
  .record({
    user: fc.constantFrom(...USERS, ...USERS, "*"),
    operation: fc.constantFrom("READ", "WRITE", "DESCRIBE", "DELETE", "ALTER", "ALTER_CONFIGS", "DESCRIBE_CONFIGS", "ALL"),
    name: fc.oneof({ weight: 9, arbitrary: name.map((end) => `${RUN}.${end}`) }, { weight: 1, arbitrary: fc.constant("*") }),
    prefixed: fc.boolean(),
    deny: fc.constantFrom(true, false, false),
    host: fc.constantFrom("*", "*", "*", HOST, "192.0.2.7"),
  })
  .map((one): AclRule => ({ ...one, resource: "TOPIC" }) as AclRule)
  // A rule for everybody on every topic would reach beyond this test.
  .filter(({ user, name: of }) => user !== "*" || of !== "*");

let setup: SandboxAdmin;
let watcher: KafkaAdmin;
let clients: Map<string, { records: RecordBroker; admin: KafkaAdmin }>;

beforeAll(async () => {
  setup = await openAdmin(sandbox, cluster);
  await setup.createTopics(TOPICS.map((topic) => ({ name: topic, partitions: 1 })));
  await setup.createUsers(USERS);
  watcher = openKafkaAdmin(connectionOf("console"));
  const [address = ""] = bootstrap(cluster, "sasl");
  clients = new Map(
    USERS.map((user) => [
      user,
      {
        records: openRecordBroker(connectionOf(user), parseAddress(address), 10_000, systemClock),
        admin: openKafkaAdmin(connectionOf(user)),
      },
    ]),
  );
});

afterAll(async () => {
  for (const { records, admin } of clients.values()) {
    records.close();
    await admin.close();
  }
  await watcher.close();
  await setup.deleteTopics(TOPICS);
  await setup.close();
});

/** The rules as the brokers have them, once all of this round are there and no others of this run. */
async function rulesInForce(count: number): Promise<AclFact[]> {
  let acls: AclFact[] = [];
  const check = async (): Promise<boolean> => {
    acls = (await watcher.readAcls()).value ?? [];
    return acls.filter(isOfRun).length === count;
  };
  await waitFor(check, PATIENCE_MS, () => `${acls.filter(isOfRun).length} rules of ${count} are there`);
  return acls;
}

function isOfRun({ principal, resourceName }: AclFact): boolean {
  return principal.startsWith(`User:${RUN}`) || resourceName.startsWith(RUN);
}

const ASK: Record<Operation, (user: string, topic: string) => Promise<boolean>> = {
  async describe(user, topic) {
    const { topicMetadata } = await brokerOf(user).ask((broker) => broker.metadata([topic]));
    const code = topicMetadata[0]?.topicErrorCode;
    expect([0, TOPIC_AUTHORIZATION_FAILED]).toContain(code);
    return code === 0;
  },
  read: (user, topic) => asked(user, (broker) => broker.fetch(fetchOf(topic))),
  write: (user, topic) => asked(user, (broker) => (broker as Producing).produce({ topicData: [recordsOf(topic)] })),
  async "describe-configs"(user, topic) {
    const { value, problems } = await (clients.get(user) as { admin: KafkaAdmin }).admin.readConfigs([{ type: "topic", name: topic }]);
    if (value.length === 0) expect(problems.map(({ code }) => code)).toEqual(["forbidden"]);
    return value.length > 0;
  },
};

type Producing = Broker & { produce: (options: object) => Promise<unknown> };

function brokerOf(user: string): RecordBroker {
  return (clients.get(user) as { records: RecordBroker }).records;
}

async function asked(user: string, exchange: (broker: Broker) => Promise<unknown>): Promise<boolean> {
  try {
    await brokerOf(user).ask(exchange);
    return true;
  } catch (error) {
    if (isProtocolError(error) && error.code === TOPIC_AUTHORIZATION_FAILED) return false;
    throw error;
  }
}

function fetchOf(topic: string) {
  const partitions = [{ partition: 0, fetchOffset: "0", maxBytes: 1024 }];
  return { isolationLevel: 1 as const, maxWaitTime: 1, minBytes: 0, maxBytes: 1024, topics: [{ topic, partitions }] };
}

/** Of now: brokers delete what is old, and what is read begins at offset 0. */
function recordsOf(topic: string) {
  const messages = [{ key: null, value: "x", timestamp: String(Date.now()), headers: {} }];
  return { topic, partitions: [{ partition: 0, firstSequence: 0, messages }] };
}

describe("what the console concludes from ACLs", () => {
  it(`is what the brokers do, in ${CASES} cases of random rules`, async () => {
    const rounds = fc.sample(fc.uniqueArray(rule, { minLength: 3, maxLength: 14, selector: JSON.stringify as (one: AclRule) => string }), {
      seed: SEED,
      numRuns: 50,
    });
    const outcomes = { allowed: 0, denied: 0 };
    for (const rules of rounds) {
      await setup.allow(rules);
      const index = indexAcls(await rulesInForce(rules.length));
      for (const user of USERS) {
        for (const topic of TOPICS) {
          for (const operation of OPERATIONS) {
            if (outcomes.allowed + outcomes.denied === CASES) continue;
            const question = { principal: `User:${user}`, host: HOST, operation, resourceType: "topic" as const, resourceName: topic };
            const answer = authorize(index, question, { superUsers: new Set(), allowEveryone: false });
            const real = await ASK[operation](user, topic);
            const told = JSON.stringify({ user, topic, operation, by: answer.by, rules }, null, 1);
            expect(answer.allowed, told).toBe(real);
            outcomes[real ? "allowed" : "denied"] += 1;
          }
        }
      }
      await setup.disallow(rules);
      await rulesInForce(0);
      if (outcomes.allowed + outcomes.denied === CASES) break;
    }
    expect(outcomes.allowed + outcomes.denied).toBe(CASES);
    // Rules of which nothing follows would prove nothing.
    expect(Math.min(outcomes.allowed, outcomes.denied)).toBeGreaterThan(CASES / 20);
  });
});
