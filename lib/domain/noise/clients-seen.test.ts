import { describe, expect, it } from "vitest";
import { seenClients } from "./clients-seen";
import { EMPTY_NOISE_MEMORY } from "./judge-cluster";
import { CALM, judged, MINUTE, type Reading, STORM } from "./testing/readings";

const DAY = 24 * 60 * MINUTE;
const causesOf = (readings: readonly Reading[]) =>
  judged(readings)
    .at(-1)
    ?.noise.episodes.find(({ level }) => level.resource === "in")
    ?.causes.map(({ kind }) => kind);
const WITHOUT: Reading = { rates: { acme: 20, brook: 20 } };

describe("clients that were seen", () => {
  it("are new when they come with the rise, and not when they were there before", () => {
    expect(causesOf([WITHOUT, STORM, STORM])).toContain("new-client");
    expect(causesOf([CALM, STORM, STORM])).not.toContain("new-client");
    expect(causesOf([CALM, WITHOUT, STORM, STORM])).not.toContain("new-client");
  });

  it("are forgotten a day after they were last told", () => {
    const kept = { firstMs: 1, lastMs: 1 };
    const memory = { ...EMPTY_NOISE_MEMORY, clients: new Map([['["acme","old"]', kept]]) };
    const at = (atMs: number) => {
      const judging = { memory, fresh: new Map(), atMs } as unknown as Parameters<typeof seenClients>[0];
      return [...seenClients(judging).keys()];
    };
    expect(at(DAY)).toEqual(['["acme","old"]']);
    expect(at(DAY + 2)).toEqual([]);
  });
});
