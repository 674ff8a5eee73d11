import { describe, expect, it } from "vitest";
import { settle } from "@/lib/collector/testing/manual-clock";
import { AFTER, everyKind, standing } from "./testing/every-kind";
import { neverHalt } from "./testing/halting";
import { quota, retention } from "./testing/plans";
import { passUntil, world } from "./testing/world";

describe("a change of one tenant", () => {
  it("is written phase by phase, seen and kept", async () => {
    const w = world();
    w.brokers.delayMs = 350;
    const { id } = w.plan(everyKind(w, "acme"));
    await w.start();
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 10_000);
    expect(w.outcomes(id)).toEqual(["applied", "applied", "applied", "applied"]);
    expect(w.store.change(id)).toMatchObject({ state: "applied", message: null, counts: { applied: 4 }, startedAt: expect.any(String) });
    expect(standing(w, "acme")).toEqual(AFTER);
    expect(w.brokers.written).toEqual([
      'quota "acme"|-|- producer_byte_rate = 2000000',
      "config acme.orders retention.ms = 86400000",
      "partitions acme.orders = 6",
    ]);
    expect(w.written).toEqual([{ clusterId: "shared-1", topics: ["acme.orders"], quotas: true }]);
    expect(w.declared).toBe(1);
  });

  it("declares only after what is loosened is seen, and tightens only after it is declared", async () => {
    const w = world();
    w.brokers.delayMs = 60_000;
    const { id } = w.plan(everyKind(w, "acme"));
    await w.start({ settings: { seenWithinMs: 120_000 } });
    await w.clock.advance(59_000);
    expect(w.outcomes(id)).toEqual(["started", "pending", "started", "started"]);
    expect(w.brokers.written).toHaveLength(1);
    await w.clock.advance(5_000);
    expect(w.outcomes(id).slice(0, 3)).toEqual(["applied", "applied", "started"]);
    expect(w.brokers.written).toHaveLength(2);
  });

  it("keeps the intent before the first effect", async () => {
    const w = world();
    const { id } = w.plan(everyKind(w, "acme"));
    const seen: string[][] = [];
    w.brokers.fault = () => {
      seen.push(w.store.operations(id).map(({ state }) => state));
      return undefined;
    };
    await w.start();
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null);
    expect(seen[0]).toEqual(["started", "pending", "started", "started"]);
  });

  it("is not written where the value is there already, by whomever", async () => {
    const w = world();
    const { id } = w.plan(everyKind(w, "acme"));
    w.brokers.setConfig("acme.orders", "retention.ms", "86400000");
    await w.start();
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null);
    expect(w.outcomes(id)).toEqual(["applied", "applied", "applied", "applied"]);
    expect(w.brokers.written.some((one) => one.startsWith("config"))).toBe(false);
  });

  it("stops before anything is written where a value is another than when it was planned", async () => {
    const w = world();
    const { id } = w.plan(everyKind(w, "acme"));
    w.brokers.setConfig("acme.orders", "retention.ms", "3600000");
    await w.start();
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null);
    const sentence = "It was 604800000 when this was planned and is 3600000 now; somebody changed it meanwhile.";
    const rest = "not-attempted: It was not attempted, because another part of the same unit came to nothing.";
    expect(w.outcomes(id)).toEqual([rest, rest, `conflict: ${sentence}`, rest]);
    expect(w.brokers.written).toEqual([]);
    expect(w.store.declaredCount).toBe(0);
    const message = `retention.ms of the topic acme.orders on shared-1: ${sentence}`;
    expect(w.store.change(id)).toMatchObject({ state: "failed", message });
  });

  it("is not stopped by a broker that shows an older value for a moment", async () => {
    const w = world();
    const { id } = w.plan([retention("acme.orders", { before: "3600000", after: "7200000" })]);
    w.brokers.setConfig("acme.orders", "retention.ms", "604800000");
    w.brokers.delayMs = 50;
    await w.start();
    w.brokers.setConfig("acme.orders", "retention.ms", "3600000");
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null);
    expect(w.outcomes(id)).toEqual(["applied"]);
  });

  it("says that a declaration was changed by somebody else, and does not tighten then", async () => {
    const w = world();
    const { id } = w.plan(everyKind(w, "acme"));
    for (const name of w.store.declared.keys()) w.store.declared.set(name, '"bronze"');
    await w.start();
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null);
    const states = w.store.operations(id).map(({ state }) => state);
    expect(states).toEqual(["applied", "conflict", "not-attempted", "not-attempted"]);
    expect(w.store.change(id).state).toBe("partly");
  });
});

describe("two changes on one topic", () => {
  it("that both were planned on the same value: the second sees what the first wrote", async () => {
    const w = world();
    w.brokers.setConfig("acme.orders", "retention.ms", "604800000");
    w.brokers.delayMs = 300;
    const first = w.plan([retention("acme.orders")]);
    const second = w.plan([retention("acme.orders", { after: "3600000" })]);
    await w.start();
    await passUntil(w.clock, () => w.store.change(second.id).finishedAt !== null && w.store.change(first.id).finishedAt !== null);
    expect(w.outcomes(first.id)).toEqual(["applied"]);
    expect(w.outcomes(second.id)[0]).toContain("conflict: It was 604800000 when this was planned and is 86400000 now");
    expect(w.brokers.config("acme.orders", "retention.ms")).toBe("86400000");
  });
});

