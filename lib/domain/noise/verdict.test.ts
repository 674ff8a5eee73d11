import { describe, expect, it } from "vitest";
import type { LevelMemory } from "./noise";
import { judge, type VerdictInput } from "./verdict";

const MINUTE = 60_000;
const LOUD: VerdictInput = { share: 0.3, entitlement: 0.1, promise: "above", pressureSinceMs: 0, atMs: 0, toleranceMs: MINUTE };

/** Judges one reading a minute, and answers the last verdict. */
function verdictsOf(readings: readonly Partial<VerdictInput>[]) {
  let memory: LevelMemory | undefined;
  return readings.map((changes, minute) => {
    const judged = judge({ ...LOUD, atMs: minute * MINUTE, ...changes }, memory);
    memory = judged.memory;
    return judged.verdict;
  });
}

const twice = (changes: Partial<VerdictInput>) => verdictsOf([changes, changes]).at(-1);

describe("the verdict", () => {
  it.each<[string, Partial<VerdictInput>, string]>([
    ["twice its entitlement on a broker under pressure", {}, "noisy"],
    ["exactly twice, exactly a tenth", { share: 0.1, entitlement: 0.05 }, "noisy"],
    ["the same where the broker copes", { pressureSinceMs: null }, "loud"],
    ["less than twice", { share: 0.19 }, "quiet"],
    ["less than a tenth of the resource", { share: 0.09, entitlement: 0.01 }, "quiet"],
    ["inside its promise, whatever it takes", { share: 0.9, promise: "within" }, "inside"],
    ["a promise that cannot be compared with", { promise: "unknown" }, "quiet"],
    ["nothing promised", { entitlement: null }, "unpromised"],
    ["entitled to nothing there and taking much", { entitlement: 0 }, "noisy"],
  ])("of %s is %s", (_, changes, verdict) => expect(twice(changes)).toBe(verdict));

  it("blames nobody whose rise came after the pressure", () => {
    expect(twice({ pressureSinceMs: -10 * MINUTE })).toBe("loud");
  });

  it("takes a rise that is read with the pressure as no later", () => {
    expect(verdictsOf([{ pressureSinceMs: null, share: 0.01 }, { pressureSinceMs: MINUTE }, { pressureSinceMs: MINUTE }])).toEqual([
      "quiet",
      "quiet",
      "noisy",
    ]);
  });

  it("begins with the second reading and ends with the third calm one", () => {
    const calm = { share: 0.02 };
    expect(verdictsOf([{}, {}, calm, calm, calm])).toEqual(["quiet", "noisy", "noisy", "noisy", "quiet"]);
  });

  it("does not flap about its edge", () => {
    const edge = [0.21, 0.21, 0.19, 0.21, 0.18, 0.2, 0.17].map((share) => ({ share }));
    expect(verdictsOf(edge).slice(1)).toEqual(["noisy", "noisy", "noisy", "noisy", "noisy", "noisy"]);
  });

  it("forgets one loud reading", () => expect(verdictsOf([{}, { share: 0.05 }, {}])).toEqual(["quiet", "quiet", "quiet"]));

  it("drops the blame at once when a tenant is inside its promise again", () => {
    expect(verdictsOf([{}, {}, { promise: "within" }])).toEqual(["quiet", "noisy", "inside"]);
  });

  it("is never raised by taking less, which is all that a lower quota can do", () => {
    const rank = ["unpromised", "quiet", "inside", "loud", "noisy"];
    for (const pressureSinceMs of [null, 0]) {
      for (const entitlement of [0, 0.01, 0.05, 0.2]) {
        let last = rank.length;
        for (let share = 1; share >= 0; share -= 0.05) {
          const now = rank.indexOf(twice({ share, entitlement, pressureSinceMs }) ?? "");
          expect(now).toBeLessThanOrEqual(last);
          last = now;
        }
      }
    }
  });
});
