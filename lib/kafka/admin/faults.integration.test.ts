import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ResolvedConnection } from "@/lib/domain/connection";
import type { MetadataFacts, Reading } from "@/lib/domain/facts";
import { openAdmin } from "@/sandbox/kafka/admin";
import { freezeBroker, killBroker } from "@/sandbox/kafka/broker";
import { killCluster, startBroker, startCluster } from "@/sandbox/kafka/cluster";
import { consoleConnection } from "@/sandbox/kafka/console-connection";
import { PATIENCE_MS, waitFor, waitUntilFenced, waitUntilInSync } from "@/sandbox/kafka/readiness";
import { tool, tryTool } from "@/sandbox/kafka/tool";
import { clusterOf, type Node, nodeOf, sandboxOf } from "@/sandbox/kafka/topology";
import { type KafkaAdmin, openKafkaAdmin } from "./open-kafka-admin";
import type { LagSweep } from "./sweep-lag";

const sandbox = sandboxOf();
const shared = clusterOf(sandbox, "shared-1");
const third = nodeOf(shared, 3);
const RUN = `faults-${randomUUID().slice(0, 8)}`;
/** One partition on each broker alone, and one led by the third that the others hold too. */
const ALONE = `${RUN}.alone`;
const SAFE = `${RUN}.safe`;

function connectionOf(): ResolvedConnection {
  return consoleConnection(sandbox, shared);
}

let admin: KafkaAdmin;
let metadata: MetadataFacts;

beforeAll(async () => {
  const setup = await openAdmin(sandbox, shared);
  await setup.createTopics([
    { name: ALONE, partitions: 3, assignments: [[1], [2], [3]] },
    { name: SAFE, partitions: 1, assignments: [[3, 1, 2]] },
  ]);
  await setup.close();
  admin = openKafkaAdmin(connectionOf());
});

afterAll(async () => {
  admin.close();
  const setup = await openAdmin(sandbox, shared);
  await setup.deleteTopics([ALONE, SAFE]);
  await setup.close();
});

const ends = ({ value }: Reading<LagSweep | null>, topic: string) => value?.ends.get(topic)?.map((end) => end !== null);
const brokersOf = ({ problems }: Reading<unknown>) => [
  ...new Set(problems.map(({ brokerId }) => brokerId).filter((id) => id !== undefined)),
];

/** Resolves with a sweep in which nothing is missing. */
async function wholeSweep(): Promise<LagSweep> {
  await waitUntilInSync(shared);
  let reading = await admin.sweepLag();
  const whole = () =>
    reading.problems.length === 0 && reading.value?.metadata.brokers.length === 3 && ends(reading, ALONE)?.every(Boolean) === true;
  await waitFor(
    async () => {
      if (!whole()) reading = await admin.sweepLag();
      return whole();
    },
    PATIENCE_MS,
    () => JSON.stringify(reading.problems),
  );
  if (reading.value === null) throw new Error("no sweep");
  return reading.value;
}

describe("a broker that is killed", () => {
  it("costs only its part, at once and for as long as it is away", async () => {
    metadata = (await wholeSweep()).metadata;
    await killBroker(third);
    const atOnce = await admin.sweepLag(metadata);
    expect(ends(atOnce, ALONE)).toEqual([true, true, false]);
    expect(atOnce.value?.groups).not.toBeNull();
    expect(brokersOf(atOnce)).toEqual([3]);
    expect(atOnce.problems.every(({ code }) => code === "unreachable")).toBe(true);
    expect(brokersOf(await admin.readLogs())).toEqual([3]);
  });

  it("hands its partitions to others, which the next sweep follows", async () => {
    await waitUntilFenced(shared, third);
    const reading = await admin.sweepLag(metadata);
    expect(reading.value?.metadata.brokers.map(({ id }) => id).sort()).toEqual([1, 2]);
    expect(ends(reading, SAFE)).toEqual([true]);
    expect(ends(reading, ALONE)).toEqual([true, true, false]);
    const leaderless = reading.problems.filter(({ operation, code }) => operation === "ListOffsets" && code === "unavailable");
    expect(leaderless.map(({ resource, message }) => resource ?? message)).toEqual([expect.stringContaining(ALONE)]);
  });

  it("is found again when it returns", async () => {
    await startBroker(shared, third);
    expect((await wholeSweep()).metadata.brokers).toHaveLength(3);
  });
});

/** The id of the broker that leads the metadata, as Kafka's own tool tells it. */
const leaderIn = (printed: string) => Number(/^LeaderId:\s+(\d+)$/m.exec(printed)?.[1]);

