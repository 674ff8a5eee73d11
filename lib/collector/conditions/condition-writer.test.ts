import { describe, expect, it } from "vitest";
import { fleetOf } from "@/lib/collector/testing/fake-fleet";
import { manualClock } from "@/lib/collector/testing/manual-clock";
import { type MemoryStore, memoryStore } from "@/lib/collector/testing/memory-store";
import type { ConditionView } from "@/lib/domain/views/common";
import { type ConditionOwner, createConditionWriter } from "./condition-writer";

const START = "2026-01-01T00:00:00.000Z";
const REFRESH_MS = 300_000;

function condition(n: number, more: Partial<ConditionView> = {}): ConditionView {
  const subject = `t${n}`;
  return {
    id: `limit.near|${n}`,
    rule: "limit.near",
    severity: "warn",
    label: "Near",
    sentence: "80 %",
    evidence: {},
    tenantId: null,
    clusterId: "c",
    subject,
    since: START,
    until: null,
    acknowledged: null,
    ...more,
  };
}

function setUp(open: ConditionView[] = []) {
  const clock = manualClock(START);
  const store: MemoryStore = memoryStore(clock);
  store.open = open.map((each, episode) => ({ ...each, episode, acknowledged: null }));
  let held = true;
  const owner: ConditionOwner = {
    clusterId: "c",
    isHeld: () => held,
    async write(_operation, work) {
      await work({ name: "c", fence: 1 });
      return "written";
    },
  };
  void store.acquireLease("c", "me", 1_000_000);
  const writer = createConditionWriter({ store, clock, log: console, refreshEveryMs: REFRESH_MS, open, owners: () => [owner] });
  const show = (...conditions: ConditionView[]) => writer.write(fleetOf([], [], conditions));
  const episodes = () => new Map(store.open.map(({ id, episode }) => [id, episode]));
  return { clock, store, writer, show, episodes, hold: (now: boolean) => (held = now) };
}

const many = Array.from({ length: 130 }, (_, n) => condition(n));

describe("condition writer", () => {
  it("writes many in pieces, none of which ends what another began", async () => {
    const { store, show, episodes } = setUp();
    await show(...many);
    const before = episodes();
    expect([before.size, store.reconciled.length]).toEqual([130, 3]);
    await show(...many, condition(500));
    expect(episodes().size).toBe(131);
    for (const [id, episode] of before) expect(episodes().get(id)).toBe(episode);
  });

  it("writes nothing while nothing begins, ends or changes its severity", async () => {
    const { clock, store, show } = setUp();
    await show(condition(1));
    store.reconciled.length = 0;
    await show(condition(1, { sentence: "81 %" }));
    expect(store.reconciled).toEqual([]);
    await show(condition(1, { severity: "danger" }));
    expect(store.reconciled).toHaveLength(1);
    await clock.advance(REFRESH_MS);
    await show(condition(1, { severity: "danger", sentence: "99 %" }));
    expect(store.open).toMatchObject([{ sentence: "99 %", severity: "danger" }]);
  });

  it("ends what is no longer so, and only that", async () => {
    const { show, episodes } = setUp();
    await show(...many);
    await show(...many.slice(2));
    expect(episodes().size).toBe(128);
    expect(episodes().has("limit.near|0")).toBe(false);
  });

  it("writes many that end in pieces too, and looks at nothing beside each", async () => {
    const { store, show, episodes } = setUp();
    await show(...many, condition(500));
    store.reconciled.length = 0;
    await show(condition(500));
    expect([...episodes().keys()]).toEqual(["limit.near|500"]);
    expect(store.reconciled.map(({ scope }) => scope.only?.length)).toEqual([50, 50, 30]);
  });

  it("takes over what another process wrote while it had the lease", async () => {
    const { store, show, episodes, hold } = setUp();
    await show(condition(1));
    hold(false);
    await show(condition(1));
    store.open.push({ ...condition(2), episode: 77, acknowledged: null });
    hold(true);
    await show(condition(1), condition(2), condition(3));
    expect(episodes().get("limit.near|2")).toBe(77);
    expect(episodes().size).toBe(3);
    await show();
    expect(episodes().size).toBe(0);
  });

  it("tells since when everything is so that is written down", async () => {
    const { writer, show } = setUp([condition(9, { since: "2025-01-01T00:00:00.000Z" })]);
    expect(writer.openSince().get("limit.near|9")).toBe("2025-01-01T00:00:00.000Z");
    await show(condition(1));
    expect([...writer.openSince().keys()]).toEqual(["limit.near|1"]);
  });
});
