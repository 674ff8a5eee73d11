import { describe, expect, it } from "vitest";
import { CAPABILITIES, CAPABILITY_IDS, type CapabilityId, capabilityOf, cellOn, MODELS, type Verdict } from "./isolation";

/** The summary table of the AWS post, copied by hand. */
const SUMMARY: [name: CapabilityId, pool: string, bridge: string, silo: string][] = [
  ["own-encryption-key", "no", "no", "yes"],
  ["right-to-be-forgotten", "no", "yes", "yes"],
  ["own-retention", "no", "yes", "yes"],
  ["own-message-size", "no", "yes", "yes"],
  ["own-replay", "conditional", "yes", "yes"],
];

/** By hand, from the text of the post and AWS's pages: Standard, Express and Serverless, for pool, bridge and silo in turn. */
const BY_KIND: Record<CapabilityId, [standard: string, express: string, serverless: string]> = {
  "own-encryption-key": ["no no yes", "no no yes", "no no no"],
  "right-to-be-forgotten": ["no yes yes", "no yes yes", "no yes yes"],
  "own-retention": ["no yes yes", "no yes yes", "no yes yes"],
  "own-message-size": ["no yes yes", "no yes yes", "no yes yes"],
  "own-replay": ["conditional yes yes", "conditional yes yes", "conditional yes yes"],
  "data-partitioning": ["no conditional yes", "no conditional yes", "no conditional no"],
  "selective-subscription": ["no yes yes", "no yes yes", "no yes yes"],
  "selective-scaling": ["no yes yes", "no yes yes", "no yes yes"],
  fairness: ["conditional yes yes", "conditional yes yes", "no no yes"],
  "access-isolation": ["conditional yes yes", "conditional yes yes", "conditional yes yes"],
  "running-cost": ["yes yes no", "yes yes no", "yes yes no"],
  "operational-effort": ["yes conditional no", "yes conditional no", "yes conditional no"],
};

describe("the isolation models", () => {
  it.each(SUMMARY.map((row, at) => [at, ...row] as const))("row %i, %s, agrees with the post", (at, id, pool, bridge, silo) => {
    const row = CAPABILITIES[at];
    expect(row?.id).toBe(id);
    expect(MODELS.map((model) => row?.cells[model].verdict)).toEqual([pool, bridge, silo]);
  });

  it.each(CAPABILITY_IDS)("differ by kind of cluster as AWS says: %s", (id) => {
    const told = (["standard", "express", "serverless"] as const).map((kind) =>
      MODELS.map((model) => cellOn(capabilityOf(id), model, kind).verdict).join(" "),
    );
    expect(told).toEqual(BY_KIND[id]);
  });

  it("say why in every cell, on every kind", () => {
    for (const capability of CAPABILITIES) {
      for (const model of MODELS) {
        for (const kind of [null, "standard", "express", "serverless"] as const) {
          expect(cellOn(capability, model, kind).why).toMatch(/^[A-Z].*\.$/);
        }
        expect(capability.cells[model].word).toMatch(/^[a-z ]{2,12}$/);
      }
    }
  });

  it("say of a cluster of no known kind what holds for clusters as such", () => {
    for (const capability of CAPABILITIES) {
      for (const model of MODELS) {
        const told = new Set<Verdict>(
          (["standard", "express", "serverless"] as const).map((kind) => cellOn(capability, model, kind).verdict),
        );
        const { verdict } = cellOn(capability, model, null);
        // Where kinds disagree, the cell is one of theirs or says that it depends.
        expect(verdict === "conditional" || told.has(verdict)).toBe(true);
      }
    }
  });

  it("have one row for each capability, in the order of the ids", () => {
    expect(CAPABILITIES.map(({ id }) => id)).toEqual(CAPABILITY_IDS);
  });
});
