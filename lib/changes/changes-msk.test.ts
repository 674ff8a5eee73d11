import { describe, expect, it } from "vitest";
import type { Problem } from "@/lib/domain/facts";
import { partitions, retention } from "./testing/plans";
import { passUntil, type World, world } from "./testing/world";

const SILO = { clusterId: "silo-1" };

async function finished(w: World, id: number, atMostMs = 500_000): Promise<string[]> {
  await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, atMostMs);
  return w.outcomes(id);
}

function silo(): World {
  const w = world();
  w.msk.topics.set("vault.ledger", { own: { "cleanup.policy": "compact" }, partitions: 3 });
  return w;
}

function refusal(name: string): Problem {
  return { code: "unavailable", operation: "UpdateTopic", message: `MSK in eu-central-1 does not change the topic: later (${name}).` };
}

describe("a topic that is known only through AWS", () => {
  it("gets all of its values in one call, and its partitions in another", async () => {
    const w = silo();
    w.msk.delayMs = 4_000;
    const size = { kind: "topic-config" as const, clusterId: "silo-1", topic: "vault.ledger", key: "max.message.bytes" };
    const { id } = w.plan([
      retention("vault.ledger", SILO),
      { ...retention("vault.ledger", { before: null, after: "2000000" }), target: size },
      partitions("vault.ledger", SILO),
    ]);
    await w.start();
    expect(await finished(w, id)).toEqual(["applied", "applied", "applied"]);
    const configs = { "retention.ms": "86400000", "cleanup.policy": "compact", "max.message.bytes": "2000000" };
    expect(w.msk.sent).toEqual([{ topic: "vault.ledger", configs }]);
    expect(w.msk.topics.get("vault.ledger")).toEqual({ own: configs, partitions: 6 });
    expect(w.msk.asked.filter((one) => one === "UpdateTopic")).toHaveLength(2);
    expect(w.written).toEqual([{ clusterId: "silo-1", topics: ["vault.ledger"], quotas: false }]);
  });

  it("loses a value that is taken away, and is seen without it where it inherits", async () => {
    const w = silo();
    w.msk.topics.set("vault.ledger", { own: { "cleanup.policy": "compact", "retention.ms": "5" }, partitions: 3 });
    const inherited = { value: "604800000", source: "default" };
    const { id } = w.plan([retention("vault.ledger", { ...SILO, before: "5", after: null, inherited })]);
    await w.start();
    expect(await finished(w, id)).toEqual(["applied"]);
    expect(w.msk.sent).toEqual([{ topic: "vault.ledger", configs: { "cleanup.policy": "compact" } }]);
  });

  it("loses a value of its own also where it inherits the same", async () => {
    const w = silo();
    w.msk.topics.set("vault.ledger", { own: { "retention.ms": "604800000" }, partitions: 3 });
    const inherited = { value: "604800000", source: "default" };
    const { id } = w.plan([retention("vault.ledger", { ...SILO, after: null, inherited })]);
    await w.start();
    expect(await finished(w, id)).toEqual(["applied"]);
    expect(w.msk.topics.get("vault.ledger")?.own).toEqual({ "cleanup.policy": "delete" });
  });

  it("is seen only when its new value is shown twice in a row: not everyone at MSK knows it at once", async () => {
    const w = silo();
    const { readTopic } = w.msk.region;
    const old = await readTopic("arn:silo-1", "vault.ledger");
    const shows = ["new", "old", "old", "new"];
    w.msk.region.readTopic = async (...args) => (w.msk.sent.length > 0 && shows.shift() === "old" ? old : readTopic(...args));
    const { id } = w.plan([retention("vault.ledger", SILO)]);
    await w.start();
    expect(await finished(w, id)).toEqual(["applied"]);
    expect(shows).toEqual([]);
  });

  it("keeps what was sent lately, while MSK still shows the old value", async () => {
    const w = silo();
    const topic = w.msk.topics.get("vault.ledger");
    const { readTopic } = w.msk.region;
    // Shows ACTIVE long before the values: what is shown is up to a minute old.
    const old = await readTopic("arn:silo-1", "vault.ledger");
    w.msk.region.readTopic = async (...args) => (w.clock.now() < Date.parse("2026-06-01T09:10:00Z") ? old : readTopic(...args));
    const size = { kind: "topic-config" as const, clusterId: "silo-1", topic: "vault.ledger", key: "max.message.bytes" };
    const { id } = w.plan([
      retention("vault.ledger", { ...SILO, phase: "loosen" }),
      { ...retention("vault.ledger", { before: null, after: "2000000" }), target: size },
    ]);
    await w.start();
    expect((await finished(w, id)).map((one) => one.split(":")[0])).toEqual(["unverified", "unverified"]);
    expect(topic?.own).toMatchObject({ "retention.ms": "86400000", "max.message.bytes": "2000000", "cleanup.policy": "compact" });
  });

  it("is tried again when MSK says Conflict or TooManyRequests, later each time", async () => {
    const w = silo();
    w.msk.refusals = [refusal("ConflictException"), ...Array(4).fill(refusal("TooManyRequestsException"))];
    const { id } = w.plan([retention("vault.ledger", SILO)]);
    await w.start();
    expect(await finished(w, id)).toEqual(["applied"]);
    expect(w.msk.asked.filter((one) => one === "UpdateTopic")).toHaveLength(6);
  });

  it("fails with MSK's own sentence when that does not end", async () => {
    const w = silo();
    w.msk.refusals = Array(100).fill(refusal("TooManyRequestsException"));
    const { id } = w.plan([retention("vault.ledger", SILO)]);
    await w.start();
    expect(await finished(w, id)).toEqual([`failed: ${refusal("TooManyRequestsException").message}`]);
    expect(w.msk.topics.get("vault.ledger")?.own).toEqual({ "cleanup.policy": "compact" });
    expect(w.msk.asked.length).toBeLessThan(60);
  });

  it("that never becomes ACTIVE again is unverified, and MSK's word for its state is told", async () => {
    const w = silo();
    w.msk.neverActive = true;
    const { id } = w.plan([retention("vault.ledger", SILO)]);
    await w.start();
    const sentence = "MSK says that the topic vault.ledger is UPDATING, and not yet ACTIVE again.";
    expect(await finished(w, id)).toEqual([`unverified: It was written, but could not be read back in time: ${sentence}`]);
  });

  it("is not written to while somebody else's update of it is under way", async () => {
    const w = silo();
    w.msk.delayMs = 8_000;
    await w.msk.region.updateTopicPartitions("arn:silo-1", "vault.ledger", 4);
    const { id } = w.plan([retention("vault.ledger", SILO)]);
    await w.start();
    await w.clock.advance(7_000);
    expect(w.msk.sent).toEqual([]);
    expect(await finished(w, id)).toEqual(["applied"]);
  });

  it("of which a value moved meanwhile is a conflict", async () => {
    const w = silo();
    const { id } = w.plan([retention("vault.ledger", { ...SILO, before: "5" })]);
    await w.start();
    expect((await finished(w, id))[0]).toContain("conflict: It was 5 when this was planned and is 604800000 now");
    expect(w.msk.sent).toEqual([]);
  });

  it("is written by one change after the other, so that none sends back what the other has changed", async () => {
    const w = silo();
    w.msk.delayMs = 20_000;
    w.msk.activeAtOnce = true;
    const size = { kind: "topic-config" as const, clusterId: "silo-1", topic: "vault.ledger", key: "max.message.bytes" };
    const first = w.plan([retention("vault.ledger", SILO)]);
    const second = w.plan([{ ...retention("vault.ledger", { before: null, after: "2000000" }), target: size }]);
    await w.start();
    await passUntil(w.clock, () => [first, second].every(({ id }) => w.store.change(id).finishedAt !== null), 120_000);
    expect([...w.outcomes(first.id), ...w.outcomes(second.id)]).toEqual(["applied", "applied"]);
    expect(w.msk.topics.get("vault.ledger")?.own).toMatchObject({ "retention.ms": "86400000", "max.message.bytes": "2000000" });
  });

  it("of a cluster that no account reaches fails and says so", async () => {
    const w = silo();
    const { id } = w.plan([retention("vault.ledger", { clusterId: "silo-2" })]);
    await w.start();
    expect(await finished(w, id)).toEqual(["failed: No account of the connections reaches the cluster silo-2."]);
  });

  it("is asked for few at a time, however many there are", async () => {
    const w = world();
    let underWay = 0;
    let most = 0;
    const { readTopic } = w.msk.region;
    w.msk.region.readTopic = async (...args) => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
      return readTopic(...args);
    };
    const topics = Array.from({ length: 30 }, (_, index) => `vault.t${index}`);
    for (const topic of topics) w.msk.topics.set(topic, { own: {}, partitions: 1 });
    const { id } = w.plan(topics.map((topic) => retention(topic, SILO)));
    await w.start();
    expect(await finished(w, id)).toEqual(topics.map(() => "applied"));
    expect(most).toBeLessThanOrEqual(4);
  });
});
