import { describe, expect, it } from "vitest";
import { watchLoop } from "./loop-watch";

/** A loop that comes round when it is told to: after so long, in which the process computed for so long. */
function loop() {
  let nowMs = 1_000;
  let processorMs = 500;
  let look = (): void => undefined;
  let ended = false;
  const watch = watchLoop({
    nowMs: () => nowMs,
    processorMs: () => processorMs,
    every(_ms, act) {
      look = act;
      return () => {
        ended = true;
      };
    },
  });
  const turn = (tookMs: number, computedMs: number): void => {
    nowMs += tookMs;
    processorMs += computedMs;
    look();
  };
  return { watch, turn, ended: () => ended };
}

describe("the delay of the event loop", () => {
  it.each([
    ["on time", 10, 2, { maxMs: 0, ownMaxMs: 0 }],
    ["early", 8, 8, { maxMs: 0, ownMaxMs: 0 }],
    ["late by its own work", 70, 70, { maxMs: 60, ownMaxMs: 60 }],
    ["late by work of several threads at once", 70, 110, { maxMs: 60, ownMaxMs: 60 }],
    ["late while others had the processors", 510, 40, { maxMs: 500, ownMaxMs: 40 }],
  ])("is told with the part that is its own: %s", (_how, tookMs, computedMs, delays) => {
    const { watch, turn } = loop();
    turn(tookMs, computedMs);
    expect(watch.take()).toEqual(delays);
  });

  it("is the longest of each since it was last asked for, whichever turns those were", () => {
    const { watch, turn } = loop();
    turn(310, 20);
    turn(90, 85);
    turn(10, 1);
    expect(watch.take()).toEqual({ maxMs: 300, ownMaxMs: 80 });
    turn(30, 25);
    expect(watch.take()).toEqual({ maxMs: 20, ownMaxMs: 20 });
    expect(watch.take()).toEqual({ maxMs: 0, ownMaxMs: 0 });
  });

  it("is not looked at any longer after its end", () => {
    const { watch, ended } = loop();
    watch.stop();
    expect(ended()).toBe(true);
  });
});
