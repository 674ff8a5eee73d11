import { describe, expect, it } from "vitest";
import { fleetOf } from "@/lib/collector/testing/fake-fleet";
import { condition, MINUTE, START, world } from "@/lib/collector/testing/world";
import { createAcknowledgementKeeper } from "./acknowledgement-keeper";

const UNTIL = new Date(Date.parse(START) + 60 * MINUTE).toISOString();
const seen = { by: "ada", until: UNTIL, reason: "known" };

async function setUp() {
  const arranged = world();
  arranged.holding.push(condition("a"));
  const collectors = [await arranged.start(), await arranged.start()] as const;
  await arranged.clock.advance(MINUTE);
  const acknowledged = () => collectors.map((collector) => collector.fleet().conditions.map((one) => one.acknowledged?.by ?? null));
  return { ...arranged, collectors, acknowledged };
}

describe("an acknowledgement", () => {
  it("shows at once where it was taken in, and soon in every other process", async () => {
    const { clock, store, collectors, acknowledged } = await setUp();
    for (const one of store.open) one.acknowledged = seen;
    await collectors[0].reassemble();
    expect(acknowledged()).toEqual([["ada"], [null]]);
    await clock.advance(MINUTE);
    expect(acknowledged()).toEqual([["ada"], ["ada"]]);
  });

  it("is not passed on to what begins again before the store is read again", async () => {
    const { clock, store } = world();
    store.open.push({ ...condition("a", { acknowledged: seen }), episode: 1 });
    const keeper = await createAcknowledgementKeeper(store, clock);
    keeper.forgetEnded(fleetOf([], [], [condition("a")]));
    expect([...keeper.acknowledgements().keys()]).toEqual(["a"]);
    keeper.forgetEnded(fleetOf([], [], []));
    expect(keeper.acknowledgements().size).toBe(0);
    expect(await keeper.update()).toBe(true);
    expect(await keeper.update()).toBe(false);
  });

  it("that cannot be read leaves those that are known", async () => {
    const { clock, store, collectors, acknowledged } = await setUp();
    for (const one of store.open) one.acknowledged = seen;
    await collectors[0].reassemble();
    store.outage = new Error("connection refused");
    await clock.advance(2 * MINUTE);
    expect(acknowledged()[0]).toEqual(["ada"]);
  });
});
