import { expect, it } from "vitest";
import { MINUTE, START, world } from "@/lib/collector/testing/world";
import type { ActiveBrake } from "@/lib/domain/change/facts";

const BRAKE: ActiveBrake = { changeId: 7, tenantId: "acme", until: START, by: "ada", reason: null, operations: [] };

async function setUp() {
  const arranged = world();
  const collector = await arranged.start();
  await arranged.clock.advance(MINUTE);
  const known = () => [...(arranged.assemble.inputs.at(-1)?.memory.brakes.keys() ?? [])];
  return { ...arranged, collector, known };
}

it("a brake shows at once where it was set, and soon in every other process", async () => {
  const { clock, store, collector, known } = await setUp();
  expect(known()).toEqual([]);
  store.brakes.set("acme", BRAKE);
  await collector.reassemble();
  expect(known()).toEqual(["acme"]);
  store.brakes.delete("acme");
  await clock.advance(MINUTE);
  expect(known()).toEqual([]);
});

it("brakes that cannot be read stay as they are known", async () => {
  const { clock, store, collector, known } = await setUp();
  store.brakes.set("acme", BRAKE);
  await collector.reassemble();
  store.outage = new Error("connection refused");
  await clock.advance(2 * MINUTE);
  expect(known()).toEqual(["acme"]);
});
