import { expect, it } from "vitest";
import { brokenGates, table } from "./bench-table.mjs";

const row = { what: "lag", at: "1 broker", figure: "0.2 s", reference: "40 times", reach: "≤ 0.25 s", met: true, load: "1.0" };

it("aligns its columns to the widest cell", () => {
  const lines = table([row, { ...row, what: "a longer name", met: false }]).split("\n");
  expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  expect(lines[2]).toContain("| lag           | 1 broker |");
  expect(lines[3]).toContain("| no ");
});

it("fails for a gate that is not met, never for a figure", () => {
  expect(brokenGates([row, { ...row, met: false }, { ...row, gate: true }])).toEqual([]);
  expect(brokenGates([{ ...row, met: false, gate: true }])).toHaveLength(1);
});