describe("who carries changes out", () => {
  it("is one process at a time; another follows when the first has stopped", async () => {
    const w = world();
    const first = await w.start({ holder: "first" });
    const second = await w.start({ holder: "second" });
    expect([first.state(), second.state()]).toEqual(["running", "elsewhere"]);
    const { id } = w.plan(everyKind(w, "acme"));
    second.wake();
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 3_000);
    let stopped = false;
    const stopping = first.stop().then(() => {
      stopped = true;
    });
    await passUntil(w.clock, () => stopped, 1_000);
    await stopping;
    await w.clock.advance(6_000);
    expect(second.state()).toBe("running");
  });

  it("is nobody where it is turned off", async () => {
    const w = world();
    const { id } = w.plan(everyKind(w, "acme"));
    const runner = await w.start({ settings: { carryOut: false } });
    await w.clock.advance(60_000);
    expect(runner.state()).toBe("off");
    expect(w.store.change(id).state).toBe("waiting");
    expect(w.store.calls).toEqual([]);
  });

  it("stops everywhere at once when its lease passes to another", async () => {
    const w = world();
    w.brokers.delayMs = 3_000;
    const { id } = w.plan(everyKind(w, "acme"));
    const runner = await w.start();
    await w.clock.advance(1_000);
    expect(w.brokers.written).toHaveLength(1);
    w.store.steal();
    await w.clock.advance(20_000);
    expect(runner.state()).toBe("elsewhere");
    expect(w.brokers.written).toHaveLength(1);
    expect(w.outcomes(id)).toEqual(["started", "pending", "started", "started"]);
    // The other does nothing and its lease runs out.
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 60_000);
    expect(runner.state()).toBe("running");
    expect(w.outcomes(id)).toEqual(["applied", "applied", "applied", "applied"]);
    expect(w.brokers.written).toHaveLength(3);
  });

  it("begins at once when it is woken", async () => {
    const w = world();
    const runner = await w.start();
    await w.clock.advance(100);
    const { id } = w.plan([quota("acme")]);
    w.brokers.setQuota("acme", "producer_byte_rate", 1_000_000);
    runner.wake();
    await settle();
    expect(w.brokers.written).toHaveLength(1);
    await w.clock.advance(100);
    expect(w.store.change(id).state).toBe("applied");
  });

  it("does periodic work of others, but only while it holds the lease and never twice at a time", async () => {
    const w = world();
    let turns = 0;
    let open: () => void = () => undefined;
    const onTurn = [
      async () => {
        turns++;
        await new Promise<void>((resolve) => {
          open = resolve;
        });
      },
    ];
    await w.start({ holder: "first" });
    await w.start({ holder: "second", onTurn });
    await w.clock.advance(5_000);
    expect(turns).toBe(0);
    w.store.steal();
    const third = world();
    await third.start({ onTurn });
    await third.clock.advance(5_000);
    expect(turns).toBe(1);
    open();
    await third.clock.advance(1_000);
    expect(turns).toBe(2);
    open();
  });
});

describe("waiting for the end of a change", () => {
  it("answers when it is finished, also on a process that does not carry it out", async () => {
    const w = world();
    w.brokers.delayMs = 1_000;
    await w.start({ holder: "first" });
    const second = await w.start({ holder: "second" });
    const { id } = w.plan(everyKind(w, "acme"));
    let atMs = 0;
    const waiting = second.settled(id, 60_000).then(() => {
      atMs = w.clock.now();
    });
    await passUntil(w.clock, () => atMs > 0);
    await waiting;
    const finishedMs = Date.parse(w.store.change(id).finishedAt ?? "");
    expect(atMs - finishedMs).toBeLessThan(500);
  });

  it("answers at its deadline when the change takes longer, and at once for a change that is over", async () => {
    const w = world();
    w.brokers.delayMs = 20_000;
    const runner = await w.start();
    const { id } = w.plan(everyKind(w, "acme"));
    const beganMs = w.clock.now();
    let atMs = 0;
    void runner.settled(id, 2_000).then(() => {
      atMs = w.clock.now();
    });
    await passUntil(w.clock, () => atMs > 0);
    expect(atMs - beganMs).toBeLessThanOrEqual(2_300);
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null);
    await runner.settled(id, 60_000);
  });
});

describe("metrics", () => {
  it("count operations by what they came to, and batches with their time", async () => {
    const w = world();
    const { id } = w.plan([...everyKind(w, "acme"), retention("globex.orders")]);
    await w.start({ halt: neverHalt() });
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null);
    const text = await w.metrics.metrics();
    expect(text).toContain('tenant_console_change_operations_total{state="applied"} 4');
    expect(text).toContain('tenant_console_change_operations_total{state="failed"} 1');
    expect(text).toContain("tenant_console_change_batches_total 1");
    expect(text).toContain("tenant_console_change_batch_seconds_count 1");
  });
});
