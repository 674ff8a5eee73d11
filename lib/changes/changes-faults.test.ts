import { describe, expect, it } from "vitest";
import type { Problem } from "@/lib/domain/facts";
import { AFTER, everyKind, standing } from "./testing/every-kind";
import { UNREACHABLE } from "./testing/fake-brokers";
import { partitions, quota, retention } from "./testing/plans";
import { passUntil, type World, world } from "./testing/world";

async function finished(w: World, id: number, atMostMs?: number): Promise<string[]> {
  await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, atMostMs);
  return w.outcomes(id);
}

const FORBIDDEN: Problem = {
  code: "forbidden",
  operation: "IncrementalAlterConfigs",
  message: "The broker refuses this for the topic. (TOPIC_AUTHORIZATION_FAILED)",
  remedy: "Allow ALTER_CONFIGS on the topic acme.b.",
};
const NOT_CONTROLLER: Problem = {
  code: "unavailable",
  operation: "AlterClientQuotas",
  message: "The broker is not the cluster's controller, or no longer. (NOT_CONTROLLER)",
};
const INVALID: Problem = { code: "invalid", operation: "IncrementalAlterConfigs", message: "Invalid value. (INVALID_CONFIG)" };

/** A world with the topics `acme.a`, `acme.b` and `acme.c`. */
function threeTopics(): { w: World; id: number } {
  const w = world();
  const topics = ["acme.a", "acme.b", "acme.c"];
  for (const topic of topics) w.brokers.setConfig(topic, "retention.ms", "604800000");
  return { w, id: w.plan(topics.map((topic) => retention(topic))).id };
}

function oneQuota(): { w: World; id: number } {
  const w = world();
  w.brokers.setQuota("acme", "producer_byte_rate", 1_000_000);
  return { w, id: w.plan([quota("acme")]).id };
}

/** Sets what the brokers do with the first so many items. */
function atFirst(w: World, times: number, fault: ReturnType<World["brokers"]["fault"]>): void {
  let left = times;
  w.brokers.fault = () => (left-- > 0 ? fault : undefined);
}

describe("a broker that is killed", () => {
  it("does not fail a change that another broker can take", async () => {
    const w = world();
    w.brokers.delayMs = 200;
    const { id } = w.plan(everyKind(w, "acme"));
    await w.start();
    await w.clock.advance(0);
    w.brokers.down = UNREACHABLE;
    await w.clock.advance(40_000);
    expect(w.store.change(id).state).toBe("running");
    w.brokers.down = null;
    await finished(w, id);
    expect(standing(w, "acme")).toEqual(AFTER);
    expect(w.store.change(id).state).toBe("applied");
  });

  it("fails it with its own sentence when nobody answers for two minutes, and with nothing written", async () => {
    const { w, id } = threeTopics();
    w.brokers.down = UNREACHABLE;
    const beganMs = w.clock.now();
    await w.start();
    expect(await finished(w, id)).toEqual(Array(3).fill(`failed: ${UNREACHABLE.message}`));
    expect(w.clock.now() - beganMs).toBeGreaterThanOrEqual(120_000);
    expect(w.clock.now() - beganMs).toBeLessThan(130_000);
    expect(w.store.change(id)).toMatchObject({
      state: "failed",
      message: expect.stringContaining("(and 2 more): b1:9096 was not reached"),
    });
    expect(w.brokers.written).toEqual([]);
  });

  it("is asked with pauses while it is away", async () => {
    const { w, id } = threeTopics();
    w.brokers.down = UNREACHABLE;
    await w.start();
    await finished(w, id);
    expect(w.brokers.asked.length).toBeLessThan(80);
  });
});

