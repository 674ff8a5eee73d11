import { afterEach, expect, it, vi } from "vitest";
import { runSlices } from "./run-slices";

afterEach(() => vi.restoreAllMocks());

/** Steps that take so long each, by a clock that only they move. */
function stepsTaking(eachMs: readonly number[]): Generator<void, string, undefined> {
  let nowMs = 0;
  vi.spyOn(performance, "now").mockImplementation(() => nowMs);
  return (function* () {
    for (const [at, ms] of eachMs.entries()) {
      nowMs += ms;
      if (at < eachMs.length - 1) yield;
    }
    return "done";
  })();
}

/** How often the event loop went round before the work was answered. */
async function turnsOf(eachMs: readonly number[]): Promise<number> {
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    if (isDone) return;
    turns += 1;
    setImmediate(count);
  };
  setImmediate(count);
  expect(await runSlices(stepsTaking(eachMs))).toBe("done");
  isDone = true;
  return turns;
}

it.each([
  ["little work is answered in the turn that asked", [1, 1, 1], 0],
  ["a slice of time that is used up ends the turn", [5, 5, 1], 1],
  ["each slice has a turn of its own", [9, 9, 9, 1], 3],
  ["what follows a slice that is used up for the better part has a turn of its own", [1, 1, 3], 1],
  ["what follows one long step has a turn of its own", [30], 1],
])("%s", async (_what, eachMs, turns) => {
  expect(await turnsOf(eachMs)).toBe(turns);
});
