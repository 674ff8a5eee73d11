import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/domain/errors";
import { UNREACHABLE } from "./testing/fake-brokers";
import { quota } from "./testing/plans";
import { passUntil, type World, world } from "./testing/world";

const UNTIL = "2026-06-01T09:15:00.000Z";

/** Brakes a tenant for a quarter of an hour. */
function brake(w: World): number {
  w.brokers.setQuota("noisy", "producer_byte_rate", 1_000_000);
  return w.plan([quota("noisy", "producer_byte_rate", { after: "1000", phase: "tighten" })], { kind: "brake", brakeMinutes: 15 }).id;
}

/** The revert of a brake, as the path of all changes stores it. */
function revert(w: World, changeId: number, before = "1000"): number {
  const back = quota("noisy", "producer_byte_rate", { before, after: "1000000" });
  return w.plan([back], { kind: "revert", revertsId: changeId, idempotencyKey: `brake-end-${changeId}` }).id;
}

async function until(w: World, time: string): Promise<void> {
  await w.clock.advance(Date.parse(time) - w.clock.now());
}

describe("a brake", () => {
  it("is asked to be taken back once when its time is over, and not before", async () => {
    const w = world();
    const id = brake(w);
    const submitRevert = async (changeId: number, why: string, attempt: number) => {
      w.reverts.push({ changeId, why, attempt });
      revert(w, changeId);
    };
    await w.start({ submitRevert });
    await until(w, "2026-06-01T09:14:58Z");
    expect(w.brokers.quota("noisy", "producer_byte_rate")).toBe("1000");
    expect(w.reverts).toEqual([]);
    await until(w, "2026-06-01T09:15:03Z");
    expect(w.brokers.quota("noisy", "producer_byte_rate")).toBe("1000000");
    await w.clock.advance(3_600_000);
    expect(w.reverts).toEqual([{ changeId: id, why: `The brake's time was over at ${UNTIL}.`, attempt: 1 }]);
  });

  it("is not asked to be taken back again while a revert is under way", async () => {
    const w = world();
    brake(w);
    const submitRevert = async (changeId: number, why: string, attempt: number) => {
      w.reverts.push({ changeId, why, attempt });
      revert(w, changeId);
    };
    await w.start({ submitRevert });
    await until(w, "2026-06-01T09:14:58Z");
    w.brokers.down = UNREACHABLE;
    await until(w, "2026-06-01T09:16:40Z");
    w.brokers.down = null;
    await until(w, "2026-06-01T10:00:00Z");
    expect(w.reverts).toHaveLength(1);
    expect(w.brokers.quota("noisy", "producer_byte_rate")).toBe("1000000");
  });

  it("is tried to be taken back at every look while that cannot be stored", async () => {
    const w = world();
    brake(w);
    let attempts = 0;
    const submitRevert = async (changeId: number) => {
      if (++attempts < 4) throw new Error("the plan could not be made");
      revert(w, changeId);
    };
    await w.start({ submitRevert });
    await until(w, "2026-06-01T09:15:10Z");
    expect(attempts).toBe(4);
    expect(w.brokers.quota("noisy", "producer_byte_rate")).toBe("1000000");
    expect(w.logged.filter((one) => one.startsWith("A brake is over"))).toHaveLength(3);
  });

  it("is taken back by another process when the one that wrote it is gone", async () => {
    const w = world();
    const id = brake(w);
    const halt = { left: Number.POSITIVE_INFINITY, afterEffect: false };
    await w.start({ holder: "first", halt });
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null);
    halt.left = 0;
    await w.clock.advance(60_000);
    await w.start({ holder: "second" });
    await until(w, "2026-06-01T09:15:03Z");
    expect(w.reverts).toHaveLength(1);
  });

  it("whose time was over while no console ran is taken back at the next start", async () => {
    const w = world();
    const id = brake(w);
    const first = await w.start();
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null);
    const stopping = first.stop();
    await w.clock.advance(5_000);
    await stopping;
    await until(w, "2026-06-01T12:00:00Z");
    expect(w.reverts).toEqual([]);
    await w.start();
    await w.clock.advance(2_000);
    expect(w.reverts).toHaveLength(1);
  });

  it("that nobody could write in its time is not written any more", async () => {
    const w = world();
    const id = brake(w);
    await until(w, "2026-06-01T12:00:00Z");
    await w.start();
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 3_000);
    const message = "The brake's time was over before it could be written.";
    expect(w.store.change(id)).toMatchObject({ state: "cancelled", message, counts: { "not-attempted": 1 } });
    expect(w.brokers.written).toEqual([]);
    expect(w.reverts).toEqual([]);
  });

  it.each([7 * 86_400_000, -7 * 86_400_000])(
    "ends neither early nor late nor twice when the machine's clock is set by %i ms",
    async (jumpMs) => {
      const w = world();
      const id = brake(w);
      const submitRevert = async (changeId: number, why: string, attempt: number) => {
        w.reverts.push({ changeId, why, attempt });
        revert(w, changeId);
      };
      await w.start({ submitRevert });
      await passUntil(w.clock, () => w.store.change(id).finishedAt !== null);
      w.skewMs = jumpMs;
      await until(w, "2026-06-01T09:14:58Z");
      expect(w.reverts).toEqual([]);
      await until(w, "2026-06-01T09:15:03Z");
      expect(w.reverts).toHaveLength(1);
      w.skewMs = -jumpMs;
      await w.clock.advance(3_600_000);
      w.skewMs = 0;
      await w.clock.advance(3_600_000);
      expect(w.reverts).toHaveLength(1);
    },
  );

  it("is asked to be taken back again, with pauses, when a revert took nothing back", async () => {
    const w = world();
    const id = brake(w);
    const attempts: { attempt: number; atMs: number }[] = [];
    const submitRevert = async (changeId: number, _: string, attempt: number) => {
      attempts.push({ attempt, atMs: w.clock.now() });
      revert(w, changeId, attempt < 4 ? "4711" : "1000");
    };
    await w.start({ submitRevert });
    await until(w, "2026-06-01T10:15:00Z");
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    const pauses = attempts.slice(1).map(({ atMs }, index) => Math.round((atMs - (attempts[index]?.atMs ?? 0)) / 1_000));
    expect(pauses).toEqual([30, 60, 120]);
    expect(w.brokers.quota("noisy", "producer_byte_rate")).toBe("1000000");
    expect(w.store.change(id).state).toBe("applied");
  });

  it("is asked to be taken back again after a restart, as an attempt of its own", async () => {
    const w = world();
    const id = brake(w);
    const attempts: number[] = [];
    const submitRevert = async (changeId: number, _: string, attempt: number) => {
      attempts.push(attempt);
      revert(w, changeId, attempt === 1 ? "4711" : "1000");
    };
    const first = await w.start({ submitRevert });
    await until(w, "2026-06-01T09:15:10Z");
    const stopping = first.stop();
    await w.clock.advance(5_000);
    await stopping;
    await w.start({ submitRevert });
    await w.clock.advance(5_000);
    expect(attempts).toEqual([1, 2]);
    expect(w.brokers.quota("noisy", "producer_byte_rate")).toBe("1000000");
    expect(w.store.change(id).state).toBe("applied");
  });

  it("is tried less and less often while its end cannot be stored", async () => {
    const w = world();
    brake(w);
    let attempts = 0;
    await w.start({
      submitRevert: async () => {
        attempts++;
        throw new Error("the cluster does not answer");
      },
    });
    await until(w, "2026-06-01T09:25:00Z");
    expect(attempts).toBeGreaterThan(15);
    expect(attempts).toBeLessThan(30);
  });

  it("is not tried again once it is told that its cluster is gone", async () => {
    const w = world();
    brake(w);
    let attempts = 0;
    await w.start({
      submitRevert: async () => {
        attempts++;
        throw new AppError("not_found", "There is no cluster.");
      },
    });
    await until(w, "2026-06-02T09:25:00Z");
    expect(attempts).toBe(1);
    expect(w.logged.filter((one) => one.startsWith("A brake is over and cannot be taken back"))).toHaveLength(1);
  }, 120_000);

  it("on two clusters ends on the one that answers, while the other does not", async () => {
    const w = world();
    for (const brokers of [w.brokers, w.other]) brokers.setQuota("noisy", "producer_byte_rate", 1_000_000);
    const cap = (clusterId: string) => quota("noisy", "producer_byte_rate", { clusterId, after: "1000", phase: "tighten" });
    w.plan([cap("shared-1"), cap("shared-2")], { kind: "brake", brakeMinutes: 15 });
    const ends: number[] = [];
    const submitRevert = async (changeId: number, _: string, attempt: number) => {
      const back = (clusterId: string, unit: string) =>
        quota("noisy", "producer_byte_rate", { clusterId, unit, before: "1000", after: "1000000" });
      const operations = [back("shared-1", "tenant:noisy"), back("shared-2", "cluster:shared-2")];
      ends.push(w.plan(operations, { kind: "revert", revertsId: changeId, idempotencyKey: `brake-end-${changeId}-${attempt}` }).id);
    };
    await w.start({ submitRevert });
    await until(w, "2026-06-01T09:14:00Z");
    w.other.down = UNREACHABLE;
    await until(w, "2026-06-01T09:15:10Z");
    expect([w.brokers, w.other].map((one) => one.quota("noisy", "producer_byte_rate"))).toEqual(["1000000", "1000"]);
    w.other.down = null;
    await until(w, "2026-06-01T09:30:00Z");
    expect(w.other.quota("noisy", "producer_byte_rate")).toBe("1000000");
    expect(w.store.change(ends.at(-1) ?? 0).state).toBe("applied");
  });

  it("is written in its time when the machine's clock is ahead", async () => {
    const w = world();
    w.skewMs = 7 * 86_400_000;
    const id = brake(w);
    await w.start();
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 3_000);
    expect(w.store.change(id).state).toBe("applied");
  });

  it("that is paused with a part of it written ends in its time", async () => {
    const w = world();
    for (const brokers of [w.brokers, w.other]) brokers.setQuota("noisy", "producer_byte_rate", 1_000_000);
    w.other.down = UNREACHABLE;
    const cap = (clusterId: string) => quota("noisy", "producer_byte_rate", { clusterId, after: "1000", phase: "tighten" });
    const { id } = w.plan([cap("shared-1"), cap("shared-2")], { kind: "brake", brakeMinutes: 15 });
    await w.start({ submitRevert: async (changeId) => void revert(w, changeId) });
    await w.clock.advance(3_000);
    await w.store.setWish(id, "pause");
    await passUntil(w.clock, () => w.store.change(id).state === "paused" || w.store.change(id).finishedAt !== null);
    await until(w, "2026-06-01T09:15:20Z");
    expect(w.store.change(id).finishedAt).not.toBeNull();
    expect(w.brokers.quota("noisy", "producer_byte_rate")).toBe("1000000");
  });

  it("that was paused before anything was written is over in its time", async () => {
    const w = world();
    const id = brake(w);
    await w.store.setWish(id, "pause");
    await w.start();
    await passUntil(w.clock, () => w.store.change(id).state === "paused");
    await until(w, "2026-06-01T09:15:10Z");
    expect(w.store.change(id)).toMatchObject({ state: "cancelled", counts: { "not-attempted": 1 } });
    expect(w.reverts).toEqual([]);
  });

  it("ends although its end was paused", async () => {
    const w = world();
    brake(w);
    await w.start({
      submitRevert: async (changeId) => {
        await w.store.setWish(revert(w, changeId), "pause");
      },
    });
    await until(w, "2026-06-01T09:15:10Z");
    expect(w.brokers.quota("noisy", "producer_byte_rate")).toBe("1000000");
  });

  it("does not wait for another brake whose end takes long to be stored", async () => {
    const w = world();
    brake(w);
    w.brokers.setQuota("loud", "producer_byte_rate", 1_000_000);
    const loud = w.plan([quota("loud", "producer_byte_rate", { after: "1000" })], { kind: "brake", brakeMinutes: 20 });
    const asked: number[] = [];
    const submitRevert = async (changeId: number) => {
      asked.push(changeId);
      await new Promise(() => undefined);
    };
    await w.start({ submitRevert });
    await until(w, "2026-06-01T09:30:00Z");
    expect(asked).toEqual([1, loud.id]);
  });
});
