/** Steps of the heat map, so that a colour means the same today and tomorrow: from these many times the entitlement. */
export const HEAT_EDGES = [0.25, 0.5, 1, 1.5, 2, 3] as const;

/** 0 to 6; the edge belongs to the step above it. */
export function heatStep(value: number): number {
  let step = 0;
  for (const edge of HEAT_EDGES) if (value >= edge) step += 1;
  return step;
}

/**
 * The cells of each step as one path in a drawing of one unit a cell; the last path is the cells without data. Neighbours of the same
 * step in a row are one piece, so that tens of thousands of cells are drawn as eight elements.
 */
export function heatPaths(rows: readonly { values: readonly (number | null)[] }[]): string[] {
  const pieces: string[][] = Array.from({ length: HEAT_EDGES.length + 2 }, () => []);
  rows.forEach(({ values }, row) => {
    let from = 0;
    while (from < values.length) {
      const step = stepOf(values[from]);
      let to = from + 1;
      while (to < values.length && stepOf(values[to]) === step) to += 1;
      pieces[step]?.push(`M${from} ${row}h${to - from}v1h${from - to}z`);
      from = to;
    }
  });
  return pieces.map((parts) => parts.join(""));
}

function stepOf(value: number | null | undefined): number {
  return value == null ? HEAT_EDGES.length + 1 : heatStep(value);
}

export interface Cell {
  row: number;
  column: number;
}

/** Where a key moves to; null: the key moves nothing. */
export function moved({ row, column }: Cell, key: string, rows: number, columns: number): Cell | null {
  const to = (nextRow: number, nextColumn: number): Cell => ({
    row: Math.min(Math.max(nextRow, 0), rows - 1),
    column: Math.min(Math.max(nextColumn, 0), columns - 1),
  });
  switch (key) {
    case "ArrowLeft":
      return to(row, column - 1);
    case "ArrowRight":
      return to(row, column + 1);
    case "ArrowUp":
      return to(row - 1, column);
    case "ArrowDown":
      return to(row + 1, column);
    case "Home":
      return to(row, 0);
    case "End":
      return to(row, columns - 1);
    case "PageUp":
      return to(0, column);
    case "PageDown":
      return to(rows - 1, column);
    default:
      return null;
  }
}
