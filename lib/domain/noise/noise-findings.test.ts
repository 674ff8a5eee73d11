import { describe, expect, it } from "vitest";
import { AT_MS } from "@/lib/domain/testing/cluster-fixture";
import { CALM, judged, MINUTE, type Reading, STORM } from "./testing/readings";

describe("findings of noise", () => {
  it("says who, where, since when, of what, against what, and who fell behind", () => {
    const noise = judged([CALM, STORM, STORM]).at(-1)?.noise;
    const finding = noise?.findings.find(({ rule, subject }) => rule === "noise.noisy" && subject === "broker 2 in");
    const said = finding?.sentence.replaceAll(/[\u00a0\u202f]/g, " ");
    expect(said).toContain("kestrel takes 88 % of what broker 2 of c1 receives, 2.6 times the 33 % it is entitled to, since");
    expect(said).toContain("request handlers idle 10 %");
    expect(said).toContain("acme (acme.reader) 0 s → 6 m 39 s");
    expect(said).toContain("No mechanism seen.");
    expect(finding?.sinceMs).toBe(AT_MS + MINUTE);
    expect(finding?.evidence).toMatchObject({ brokerId: 2, resource: "in", victims: "acme.reader" });
  });

  it("blames nobody inside the promise, and says that the promise does not fit the broker", () => {
    // The promise is 3 kB/s in all, so that what is within it is told by small rates.
    const within: Reading = { rates: { acme: 0.5, brook: 0.5, kestrel: 2.9 }, idle: 0.1 };
    const many: Reading = { ...within, rates: { ...within.rates, other: 20 } };
    const told = judged([many, many, many]).map(({ noise }) => noise.findings.map(({ rule }) => rule));
    expect(told).toEqual([[], [], ["noise.pressure"]]);
    const [finding] = judged([many, many, many]).at(-1)?.noise.findings ?? [];
    expect(finding?.sentence.replaceAll(/[\u00a0\u202f]/g, " ")).toBe(
      "Broker 2 of c1 is under pressure: request handlers idle 10 %. kestrel takes 12 % of what it receives, inside its promise: what is promised does not fit the broker.",
    );
  });

  it("does not say that a broker copes while it is still to be seen whether the pressure is over", () => {
    const quiet = { ...STORM, idle: 0.9 };
    const sentences = judged([CALM, STORM, STORM, quiet])
      .at(-1)
      ?.noise.findings.map(({ sentence }) => sentence.replaceAll(/[\u00a0\u202f]/g, " "));
    expect(sentences?.[0]).toContain("The broker was under pressure until just now: request handlers idle 10 %.");
  });
});
