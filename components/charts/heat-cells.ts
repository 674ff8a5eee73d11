/** Steps of the heat map, so that a colour means the same today and tomorrow: from these many times the entitlement. */
export const HEAT_EDGES = [0.25, 0.5, 1, 1.5, 2, 3] as const;

/** 0 to 6; the edge belongs to the step above it. */
export function heatStep(value: number): number {
  let step = 0;
  for (const edge of HEAT_EDGES) if (value >= edge) step += 1;
  return step;
}

/** The step of each cell, row by row; of cells without data one more than the last step. */
export function heatSteps(rows: readonly { values: readonly (number | null)[] }[], columns: number): Uint8Array {
  const steps = new Uint8Array(rows.length * columns);
  for (const [row, { values }] of rows.entries()) {
    for (let column = 0; column < columns; column += 1) {
      const value = values[column];
      steps[row * columns + column] = value == null ? HEAT_EDGES.length + 1 : heatStep(value);
    }
  }
  return steps;
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
