import { describe, expect, it } from "vitest";
import { CALM, judged, STORM } from "./testing/readings";

describe("an episode", () => {
  it("names the mechanism where the broker measured it", () => {
    const noise = judged([
      { ...CALM, fetchMs: 8 },
      { ...STORM, fetchMs: 95 },
      { ...STORM, fetchMs: 95 },
    ]).at(-1)?.noise;
    expect(noise?.episodes[0]?.mechanism).toEqual({ what: "fetch", beforeMs: 8, nowMs: 95 });
  });

  it("knows who fell behind since the last reading before it, and the loudest that it was", () => {
    const peak = { ...STORM, rates: { ...STORM.rates, kestrel: 900 } };
    const episode = judged([CALM, STORM, peak, STORM])
      .at(-1)
      ?.noise.episodes.find(({ level }) => level.resource === "in");
    expect(episode?.victims).toMatchObject([{ tenantId: "acme", beforeRecords: 0, nowRecords: 1_200 }]);
    expect(episode?.peak).toBeCloseTo(900 / 940);
  });
});
