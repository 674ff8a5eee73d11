import { describe, expect, it } from "vitest";
import { AFTER, BEFORE, everyKind, standing } from "./testing/every-kind";
import { type Halt, neverHalt } from "./testing/halting";
import { passUntil, type World, world } from "./testing/world";

const TENANTS = ["acme", "globex"];

/** A world in which a change of two tenants is stored. */
function planned(): { w: World; id: number } {
  const w = world();
  w.brokers.delayMs = 250;
  const { id } = w.plan(TENANTS.flatMap((tenantId) => everyKind(w, tenantId)));
  return { w, id };
}

/** How many calls it takes when nobody interrupts it. */
async function callsOfAWholeRun(): Promise<number> {
  const { w, id } = planned();
  const halt = neverHalt();
  halt.left = 1_000_000;
  await w.start({ halt });
  await passUntil(w.clock, () => w.store.change(id).finishedAt !== null);
  return 1_000_000 - halt.left;
}

const calls = await callsOfAWholeRun();

/** Runs until the process is killed, and answers when nothing of it moves any more. */
async function runUntil(w: World, halt: Halt): Promise<void> {
  void w.start({ halt });
  await w.clock.advance(6_000);
  expect(halt.left).toBeLessThanOrEqual(0);
}

function states(w: World, id: number): string[] {
  return w.store.operations(id).map(({ state }) => state);
}

/** Each value is written once, or the same value again. */
function expectIdempotent(w: World): void {
  const values = new Map<string, Set<string>>();
  for (const one of w.brokers.written) {
    const [name = "", value = ""] = one.split(" = ");
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  for (const written of values.values()) expect(written.size).toBe(1);
  expect(w.brokers.written.length).toBeLessThanOrEqual(2 * values.size);
}

describe("a console that is killed while a change is carried out", () => {
  it("is tried at many places", () => {
    expect(calls).toBeGreaterThan(25);
  });

  const places = Array.from({ length: calls }, (_, index) => index + 1);
  describe.each([
    ["before the effect of", false],
    ["after the effect of", true],
  ])("%s", (_, afterEffect) => {
    it.each(places)("call %i: another one finishes it, with nothing lost and nothing twice", async (left) => {
      const { w, id } = planned();
      await runUntil(w, { left, afterEffect });
      await w.start({ holder: "another" });
      await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 60_000);
      expect(w.store.change(id).state).toBe("applied");
      expect(new Set(states(w, id))).toEqual(new Set(["applied"]));
      for (const tenantId of TENANTS) expect(standing(w, tenantId)).toEqual(AFTER);
      expect(w.store.declaredCount).toBe(TENANTS.length);
      expectIdempotent(w);
    });

    it.each(places)("call %i, and a person who cancels it then: each operation is told as it is", async (left) => {
      const { w, id } = planned();
      await runUntil(w, { left, afterEffect });
      if (w.store.change(id).finishedAt !== null) return;
      await w.store.setWish(id, "cancel");
      const before = w.brokers.written.length;
      await w.start({ holder: "another" });
      await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 60_000);
      expect(w.brokers.written).toHaveLength(before);
      const stands = TENANTS.flatMap((tenantId) => standing(w, tenantId));
      const told = states(w, id).map((state, index) => (state === "applied" ? AFTER : BEFORE)[index % AFTER.length]);
      expect(stands).toEqual(told);
      expect(new Set([...states(w, id), "applied", "not-attempted"])).toEqual(new Set(["applied", "not-attempted"]));
    });

    it.each(places)("call %i, with a request that arrived in part: the rest is written", async (left) => {
      const { w, id } = planned();
      // Of each request only what is for one tenant arrives, as long as the first process lives.
      w.brokers.fault = (item) => (item.includes("globex") ? "loses the request" : undefined);
      await runUntil(w, { left, afterEffect });
      w.brokers.fault = () => undefined;
      await w.start({ holder: "another" });
      await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 60_000);
      expect(new Set(states(w, id))).toEqual(new Set(["applied"]));
      for (const tenantId of TENANTS) expect(standing(w, tenantId)).toEqual(AFTER);
      expectIdempotent(w);
    });
  });

  it("goes on at once in the process that an embedded database belongs to", async () => {
    const { w, id } = planned();
    await runUntil(w, { left: Math.floor(calls / 2), afterEffect: true });
    await w.start();
    await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 3_000);
    expect(w.store.change(id).state).toBe("applied");
  });

  describe.each([
    ["at a value", (w: World) => w.brokers.setConfig("acme.orders", "retention.ms", "1"), ["not-attempted", "not-attempted", "conflict"]],
    [
      "at a declaration",
      (w: World) => w.store.declared.set([...w.store.declared.keys()][0] ?? "", '"x"'),
      ["applied", "conflict", "not-attempted"],
    ],
  ])("leaves a unit that broke %s as it is", (_, breakUnit, broken) => {
    it.each(places)("call %i", async (left) => {
      const { w, id } = planned();
      breakUnit(w);
      await runUntil(w, { left, afterEffect: true });
      await w.start({ holder: "another" });
      await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 60_000);
      expect(states(w, id)).toEqual([...broken, "not-attempted", ...AFTER.map(() => "applied")]);
    });
  });
});
