import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PHASES, type PlannedOperation } from "@/lib/domain/change/operation";
import { AFTER, BEFORE, everyKind, standing } from "./testing/every-kind";
import { type Fault, UNREACHABLE } from "./testing/fake-brokers";
import { passUntil, type World, world } from "./testing/world";

const FAULTS: (Fault | undefined)[] = [
  undefined,
  "loses the answer",
  "loses the request",
  { refuses: { code: "forbidden", operation: "", message: "The broker refuses this." } },
  { refuses: { code: "unavailable", operation: "", message: "Not now. (THROTTLING_QUOTA_EXCEEDED)" } },
  { refuses: { code: "unavailable", operation: "", message: "Not I. (NOT_CONTROLLER)" }, uncertain: true },
];

const trouble = fc.record({
  tenants: fc.integer({ min: 1, max: 4 }),
  delayMs: fc.constantFrom(0, 100, 700),
  /** What happens to each write item in turn; after the last, all goes well. */
  faults: fc.array(fc.integer({ min: 0, max: FAULTS.length - 1 }), { maxLength: 25 }),
  /** Processes that are killed, one after the other. */
  kills: fc.array(fc.record({ left: fc.integer({ min: 1, max: 45 }), afterEffect: fc.boolean() }), { maxLength: 4 }),
  /** Outages of brokers and store, in seconds. */
  down: fc.option(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 60 }))),
  outage: fc.option(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 60 }))),
  cancelAfter: fc.option(fc.integer({ min: 0, max: 20 })),
});
type Trouble = typeof trouble extends fc.Arbitrary<infer T> ? T : never;

async function carriedOut(given: Trouble): Promise<{ w: World; id: number; planned: PlannedOperation[]; ids: string[] }> {
  const w = world();
  const ids = Array.from({ length: given.tenants }, (_, index) => `t${index}`);
  const planned = ids.flatMap((id) => everyKind(w, id));
  const { id } = w.plan(planned);
  w.brokers.delayMs = given.delayMs;
  const faults = [...given.faults];
  w.brokers.fault = () => FAULTS[faults.shift() ?? 0];
  const { down, outage, cancelAfter } = given;
  const at = (seconds: number, act: () => void) => w.clock.after(1_000 * seconds, act);
  if (down !== null) at(down[0], () => Object.assign(w.brokers, { down: UNREACHABLE }));
  if (down !== null) at(down[0] + down[1], () => Object.assign(w.brokers, { down: null }));
  if (outage !== null) at(outage[0], () => Object.assign(w.store, { outage: new Error("gone") }));
  if (outage !== null) at(outage[0] + outage[1], () => Object.assign(w.store, { outage: null }));
  if (cancelAfter !== null) at(cancelAfter, () => void w.store.setWish(id, "cancel").catch(() => undefined));
  for (const [index, halt] of given.kills.entries()) {
    void w.start({ halt, holder: `killed ${index}` });
    await w.clock.advance(4_000);
    halt.left = 0;
    await w.clock.advance(16_000);
  }
  await w.start({ holder: "last" });
  await passUntil(w.clock, () => w.store.change(id).finishedAt !== null, 1_000_000);
  return { w, id, planned, ids };
}

describe("whatever happens on the way", () => {
  it("each operation is told as it is, in an order that leaves nobody worse off", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(trouble, async (given) => {
        const { w, id, planned, ids } = await carriedOut(given);
        const states = w.store.operations(id).map(({ state }) => state);
        const stands = ids.flatMap((tenantId) => standing(w, tenantId));
        for (const [index, state] of states.entries()) {
          const isThere = state === "applied" || state === "unverified";
          expect([state, stands[index]]).toEqual([state, (isThere ? AFTER : BEFORE)[index % AFTER.length]]);
          // What stands in a phase has everything of the phases before it.
          const sooner = planned.flatMap(({ unit, phase }, other) => {
            const operation = planned[index];
            const isSooner = operation !== undefined && unit === operation.unit && PHASES.indexOf(phase) < PHASES.indexOf(operation.phase);
            return isSooner ? [states[other]] : [];
          });
          if (isThere) for (const before of sooner) expect(["applied", "unverified"]).toContain(before);
        }
        expect(w.store.declaredCount).toBe(
          states.filter((state, index) => state === "applied" && planned[index]?.phase === "declare").length,
        );
      }),
      { seed: 42, numRuns: 150 },
    );
  });
});
