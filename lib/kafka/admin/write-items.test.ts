import { describe, expect, it } from "vitest";
import type { PartitionsWrite, QuotaWrite, TopicConfigWrite, WriteAnswer, WriteOptions } from "@/lib/domain/writes";
import { KafkaFailure } from "@/lib/kafka/problems/failure";
import { sentOf, writeCluster } from "@/lib/kafka/testing/write-cluster";
import { alterQuotas } from "./alter-quotas";
import { alterTopicConfigs } from "./alter-topic-configs";
import { createPartitions } from "./create-partitions";
import type { BrokerSet } from "./link/broker-set";

const NOT_CONTROLLER = 41;

const named = (count: number) => Array.from({ length: count }, (_, index) => `t-${index}`);
const config = (topic: string): TopicConfigWrite => ({ topic, entries: [{ key: "retention.ms", value: "1000" }] });
const quota = (user: string): QuotaWrite => ({ entity: { user }, values: { producer_byte_rate: 1_000 } });
const partitions = (topic: string): PartitionsWrite => ({ topic, count: 6 });

/** The three writes by the names of their items, so that one table holds for all. */
const WRITES = [
  {
    api: "IncrementalAlterConfigs",
    most: 100,
    write: (brokers: BrokerSet, names: string[], options: WriteOptions = {}) => alterTopicConfigs(brokers, names.map(config), options),
  },
  {
    api: "AlterClientQuotas",
    most: 200,
    write: (brokers: BrokerSet, names: string[], options: WriteOptions = {}) => alterQuotas(brokers, names.map(quota), options),
  },
  {
    api: "CreatePartitions",
    most: 50,
    write: (brokers: BrokerSet, names: string[], options: WriteOptions = {}) => createPartitions(brokers, names.map(partitions), options),
  },
];
const REPEATABLE = WRITES.filter(({ api }) => api !== "CreatePartitions");

const silence = () => new KafkaFailure("timeout", "b-1:9096 did not answer in time.");
const done: WriteAnswer = { ok: true };

describe.each(WRITES)("$api", ({ api, most, write }) => {
  it("answers in the order of the writes, and one refused item costs only itself", async () => {
    const sentence = "This is not allowed here.";
    const { brokers, requests } = writeCluster({ refusal: (name) => (name === "t-1" ? { errorCode: 44, sentence } : undefined) });
    const problem = { code: "invalid", operation: api, message: `${sentence} (POLICY_VIOLATION)` };
    const [first, second, third] = await write(brokers, named(3));
    expect([first, third]).toEqual([done, done]);
    expect(second).toMatchObject({ ok: false, uncertain: false, problem });
    expect(second?.ok === false && second.problem.resource).toContain("t-1");
    expect(requests).toHaveLength(1);
  });

  it("puts many items into few requests", async () => {
    const { brokers, requests } = writeCluster({ refusal: (name) => (name === `t-${most}` ? { errorCode: 3 } : undefined) });
    const answers = await write(brokers, named(2 * most + 1));
    expect(requests.map(({ length }) => length)).toEqual([most, most, 1]);
    expect(answers.map(({ ok }) => ok)).toEqual(named(2 * most + 1).map((name) => name !== `t-${most}`));
  });

  it("names no item twice in a request, and keeps the order of what is written twice", async () => {
    const { brokers, requests } = writeCluster();
    expect(await write(brokers, ["t-0", "t-1", "t-0", "t-2"])).toEqual([done, done, done, done]);
    expect(requests.map((names) => names.map((name) => name.slice(-1)))).toEqual([
      ["0", "1"],
      ["0", "2"],
    ]);
  });

  it("asks for nothing when there is nothing to write", async () => {
    const { brokers, cluster } = writeCluster();
    expect(await write(brokers, [])).toEqual([]);
    expect(cluster.log).toEqual([]);
  });

  it("only has it checked when that is all that is wanted, and is never uncertain of it", async () => {
    const { brokers, validateOnly } = writeCluster();
    await write(brokers, ["t-0"], { validateOnly: true });
    await write(brokers, ["t-0"]);
    expect(validateOnly).toEqual([true, false]);
    const silent = writeCluster({ override: (seen) => (seen.api === api ? silence() : undefined) });
    expect(await write(silent.brokers, ["t-0"], { validateOnly: true })).toMatchObject([{ ok: false, uncertain: false }]);
  });

  it("goes to another broker when one is dead", async () => {
    const { brokers, cluster } = writeCluster({}, [1, 2, 3]);
    cluster.unreachable.add("b-1").add("b-2");
    for (let turn = 0; turn < 3; turn += 1) expect(await write(brokers, ["t-0"])).toEqual([done]);
    expect(sentOf(cluster, api)).toEqual(Array(3).fill(`b-3 ${api}`));
  });

  it("is certain that nothing changed when nobody was reached", async () => {
    const { brokers, cluster } = writeCluster({}, [1, 2]);
    cluster.unreachable.add("b-1").add("b-2");
    const answers = await write(brokers, named(2));
    expect(answers).toMatchObject([
      { ok: false, uncertain: false, problem: { code: "unreachable", operation: api } },
      { ok: false, uncertain: false, problem: { code: "unreachable", operation: api } },
    ]);
  });

  it.each([
    ["timed out", silence()],
    ["was cut off", new KafkaFailure("unreachable", "b-1:9096 closed the connection.")],
    ["could not be read", new KafkaFailure("invalid", "The answer could not be read.")],
  ])("is uncertain of every item of a request whose answer %s, and of no other request's", async (_how, failure) => {
    let requests = 0;
    const { brokers } = writeCluster({
      override: (seen) => {
        if (seen.api === api) requests += 1;
        return seen.api === api && requests === 1 ? failure : undefined;
      },
    });
    const answers = await write(brokers, named(most + 1));
    const expected = { ok: false, uncertain: true, problem: { code: failure.code, operation: api } };
    expect(answers.slice(0, most)).toMatchObject(Array(most).fill(expected));
    // The one broker is thought to be down after silence, so the second request never goes out.
    expect(answers[most]).toMatchObject(failure.code === "timeout" ? { ok: false, uncertain: false } : done);
  });

  it.each([-1, 7, 13])("is uncertain when the broker itself does not know (error %i)", async (errorCode) => {
    const { brokers } = writeCluster({ refusal: (name) => (name === "t-1" ? { errorCode } : undefined) });
    expect(await write(brokers, named(2))).toMatchObject([done, { ok: false, uncertain: true }]);
  });

  it("is uncertain of what an answer leaves out", async () => {
    const { brokers } = writeCluster({ refusal: (name) => (name === "t-0" ? "left out" : undefined) });
    expect(await write(brokers, named(2))).toMatchObject([{ ok: false, uncertain: true, problem: { code: "invalid" } }, done]);
  });

  it("asks the controller once more for what a broker that is not the controller refused", async () => {
    const notThere = (name: string, host: string) => (host === "b-1" && name !== "t-0" ? { errorCode: NOT_CONTROLLER } : undefined);
    const { brokers, cluster, requests } = writeCluster({ controllerId: 2, refusal: notThere }, [1, 2]);
    expect([await write(brokers, named(3)), await write(brokers, named(3))]).toEqual([
      [done, done, done],
      [done, done, done],
    ]);
    expect(sentOf(cluster, api)).toEqual(["b-2", "b-1", "b-2"].map((host) => `${host} ${api}`));
    expect(requests.map(({ length }) => length)).toEqual([3, 3, 2]);
  });

  it("finds the controller among brokers that it did not know", async () => {
    const { brokers, cluster } = writeCluster(
      { controllerId: 2, refusal: (_name, host) => (host === "b-1" ? { errorCode: NOT_CONTROLLER } : undefined) },
      [1, 2],
    );
    brokers.adopt([{ id: 1, host: "b-1", port: 9096, rack: null }]);
    expect(await write(brokers, ["t-0"])).toEqual([done]);
    expect(sentOf(cluster, api)).toEqual([`b-1 ${api}`, `b-2 ${api}`]);
  });

  it.each([
    ["names none", -1],
    ["names one that is not there", 9],
  ])("asks once only when the cluster %s, and is uncertain: a controller that steps down may have kept the change", async (_what, id) => {
    const { brokers, cluster } = writeCluster({ controllerId: id, refusal: () => ({ errorCode: NOT_CONTROLLER }) });
    expect(await write(brokers, ["t-0"])).toMatchObject([
      { ok: false, uncertain: true, problem: { code: "unavailable", message: expect.stringContaining("NOT_CONTROLLER") } },
    ]);
    expect(sentOf(cluster, api)).toHaveLength(1);
  });

  it("asks once more, not for ever", async () => {
    const { brokers, cluster } = writeCluster({ controllerId: 1, refusal: () => ({ errorCode: NOT_CONTROLLER }) });
    expect(await write(brokers, ["t-0"])).toMatchObject([{ ok: false, uncertain: true }]);
    expect(sentOf(cluster, api)).toHaveLength(2);
  });
});

