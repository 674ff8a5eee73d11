/** One line of a chart. `values` and `max` are aligned with the chart's `times`; null is a gap and stays one. */
export interface ChartSeries {
  key: string;
  name: string;
  /** 1 to 6; "rest" for the lines beyond six, which are drawn thin and without a label. */
  color: number | "rest";
  values: readonly (number | null)[];
  /** Highest value inside each step: drawn as a band above the line. */
  max?: readonly (number | null)[];
}

/** A limit as a dashed line that steps where it was changed. */
export interface ChartLimit {
  key: string;
  /** What stands before the number: "quota". */
  label: string;
  values: readonly (number | null)[];
}

export interface ChartRow {
  at: number;
  [key: string]: number | null | [number, number];
}

export const valueKey = (index: number): string => `value${index}`;
export const bandKey = (index: number): string => `band${index}`;
export const limitKey = (index: number): string => `limit${index}`;

/** The rows a chart draws, in its own unit. A band has both ends or none. */
export function chartRows(
  times: readonly number[],
  series: readonly ChartSeries[],
  limits: readonly ChartLimit[],
  divisor: number,
): ChartRow[] {
  return times.map((at, step) => {
    const row: ChartRow = { at };
    for (const [index, line] of series.entries()) {
      const value = line.values[step] ?? null;
      const max = line.max?.[step] ?? null;
      row[valueKey(index)] = value === null ? null : value / divisor;
      if (line.max !== undefined) row[bandKey(index)] = value === null || max === null ? null : [value / divisor, max / divisor];
    }
    for (const [index, limit] of limits.entries()) {
      const value = limit.values[step] ?? null;
      row[limitKey(index)] = value === null ? null : value / divisor;
    }
    return row;
  });
}

/** The highest value a chart has to show, limits included; 0 when there is none. */
export function highestOf(series: readonly ChartSeries[], limits: readonly ChartLimit[]): number {
  let highest = 0;
  const look = (values: readonly (number | null)[] | undefined) => {
    for (const value of values ?? []) if (value !== null && value > highest) highest = value;
  };
  for (const line of series) {
    look(line.values);
    look(line.max);
  }
  for (const limit of limits) look(limit.values);
  return highest;
}

/** Runs of one limit value: where each starts and ends, as indexes into `times`. */
export function limitSteps(values: readonly (number | null)[]): { value: number; first: number; last: number }[] {
  const steps: { value: number; first: number; last: number }[] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const open = steps.at(-1);
    if (open && open.value === value && open.last === index - 1) open.last = index;
    else steps.push({ value, first: index, last: index });
  }
  return steps;
}

/** Whether a value stands between two gaps, where no line can show it. */
export function isAlone(values: readonly (number | null)[], step: number): boolean {
  return (values[step] ?? null) !== null && (values[step - 1] ?? null) === null && (values[step + 1] ?? null) === null;
}

/** The last value that is known and where it stands. */
export function lastKnown(values: readonly (number | null)[]): number | null {
  for (let index = values.length - 1; index >= 0; index -= 1) {
    const value = values[index];
    if (value !== null && value !== undefined) return value;
  }
  return null;
}

/** A name never becomes a formula, as in the server's own files. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The chart as CSV: raw numbers, the unit in the head, a gap as an empty cell. */
export function chartCsv(times: readonly number[], series: readonly ChartSeries[], limits: readonly ChartLimit[], unit: string): string {
  const lines = [...series, ...limits.map((limit) => ({ name: limit.label, values: limit.values }))];
  const head = ["time", ...lines.map((line) => `${line.name} (${unit})`)].map(csvCell).join(",");
  const body = times.map((at, step) => [new Date(at).toISOString(), ...lines.map((line) => line.values[step] ?? "")].join(","));
  return `${[head, ...body].join("\r\n")}\r\n`;
}
