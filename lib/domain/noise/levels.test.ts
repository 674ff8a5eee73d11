import { describe, expect, it } from "vitest";
import { CALM, judged, STORM, verdicts } from "./testing/readings";

describe("levels", () => {
  it("finds the noisy neighbour within two intervals, and lets it go", () => {
    expect(verdicts([CALM, STORM, STORM, CALM, CALM, CALM])).toEqual(["quiet", "quiet", "noisy", "noisy", "noisy", "quiet"]);
  });

  it("calls it loud where the broker copes", () => {
    expect(verdicts([CALM, { ...STORM, idle: 0.8 }, { ...STORM, idle: 0.8 }]).at(-1)).toBe("loud");
  });

  it("is judged alike whatever is throttled and whichever quota is set", () => {
    const bare = judged([CALM, STORM, STORM]).map(({ noise }) => noise.levels);
    const quotas = [{ entity: { user: "kestrel" }, values: { producer_byte_rate: 1000 } }];
    const limited = judged([CALM, { ...STORM, quotas }, { ...STORM, quotas, throttleMs: 900 }]).map(({ noise }) => noise.levels);
    expect(limited).toEqual(bare);
  });
});
