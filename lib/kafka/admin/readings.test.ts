import { Writer } from "@platformatic/kafka";
import { describe, expect, it } from "vitest";
import { listOffsetsAnswer, offsetsAsked } from "@/lib/kafka/testing/fake-answers";
import { createFakeCluster, type Script } from "@/lib/kafka/testing/fake-cluster";
import { memberAssignment } from "./consumer-assignment";
import { stateOf, typeOf } from "./group-words";
import { BrokerSet } from "./link/broker-set";
import { aclFact, readAcls } from "./read-acls";
import { operationsOf, readClusterAccess } from "./read-cluster-access";
import { readConfigs } from "./read-configs";
import { readLogs } from "./read-logs";
import { readOffsetsAtTime } from "./read-offsets-at-time";
import { quotaRule, readQuotas } from "./read-quotas";
import { readScramUsers } from "./read-scram-users";

function brokersOf(script: Script, ids = [1]): BrokerSet {
  const brokers = new BrokerSet([], createFakeCluster(script).options);
  brokers.adopt(ids.map((id) => ({ id, host: `b-${id}`, port: 9096, rack: null })));
  return brokers;
}

/** throttle_time_ms error_code error_message, as quotas, ACLs and SCRAM users begin. */
function refusal(errorCode: number, sentence: string): Writer {
  return Writer.create().appendInt32(0).appendInt16(errorCode).appendString(sentence);
}

describe("what was not answered is never an empty list", () => {
  const list = (writer: Writer) => writer.appendArray([], () => {}).appendTaggedFields();
  it.each([
    ["DescribeClientQuotas", readQuotas, "DESCRIBE_CONFIGS on the cluster"],
    ["DescribeAcls", readAcls, "DESCRIBE on the cluster"],
    ["DescribeUserScramCredentials", readScramUsers, "DESCRIBE on the cluster"],
  ] as const)("%s refused", async (operation, read, permission) => {
    const { value, problems } = await read(brokersOf(() => list(refusal(31, "Cluster authorization failed."))));
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "forbidden", operation, remedy: expect.stringContaining(permission) }]);
  });

  it("ACLs without an authorizer", async () => {
    const { value, problems } = await readAcls(brokersOf(() => list(refusal(54, ""))));
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "unsupported", message: expect.stringContaining("No authorizer") }]);
  });

  it("log directories, which older brokers leave out without a word when they refuse", async () => {
    const nothing = () =>
      Writer.create()
        .appendInt32(0)
        .appendInt16(0)
        .appendArray([], () => {})
        .appendTaggedFields();
    const { value, problems } = await readLogs(brokersOf(nothing));
    expect(value).toBeNull();
    expect(problems).toMatchObject([{ code: "forbidden", remedy: expect.stringContaining("DESCRIBE on the cluster") }]);
  });
});

describe("quota rules", () => {
  it("tell the default entity from an absent one, and leave unknown keys out", () => {
    const entity = [
      { type: "user", name: null },
      { type: "client-id", name: "app" },
    ];
    const values = [
      { key: "producer_byte_rate", value: 0 },
      { key: "someday_rate", value: 1 },
    ];
    expect(quotaRule({ entity, values })).toEqual({ entity: { user: null, clientId: "app" }, values: { producer_byte_rate: 0 } });
    expect(quotaRule({ entity: [{ type: "ip", name: "10.0.0.1" }], values: [] })).toEqual({
      entity: { ip: "10.0.0.1" },
      values: {},
    });
  });
});

describe("ACLs", () => {
  it("are told in Kafka's words", () => {
    const tenant = { resourceType: 2, resourceName: "acme.", patternType: 4, principal: "User:acme" };
    const told = { resourceType: "topic", resourceName: "acme.", patternType: "prefixed", principal: "User:acme" };
    expect(aclFact({ ...tenant, host: "*", operation: 10, permissionType: 3 })).toEqual({
      ...told,
      host: "*",
      operation: "describe-configs",
      permission: "allow",
    });
    expect(aclFact({ ...tenant, host: "10.0.0.1", operation: 99, permissionType: 2 })).toEqual({
      ...told,
      host: "10.0.0.1",
      operation: "operation-99",
      permission: "deny",
    });
  });
});

describe("what the sign-in may do on the cluster", () => {
  const access = (bits: number) => () =>
    Writer.create()
      .appendInt32(0)
      .appendInt16(0)
      .appendString(null)
      .appendInt8(1)
      .appendString("id")
      .appendInt32(1)
      .appendArray([], () => {})
      .appendInt32(bits)
      .appendTaggedFields();

  it("is read from Kafka's bits", () => {
    expect(operationsOf((1 << 8) | (1 << 10))).toEqual(["describe", "describe-configs"]);
    expect(operationsOf(-2147483648)).toEqual([]);
  });

  it("warns of lists of groups that may be incomplete", async () => {
    expect(await readClusterAccess(brokersOf(access(1 << 8)))).toEqual({ value: { operations: ["describe"] }, problems: [] });
    const { value, problems } = await readClusterAccess(brokersOf(access(0)));
    expect(value).toEqual({ operations: [] });
    expect(problems).toMatchObject([
      { code: "forbidden", operation: "ListGroups", remedy: expect.stringContaining("DESCRIBE on the cluster") },
    ]);
  });
});