describe("the broker that leads the metadata, when it is killed", () => {
  let leader: Node;
  const withoutLeader = () => shared.nodes.map(({ id }) => id !== leader.id);

  it("costs only its part at once, like any other", async () => {
    metadata = (await wholeSweep()).metadata;
    leader = nodeOf(shared, leaderIn(await tool(sandbox, shared, "quorum", ["describe", "--status"])));
    await killBroker(leader);
    const atOnce = await admin.sweepLag(metadata);
    expect(ends(atOnce, ALONE)).toEqual(withoutLeader());
    expect(atOnce.value?.groups).not.toBeNull();
    expect(brokersOf(atOnce)).toEqual([leader.id]);
    expect(atOnce.problems.every(({ code }) => code === "unreachable")).toBe(true);
    const { value, problems } = await admin.readMetadata();
    expect(problems).toEqual([]);
    expect([value?.topics.has(ALONE), value?.topics.has(SAFE)]).toEqual([true, true]);
  });

  it("is missing by its partition alone once another leads, which takes a write", async () => {
    const elected = async () => leaderIn((await tryTool(sandbox, shared, "quorum", ["describe", "--status"])).stdout);
    await waitFor(
      async () => ![leader.id, Number.NaN].includes(await elected()),
      PATIENCE_MS,
      () => "nobody else leads the metadata",
    );
    const operator = openKafkaAdmin({ ...connectionOf(), mode: "operate" });
    try {
      expect(await operator.alterTopicConfigs([{ topic: SAFE, entries: [{ key: "retention.ms", value: "5400000" }] }])).toEqual([
        { ok: true },
      ]);
    } finally {
      operator.close();
    }
    const described = () => tool(sandbox, shared, "configs", ["--describe", "--entity-type", "topics", "--entity-name", SAFE]);
    await waitFor(
      async () => (await described()).includes("retention.ms=5400000 "),
      PATIENCE_MS,
      () => "the write is not there",
    );
    await waitUntilFenced(shared, leader);
    const reading = await admin.sweepLag(metadata);
    expect(reading.value?.metadata.brokers.map(({ id }) => id)).not.toContain(leader.id);
    expect(ends(reading, ALONE)).toEqual(withoutLeader());
    expect(ends(reading, SAFE)).toEqual([true]);
  });

  it("is whole again when it returns", async () => {
    await startBroker(shared, leader);
    expect((await wholeSweep()).metadata.brokers).toHaveLength(3);
  });
});

describe("a broker that hangs", () => {
  it("is given up after its deadline and not waited for again", async () => {
    metadata = (await wholeSweep()).metadata;
    await freezeBroker(third, true);
    try {
      const first = await admin.sweepLag(metadata);
      expect(first.problems.filter(({ brokerId }) => brokerId === 3)[0]).toMatchObject({ code: "timeout", operation: "ListGroups" });
      expect(ends(first, ALONE)).toEqual([true, true, false]);
      const second = await admin.sweepLag(metadata);
      expect(brokersOf(second)).toEqual([3]);
      expect(ends(second, ALONE)).toEqual([true, true, false]);
    } finally {
      await freezeBroker(third, false);
    }
    await wholeSweep();
  });
});

describe("a cluster that is away", () => {
  it("answers nothing, and everything again once it is back", async () => {
    await wholeSweep();
    await killCluster(shared);
    expect(await admin.sweepLag()).toMatchObject({ value: null, problems: [{ code: "unreachable", operation: "Metadata" }] });
    expect(await admin.readQuotas()).toMatchObject({ value: null });
    await startCluster(shared);
    await wholeSweep();
  });
});

describe("a sign-in that is refused", () => {
  it.each([
    ["a wrong password", "console"],
    ["a user that is not there", `${RUN}-nobody`],
  ])("for %s says so, without what it was tried with", async (_what, username) => {
    const password = `wrong-${randomUUID()}`;
    const refused = openKafkaAdmin({ ...connectionOf(), authentication: { kind: "scram-sha-512", username, password } });
    const readings = [await refused.readMetadata(), await refused.sweepLag(), await refused.readQuotas()];
    refused.close();
    for (const { value, problems } of readings) {
      expect(value).toBeNull();
      expect(problems).toMatchObject([{ code: "authentication", message: expect.stringContaining("refused the SCRAM-SHA-512 sign-in") }]);
    }
    expect(readings.map(({ problems }) => problems[0]?.operation)).toEqual(["Metadata", "Metadata", "DescribeClientQuotas"]);
    expect(JSON.stringify(readings)).not.toContain(password);
  });
});