describe("an answer that is lost", () => {
  it("of a write that arrived is found by reading back, and it is not written again", async () => {
    const { w, id } = oneQuota();
    atFirst(w, 1, "loses the answer");
    await w.start();
    expect(await finished(w, id, 5_000)).toEqual(["applied"]);
    expect(w.brokers.written).toHaveLength(1);
  });

  it("of a write that did not arrive: it is written again after a while", async () => {
    const { w, id } = oneQuota();
    atFirst(w, 2, "loses the request");
    await w.start();
    await w.clock.advance(1_500);
    expect(w.brokers.asked.filter(({ operation }) => operation === "AlterClientQuotas")).toHaveLength(1);
    expect(await finished(w, id, 30_000)).toEqual(["applied"]);
    expect(w.brokers.written).toHaveLength(1);
  });

  it("again and again: it is sent four times, then it failed", async () => {
    const { w, id } = oneQuota();
    atFirst(w, 100, "loses the request");
    await w.start();
    expect(await finished(w, id)).toEqual(["failed: b1:9096 did not answer in time."]);
    expect(w.brokers.asked.filter(({ operation }) => operation === "AlterClientQuotas")).toHaveLength(4);
  });

  it("of new partitions, which are refused when they are asked for again", async () => {
    const w = world();
    w.brokers.setPartitions("acme.a", 3);
    const { id } = w.plan([partitions("acme.a")]);
    w.brokers.delayMs = 5_000;
    atFirst(w, 1, "loses the answer");
    await w.start();
    expect(await finished(w, id)).toEqual(["applied"]);
    expect(w.brokers.asked.filter(({ operation }) => operation === "CreatePartitions")).toHaveLength(2);
    expect(w.brokers.partitions("acme.a")).toBe(6);
  });

  it("and readings that fail afterwards: that it may stand is said", async () => {
    const { w, id } = oneQuota();
    atFirst(w, 100, "loses the answer");
    await w.start();
    await w.clock.advance(0);
    w.brokers.down = UNREACHABLE;
    const [outcome] = await finished(w, id);
    expect(outcome).toBe(`unverified: Whether it was written is not known, as it could not be read back: ${UNREACHABLE.message}`);
    expect(w.store.change(id).state).toBe("unverified");
  });
});

describe("a controller that is away", () => {
  it("is waited for, however often a broker says so", async () => {
    const { w, id } = oneQuota();
    w.brokers.fault = () => (w.clock.now() < Date.parse("2026-06-01T09:01:30Z") ? { refuses: NOT_CONTROLLER, uncertain: true } : undefined);
    await w.start();
    expect(await finished(w, id)).toEqual(["applied"]);
    expect(w.brokers.asked.filter(({ operation }) => operation === "AlterClientQuotas").length).toBeLessThan(20);
  });

  it("for longer than two minutes fails the change with the broker's sentence", async () => {
    const { w, id } = oneQuota();
    w.brokers.fault = () => ({ refuses: NOT_CONTROLLER });
    await w.start();
    expect(await finished(w, id)).toEqual([`failed: ${NOT_CONTROLLER.message}`]);
  });
});

