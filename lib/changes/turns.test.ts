import { describe, expect, it } from "vitest";
import { settle } from "@/lib/collector/testing/manual-clock";
import { createTurns, type Rank } from "./turns";

describe("turns", () => {
  it("are one at a time, the most urgent first, then who came first", async () => {
    const turns = createTurns();
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const wait = (who: string, rank: Rank) =>
      void turns.take("shared-1", rank).then((end) => {
        order.push(who);
        ends.push(end);
      });
    wait("first", 2);
    await settle();
    for (const [who, rank] of [
      ["rollout", 2],
      ["single", 1],
      ["brake", 0],
      ["single again", 1],
    ] as const)
      wait(who, rank);
    for (let turn = 0; turn < 5; turn++) {
      await settle();
      expect(order).toHaveLength(turn + 1);
      ends[turn]?.();
    }
    expect(order).toEqual(["first", "brake", "single", "single again", "rollout"]);
  });

  it("of another name do not wait", async () => {
    const turns = createTurns();
    await turns.take("shared-1", 2);
    await turns.take("shared-2", 2);
  });

  it("end once, however often that is said", async () => {
    const turns = createTurns();
    const end = await turns.take("shared-1", 2);
    let taken = 0;
    const others = [1, 2].map(() => turns.take("shared-1", 2).then(() => taken++));
    end();
    end();
    await settle();
    expect(taken).toBe(1);
    expect(others).toHaveLength(2);
  });

  it("leave nothing behind when nobody waits", async () => {
    const turns = createTurns();
    (await turns.take("shared-1", 2))();
    (await turns.take("shared-1", 2))();
  });
});
