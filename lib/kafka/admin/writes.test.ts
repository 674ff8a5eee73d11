import { describe, expect, it } from "vitest";
import type { QuotaEntity } from "@/lib/domain/facts";
import { KafkaFailure } from "@/lib/kafka/problems/failure";
import { partitionsAnswer, partitionsAsked } from "@/lib/kafka/testing/fake-writes";
import { sentOf, writeCluster } from "@/lib/kafka/testing/write-cluster";
import { alterQuotas } from "./alter-quotas";
import { alterTopicConfigs } from "./alter-topic-configs";
import { createPartitions } from "./create-partitions";
import type { BrokerSet } from "./link/broker-set";

const NOT_CONTROLLER = 41;
const INVALID_PARTITIONS = 37;

const silence = () => new KafkaFailure("timeout", "b-1:9096 did not answer in time.");
const done = { ok: true };

describe("CreatePartitions, which is refused when it comes twice,", () => {
  const write = (brokers: BrokerSet) => createPartitions(brokers, [{ topic: "t-0", count: 6 }], {});

  it.each([
    ["silence", silence()],
    ["a cut", new KafkaFailure("unreachable", "b-1:9096 closed the connection.")],
  ])("does not go out again after %s", async (_what, failure) => {
    const { brokers, cluster } = writeCluster({ override: (seen) => (seen.api === "CreatePartitions" ? failure : undefined) }, [1, 2, 3]);
    expect(await write(brokers)).toMatchObject([{ ok: false, uncertain: true, problem: { code: failure.code } }]);
    expect(sentOf(cluster, "CreatePartitions")).toHaveLength(1);
  });

  it("goes out again when it was only a check", async () => {
    let silent = true;
    const { brokers, cluster } = writeCluster(
      {
        override: () => {
          if (!silent) return undefined;
          silent = false;
          return silence();
        },
      },
      [1, 2],
    );
    expect(await createPartitions(brokers, [{ topic: "t-0", count: 6 }], { validateOnly: true })).toEqual([done]);
    expect(cluster.log.filter((line) => !line.endsWith("open"))).toEqual(["b-2 CreatePartitions", "b-1 CreatePartitions"]);
  });

  it("goes out on a fresh connection where the kept one had ended unnoticed", async () => {
    let ended = false;
    const { brokers, cluster } = writeCluster({
      override: () => {
        if (!ended) return undefined;
        ended = false;
        return new KafkaFailure("unreachable", "b-1:9096 closed the connection.");
      },
    });
    expect(await write(brokers)).toEqual([done]);
    ended = true;
    expect(await write(brokers)).toEqual([done]);
    expect(cluster.log.slice(-4)).toEqual(["b-1 Metadata", "b-1 open", "b-1 Metadata", "b-1 CreatePartitions"]);
  });

  it("goes to another broker when one hangs, as that one is asked a question first", async () => {
    let hangs = "";
    const { brokers, cluster } = writeCluster({ override: ({ host }) => (host === hangs ? silence() : undefined) }, [1, 2]);
    await write(brokers);
    await write(brokers);
    hangs = "b-1";
    expect([await write(brokers), await write(brokers)]).toEqual([[done], [done]]);
    expect(sentOf(cluster, "CreatePartitions").slice(2)).toEqual(["b-2 CreatePartitions", "b-2 CreatePartitions"]);
  });

  it("is uncertain of a refusal by the controller after one that was no longer it", async () => {
    let first = true;
    const { brokers } = writeCluster({
      controllerId: 1,
      refusal: () => {
        const errorCode = first ? NOT_CONTROLLER : INVALID_PARTITIONS;
        first = false;
        return { errorCode, sentence: "The topic t-0 currently has 6 partition(s); 6 would not be an increase." };
      },
    });
    expect(await write(brokers)).toMatchObject([
      { ok: false, uncertain: true, problem: { code: "invalid", message: expect.stringContaining("6 would not be an increase") } },
    ]);
  });

  it("does not mix up two calls at the same time", async () => {
    const { brokers, changes } = writeCluster({ refusal: (name) => (name === "b" ? { errorCode: INVALID_PARTITIONS } : undefined) });
    const [a, b] = await Promise.all([
      createPartitions(brokers, [{ topic: "a", count: 4 }], {}),
      createPartitions(brokers, [{ topic: "b", count: 2 }], {}),
    ]);
    expect(changes.sort()).toEqual(["a 4", "b 2"]);
    expect([a, b]).toMatchObject([[done], [{ ok: false, problem: { resource: "b" } }]]);
  });

  it("gives the controller less time than it waits itself", async () => {
    let timeoutMs = 0;
    const { brokers } = writeCluster({
      override: ({ api, request }) => {
        if (api !== "CreatePartitions") return undefined;
        const asked = partitionsAsked(request);
        timeoutMs = asked.timeoutMs;
        return partitionsAnswer(asked.items);
      },
    });
    await write(brokers);
    expect(timeoutMs).toBe(8_000);
  });
});

describe("what is asked for", () => {
  it("sets values of a topic and takes its own away, under any name", async () => {
    const { brokers, changes } = writeCluster();
    const topics = ['it\'s "quoted"', "ünïcode", "x".repeat(249)];
    const entries = [
      { key: "retention.ms", value: "-1" },
      { key: "max.message.bytes", value: null },
      { key: "cleanup.policy", value: "" },
    ];
    const answers = await alterTopicConfigs(
      brokers,
      topics.map((topic) => ({ topic, entries })),
      {},
    );
    expect(answers).toEqual([done, done, done]);
    expect(changes).toEqual(
      topics.flatMap((topic) => [`${topic} retention.ms=-1`, `${topic} -max.message.bytes`, `${topic} cleanup.policy=`]),
    );
  });

  it("sets and removes keys of every kind of quota entity, and knows each by its answer", async () => {
    const entities: QuotaEntity[] = [
      { user: "acme" },
      { user: null },
      { clientId: "acme" },
      { user: "acme", clientId: null },
      { user: "acme", clientId: "app" },
      { user: null, clientId: null },
      { ip: "10.0.0.1" },
    ];
    const { brokers, requests, changes } = writeCluster({ refusal: (names) => (names === "acme/app" ? { errorCode: 42 } : undefined) });
    const values = { producer_byte_rate: 1_048_576.5, request_percentage: null };
    const answers = await alterQuotas(
      brokers,
      entities.map((entity) => ({ entity, values })),
      {},
    );
    expect(requests).toHaveLength(1);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true, false, true, true]);
    expect(answers[4]).toMatchObject({ problem: { code: "invalid", resource: "user acme, client-id app" } });
    expect(changes.slice(6, 8)).toEqual([
      "user acme/client-id null producer_byte_rate=1048576.5",
      "user acme/client-id null -request_percentage",
    ]);
  });
});
