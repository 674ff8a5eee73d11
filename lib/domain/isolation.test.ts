import { describe, expect, it } from "vitest";
import { CAPABILITIES, MODELS } from "./isolation";

/** The summary table of the AWS post, copied by hand. */
const SUMMARY: [name: string, pool: string, bridge: string, silo: string][] = [
  ["own-encryption-key", "no", "no", "yes"],
  ["right-to-be-forgotten", "no", "yes", "yes"],
  ["own-retention", "no", "yes", "yes"],
  ["own-message-size", "no", "yes", "yes"],
  ["own-replay", "conditional", "yes", "yes"],
];

describe("the isolation models", () => {
  it.each(SUMMARY.map((row, at) => [at, ...row] as const))("row %i, %s, agrees with the post", (at, id, pool, bridge, silo) => {
    const row = CAPABILITIES[at];
    expect(row?.id).toBe(id);
    expect(MODELS.map((model) => row?.cells[model].verdict)).toEqual([pool, bridge, silo]);
  });

  it("say why in every cell", () => {
    for (const { cells } of CAPABILITIES) for (const model of MODELS) expect(cells[model].why).toMatch(/^[A-Z].*\.$/);
  });

  it("have one row for each capability", () => {
    expect(new Set(CAPABILITIES.map(({ id }) => id)).size).toBe(CAPABILITIES.length);
  });
});