describe("a refusal", () => {
  it("of one of three operations fails that one, with what to do about it, and the change is partly applied", async () => {
    const { w, id } = threeTopics();
    w.brokers.fault = (item) => (item === "acme.b" ? { refuses: FORBIDDEN } : undefined);
    await w.start();
    const sentence = `${FORBIDDEN.message} ${FORBIDDEN.remedy}`;
    expect(await finished(w, id)).toEqual(["applied", `failed: ${sentence}`, "applied"]);
    expect(w.store.change(id)).toMatchObject({ state: "partly", message: `retention.ms of the topic acme.b on shared-1: ${sentence}` });
    expect(w.brokers.asked.filter(({ operation }) => operation === "IncrementalAlterConfigs")).toHaveLength(1);
  });

  it("in one phase leaves the phases behind it alone", async () => {
    const w = world();
    const { id } = w.plan(everyKind(w, "acme"));
    w.brokers.fault = (item) => (item.includes('"acme"') ? { refuses: FORBIDDEN } : undefined);
    await w.start();
    await finished(w, id);
    expect(w.store.operations(id).map(({ state }) => state)).toEqual(["failed", "not-attempted", "not-attempted", "not-attempted"]);
    expect(w.brokers.written).toEqual([]);
  });

  it("of one unit's value does not touch another unit that writes to the same topic", async () => {
    const w = world();
    w.brokers.setConfig("shared.events", "retention.ms", "604800000");
    w.brokers.setConfig("shared.events", "max.message.bytes", "1000");
    const size = { kind: "topic-config" as const, clusterId: "shared-1", topic: "shared.events", key: "max.message.bytes" };
    const { id } = w.plan([
      retention("shared.events", { unit: "tenant:acme" }),
      { ...retention("shared.events", { unit: "tenant:globex", before: "1000", after: "2000" }), target: size },
    ]);
    let items = 0;
    w.brokers.fault = () => (items++ === 0 ? { refuses: INVALID } : undefined);
    await w.start();
    expect(await finished(w, id)).toEqual([`failed: ${INVALID.message}`, "applied"]);
  });

  it("to tell the value: nothing is written that cannot be compared", async () => {
    const { w, id } = threeTopics();
    w.brokers.unreadable.set("configs", FORBIDDEN);
    await w.start();
    expect(await finished(w, id, 5_000)).toEqual(Array(3).fill(`failed: ${FORBIDDEN.message} ${FORBIDDEN.remedy}`));
    expect(w.brokers.written).toEqual([]);
  });

  it("holds no text that a database cannot keep", async () => {
    const { w, id } = oneQuota();
    w.brokers.fault = () => ({ refuses: { ...INVALID, message: `a\u0000b${"x".repeat(9_000)}` } });
    await w.start();
    const [outcome = ""] = await finished(w, id);
    expect(outcome.startsWith("failed: a\uFFFDbxxx")).toBe(true);
    expect(outcome.length).toBeLessThan(2_100);
  });
});

describe("what is not there any more", () => {
  it("a topic: its operation fails at once, the others go on", async () => {
    const { w, id } = threeTopics();
    w.brokers.topics.delete("acme.b");
    await w.start();
    const rest = "not-attempted: It was not attempted, because another part of the same unit came to nothing.";
    const gone = "failed: The topic or partition does not exist on the broker. (UNKNOWN_TOPIC_OR_PARTITION)";
    expect(await finished(w, id, 5_000)).toEqual([rest, gone, rest]);
  });

  it("a topic that gets partitions", async () => {
    const w = world();
    const { id } = w.plan([partitions("acme.gone")]);
    await w.start();
    expect(await finished(w, id, 5_000)).toEqual(["failed: The topic acme.gone is not on the cluster any more."]);
  });

  it("a cluster: what reaching it says is told", async () => {
    const w = world();
    const { id } = w.plan([quota("acme", "producer_byte_rate", { clusterId: "gone-1" })]);
    await w.start();
    expect(await finished(w, id, 5_000)).toEqual(['failed: There is no cluster "gone-1".']);
  });
});

describe("a value that is not seen", () => {
  it("within the deadline is unverified, and the next phases go on", async () => {
    const w = world();
    const { id } = w.plan(everyKind(w, "acme"));
    w.brokers.delayMs = 45_000;
    await w.start();
    await finished(w, id, 200_000);
    expect(w.outcomes(id)).toEqual([
      "unverified: It was written, but the new value was not seen in time: it is 1000000.",
      "applied",
      "unverified: It was written, but the new value was not seen in time: it is 604800000.",
      "unverified: It was written, but the new value was not seen in time: it is 3.",
    ]);
    expect(w.store.change(id)).toMatchObject({ state: "unverified", message: expect.stringContaining("(and 2 more)") });
  });

  it("because somebody wrote another one right after", async () => {
    const { w, id } = oneQuota();
    w.brokers.delayMs = 1_000;
    await w.start();
    await w.clock.advance(500);
    w.brokers.setQuota("acme", "producer_byte_rate", 7);
    w.brokers.delayMs = 0;
    expect(await finished(w, id, 10_000)).toEqual(["unverified: It was written and is 7 now; somebody changed it meanwhile."]);
  });
});
