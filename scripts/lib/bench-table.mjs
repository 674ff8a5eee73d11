/**
 * A line as bench/lib/row.ts reports it; `load` is the machine's load of the last minute when it was measured, `met` null where the reach is not for the size.
 * @typedef {{ what: string, at: string, figure: string, reference: string, reach: string, met: boolean | null, gate?: true, load: string }} MeasuredRow
 */

const HEADS = ["what", "at", "figure", "ratio or reference", "reach", "met", "load"];

/**
 * @param {MeasuredRow[]} rows
 * @returns {string} a table in Markdown, its columns aligned
 */
export function table(rows) {
  const cells = rows.map((row) => [
    row.what,
    row.at,
    row.figure,
    row.reference,
    row.reach,
    row.met === null ? "–" : row.met ? "yes" : "no",
    row.load,
  ]);
  const widths = HEADS.map((head, column) => Math.max(...[head, ...cells.map((line) => line[column] ?? "")].map(({ length }) => length)));
  const line = (/** @type {string[]} */ texts) => `| ${texts.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(HEADS), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n");
}

/** @param {MeasuredRow[]} rows */
export const brokenGates = (rows) => rows.filter((row) => row.gate === true && row.met === false);
