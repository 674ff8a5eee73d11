import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { Registry } from "prom-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { isKnown } from "@/lib/domain/observed";
import { PARTS, type Part } from "@/lib/domain/snapshot";
import { Tenant } from "@/lib/domain/tenant";
import { Tier } from "@/lib/domain/tier";
import { openKafkaAdmin } from "@/lib/kafka";
import { readPrometheus, scrapeExporter } from "@/lib/metrics";
import { importRegistry, openStore, type Store } from "@/lib/store";
import { type AclRule, consoleReadRules } from "@/sandbox/kafka/acls";
import { openAdmin, type SandboxAdmin } from "@/sandbox/kafka/admin";
import { consoleConnection } from "@/sandbox/kafka/console-connection";
import { PATIENCE_MS, waitFor } from "@/sandbox/kafka/readiness";
import { passwordOf } from "@/sandbox/kafka/secrets";
import { tool } from "@/sandbox/kafka/tool";
import { clusterOf, sandboxOf } from "@/sandbox/kafka/topology";
import { systemClock } from "./clock";
import { collectorStore } from "./collector-store";
import { DEFAULT_SETTINGS } from "./settings";
import { type Collector, startCollector } from "./start-collector";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const RUN = `sign-in-${randomUUID().slice(0, 8)}`;
const TOPIC = `${RUN}.orders`;
const GROUP = `${RUN}.billing`;
const WRONG = `wrong-${randomUUID()}`;
const REFUSED = "refused";