describe.each(REPEATABLE)("$api, which does the same when it comes twice,", ({ api, write }) => {
  it("goes to another broker after silence", async () => {
    let silent = true;
    const { brokers, cluster } = writeCluster(
      {
        override: (seen) => {
          if (seen.api !== api || !silent) return undefined;
          silent = false;
          return silence();
        },
      },
      [1, 2],
    );
    expect(await write(brokers, ["t-0"])).toEqual([done]);
    expect(new Set(sentOf(cluster, api)).size).toBe(2);
  });

  it("is uncertain of a refusal after silence, as the first request may still be carried out", async () => {
    let silent = true;
    const { brokers } = writeCluster(
      {
        override: (seen) => {
          if (seen.api !== api || !silent) return undefined;
          silent = false;
          return silence();
        },
        refusal: () => ({ errorCode: 44 }),
      },
      [1, 2],
    );
    expect(await write(brokers, ["t-0"])).toMatchObject([{ ok: false, uncertain: true, problem: { code: "invalid" } }]);
  });
});

describe("a sign-in that may not", () => {
  it.each([
    ["IncrementalAlterConfigs", 29, "ALTER_CONFIGS on topic 't-0'", "kafka-cluster:AlterTopicDynamicConfiguration"],
    ["AlterClientQuotas", 31, "ALTER_CONFIGS on the cluster", "kafka-cluster:AlterClusterDynamicConfiguration"],
    ["CreatePartitions", 29, "ALTER on topic 't-0'", "kafka-cluster:AlterTopic"],
  ])("%s is told the ACL and the IAM action", async (api, errorCode, acl, action) => {
    const { brokers } = writeCluster({ refusal: () => ({ errorCode }) });
    const answers = await WRITES.find((one) => one.api === api)?.write(brokers, ["t-0"]);
    const remedy = `Allow ${acl} to the console's user (with IAM: ${action}).`;
    expect(answers).toMatchObject([{ ok: false, uncertain: false, problem: { code: "forbidden", remedy } }]);
  });
});