describe("configurations", () => {
  it("come with their sources; a topic that is gone does not cost the others", async () => {
    const answer = () =>
      Writer.create()
        .appendInt32(0)
        .appendArray(["orders", "gone"], (results, name) => {
          results
            .appendInt16(name === "gone" ? 3 : 0)
            .appendString(name === "gone" ? "This server does not host this topic-partition." : null);
          results
            .appendInt8(2)
            .appendString(name)
            .appendArray(name === "gone" ? [] : ["retention.ms"], (configs, key) => {
              configs.appendString(key).appendString("1000").appendBoolean(false).appendInt8(1).appendBoolean(false);
              configs.appendArray(
                [1, 4],
                (synonyms, source) =>
                  void synonyms
                    .appendString(source === 1 ? key : "log.retention.ms")
                    .appendString("1000")
                    .appendInt8(source),
              );
              configs.appendInt8(5).appendString(null);
            });
        })
        .appendTaggedFields();
    const { value, problems } = await readConfigs(
      brokersOf(answer),
      [
        { type: "topic", name: "orders" },
        { type: "topic", name: "gone" },
      ],
      ["retention.ms"],
    );
    const synonyms = [
      { name: "retention.ms", value: "1000", source: "topic" },
      { name: "log.retention.ms", value: "1000", source: "static-broker" },
    ];
    expect(value).toEqual([
      {
        resource: { type: "topic", name: "orders" },
        configs: [{ name: "retention.ms", value: "1000", source: "topic", readOnly: false, sensitive: false, synonyms }],
      },
    ]);
    expect(problems).toMatchObject([{ code: "unavailable", operation: "DescribeConfigs", resource: "gone" }]);
  });
});

describe("offsets by time", () => {
  it("asks for two times of one partition in two requests, and tells none from zero", async () => {
    const requests: number[] = [];
    const brokers = brokersOf(({ request }) => {
      const asked = offsetsAsked(request);
      requests.push(asked.length);
      return listOffsetsAnswer(asked, ({ time }) => ({ offset: time === 0n ? 0n : -1n }));
    });
    const partitions = [0, 1].map((partition) => ({ partition, leader: 1, replicas: [1], isr: [1] }));
    const metadata = {
      kafkaClusterId: "c",
      controllerId: null,
      brokers: [],
      topics: new Map([["orders", { name: "orders", internal: false, partitions }]]),
    };
    const { value } = await readOffsetsAtTime(brokers, metadata, [
      { topic: "orders", partition: 0, timestampMs: 0 },
      { topic: "orders", partition: 1, timestampMs: 0 },
      { topic: "orders", partition: 0, timestampMs: 5_000.7 },
    ]);
    expect(requests).toEqual([2, 1]);
    expect(value).toEqual([
      { topic: "orders", partition: 0, timestampMs: 0, offset: 0n, recordTimestampMs: null },
      { topic: "orders", partition: 1, timestampMs: 0, offset: 0n, recordTimestampMs: null },
      { topic: "orders", partition: 0, timestampMs: 5_000.7, offset: null, recordTimestampMs: null },
    ]);
  });
});

describe("groups in words", () => {
  it("keeps the states and types of all protocols, and names what is new unknown", () => {
    expect(["Stable", "PreparingRebalance", "assigning", "NotReady", "Shiny"].map(stateOf)).toEqual([
      "Stable",
      "PreparingRebalance",
      "Assigning",
      "NotReady",
      "Unknown",
    ]);
    expect(["Classic", "consumer", "Share", "streams", "shiny", null].map(typeOf)).toEqual([
      "classic",
      "consumer",
      "share",
      "streams",
      "unknown",
      "classic",
    ]);
  });

  it("reads a classic member's assignment, and takes foreign bytes for none", () => {
    const bytes = Writer.create()
      .appendInt16(1)
      .appendArray(
        ["orders", "ünïcode"],
        (topics, name) => {
          topics
            .appendString(name, false)
            .appendArray([0, 3], (partitions, partition) => void partitions.appendInt32(partition), false, false);
        },
        false,
        false,
      )
      .appendInt32(-1).buffer;
    expect(memberAssignment(bytes)).toEqual([
      { topic: "orders", partitions: [0, 3] },
      { topic: "ünïcode", partitions: [0, 3] },
    ]);
    expect(memberAssignment(Buffer.alloc(0))).toEqual([]);
    expect(memberAssignment(Buffer.from("connect assignments look different"))).toEqual([]);
  });
});