/** One right that the console's user needs to read, the parts that miss it, and how the screen names it. */
const LACKING: [resource: AclRule["resource"], operation: AclRule["operation"], parts: Part[], named: RegExp][] = [
  ["CLUSTER", "DESCRIBE", ["metadata", "logs", "acls", "scram"], /^Allow DESCRIBE on the cluster /],
  ["CLUSTER", "DESCRIBE_CONFIGS", ["quotas", "configs"], /^Allow DESCRIBE_CONFIGS on the cluster /],
  ["TOPIC", "DESCRIBE_CONFIGS", ["configs"], /^Allow DESCRIBE_CONFIGS on (topic '|these topics )/],
  ["GROUP", "DESCRIBE", ["offsets"], /^Allow DESCRIBE on (group '|these groups )/],
];
/** Its user, and the id of the connection with which that one signs in. */
const lacks = (resource: string, operation: string) => `${RUN}-${resource}-${operation}`.toLowerCase().replace("_", "-");
const USERS = LACKING.map(([resource, operation]) => lacks(resource, operation));

function signedIn(id: string, username: string, password: string): ResolvedConnection {
  return { ...consoleConnection(sandbox, shared), id, name: id, authentication: { kind: "scram-sha-512", username, password } };
}

let setup: SandboxAdmin;
let store: Store;
let collector: Collector;
const failures: unknown[] = [];
const metrics = new Registry();

beforeAll(async () => {
  setup = await openAdmin(sandbox, shared);
  await setup.createTopics([{ name: TOPIC, partitions: 3 }]);
  await tool(sandbox, shared, "groups", ["--reset-offsets", "--to-earliest", "--execute", "--group", GROUP, "--topic", TOPIC]);
  await setup.createUsers(USERS);
  const others = ([resource, operation]: (typeof LACKING)[number]) =>
    consoleReadRules(lacks(resource, operation)).filter((rule) => rule.resource !== resource || rule.operation !== operation);
  await setup.allow(LACKING.flatMap(others));
  store = await openStore({ memory: true });
  const place = (cluster: string) => ({ cluster, model: "bridge", topics: [{ prefix: `${RUN}.` }], groups: [{ prefix: `${RUN}.` }] });
  const declared = {
    tiers: [Tier.parse({ id: "basic", name: "Basic", model: "bridge", produceBytesPerSecond: 1_000_000 })],
    tenants: [REFUSED, ...USERS].map((id) => Tenant.parse({ id, name: id, tier: "basic", placements: [place(id)] })),
    services: [],
    sha256: "0".repeat(64),
  };
  await importRegistry(store, declared, "test", new Date());
  collector = await startCollector({
    connections: [signedIn(REFUSED, "console", WRONG), ...USERS.map((user) => signedIn(user, user, passwordOf(sandbox, user)))],
    openAdmin: (each) => openKafkaAdmin(each, { deadlineMs: 20_000 }),
    collected: readPrometheus,
    scrape: scrapeExporter,
    store: collectorStore(store),
    clock: systemClock,
    settings: { ...DEFAULT_SETTINGS, assembleEveryMs: 500, shareReadingsMs: 0 },
    log: { info: () => undefined, warn: (fields) => void failures.push(fields), error: (fields) => void failures.push(fields) },
    metrics,
  });
});

afterAll(async () => {
  await collector.stop();
  await store.close();
  await setup.deleteTopics([TOPIC]);
  await setup.close();
});

const snapshotOf = (id: string) => collector.fleet().clusters.get(id);
/** Parts with problems, and parts that were never read, of those that the connection has a way to. */
function unread(id: string): { withProblems: Part[]; never: Part[] } {
  const had = PARTS.filter((part) => snapshotOf(id)?.parts[part].absent !== true);
  return {
    withProblems: had.filter((part) => snapshotOf(id)?.parts[part].problems.length !== 0),
    never: had.filter((part) => snapshotOf(id)?.parts[part].at === null),
  };
}

describe("a sign-in that lacks one permission", () => {
  it.each(LACKING)("%s %s costs %j alone, and the permission is named", async (resource, operation, parts, named) => {
    const id = lacks(resource, operation);
    // Each broker applies permissions on its own.
    await waitFor(
      async () => {
        await collector.refresh(id, PARTS);
        return unread(id).withProblems.join() === parts.join();
      },
      PATIENCE_MS,
      () => `other parts have problems: ${JSON.stringify(snapshotOf(id)?.parts)}`,
    );
    for (const part of parts) {
      for (const { code, remedy } of snapshotOf(id)?.parts[part].problems ?? []) {
        expect([part, code, remedy]).toEqual([part, "forbidden", expect.stringMatching(named)]);
      }
    }
    expect(parts).toEqual(expect.arrayContaining(unread(id).never));
    expect([...(snapshotOf(id)?.metadata?.topics.keys() ?? [])]).toContain(TOPIC);
    const blind = collector
      .fleet()
      .tenants.get(id)
      ?.cannotSee.filter(({ remedy }) => remedy.startsWith("Allow "));
    expect(blind?.map(({ remedy }) => remedy)).toEqual(parts.map(() => expect.stringMatching(named)));
    expect(failures).toEqual([]);
  });
});

describe("a sign-in that is refused", () => {
  it("is shown with its reason, says nothing of the tenant, and tells nobody the password", async () => {
    await collector.refresh(REFUSED, PARTS);
    const cluster = snapshotOf(REFUSED);
    expect(cluster?.metadata).toBeNull();
    expect(cluster?.parts.metadata.problems).toMatchObject([{ code: "authentication", operation: "Metadata" }]);
    const tenant = collector.fleet().tenants.get(REFUSED);
    expect(tenant !== undefined && isKnown(tenant.storageBytes)).toBe(false);
    expect(tenant?.cannotSee).toContainEqual({
      what: "Topics, partitions and brokers",
      reason: expect.stringMatching(/^Metadata: \S+ refused the SCRAM-SHA-512 sign-in: /),
      remedy: "Check the user name, the password or role, and that the credential exists on this cluster.",
      clusterId: REFUSED,
    });
    const told = inspect([cluster, tenant, collector.fleet().conditions, failures, await metrics.metrics()], {
      depth: Number.POSITIVE_INFINITY,
      maxArrayLength: null,
      maxStringLength: null,
    });
    expect(told).toContain("refused the SCRAM-SHA-512 sign-in");
    expect(told).not.toContain(WRONG);
  });
});
