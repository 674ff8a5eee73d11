/** Something that happened beside the lines: an operation of MSK, a change made here. Drawn on the time axis. */
export interface ChartMark {
  key: string;
  fromMs: number;
  /** null: it goes on. */
  toMs: number | null;
  /** What it was, by whom, from when to when: for the pointer, the keyboard and a screen reader. */
  words: string;
  /** Where more of it is to be read; such a mark can be followed. */
  href?: string;
}

export interface PlacedMark {
  mark: ChartMark;
  /** Place of its begin and its end on the axis, 0 to 1. */
  left: number;
  right: number;
}

/** Marks that touch the range of a chart, where they stand on its axis; what reaches beyond the range is cut there. */
export function placeMarks(marks: readonly ChartMark[], fromMs: number, toMs: number): PlacedMark[] {
  const span = toMs - fromMs;
  if (span <= 0) return [];
  const at = (ms: number): number => Math.min(1, Math.max(0, (ms - fromMs) / span));
  return marks
    .filter((mark) => mark.fromMs <= toMs && (mark.toMs === null || mark.toMs >= fromMs))
    .map((mark) => ({ mark, left: at(mark.fromMs), right: at(mark.toMs ?? toMs) }));
}

/** What was going on in the step that begins at `atMs`. */
export function marksAt(marks: readonly ChartMark[], atMs: number, stepMs: number): ChartMark[] {
  return marks.filter((mark) => mark.fromMs < atMs + stepMs && (mark.toMs === null || mark.toMs >= atMs));
}
