import { describe, expect, it } from "vitest";
import { EMPTY_NOISE_MEMORY } from "./judge-cluster";
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

  it("blames nobody for request time that is inside its own promise, nor where its bytes are inside theirs", () => {
    const percent = 40;
    const of = (requests: number, kilobytes: number) => {
      const rates = { acme: 0.5, brook: 0.5, kestrel: kilobytes };
      const reading = { rates, idle: 0.1, requests: { acme: 1, brook: 1, kestrel: requests } };
      const levels = judged([reading, reading, reading], EMPTY_NOISE_MEMORY, { requestPercent: percent }).at(-1)?.noise.levels;
      return levels?.find(({ tenantId, resource }) => tenantId === "kestrel" && resource === "requests")?.verdict;
    };
    // The list promise is 3 kB/s in all and 40 % of a thread on each broker.
    expect(of(percent + 1, 300)).toBe("noisy");
    expect(of(percent, 300)).toBe("inside");
    expect(of(percent + 1, 2.9)).toBe("inside");
  });
});
