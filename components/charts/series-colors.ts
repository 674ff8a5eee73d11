const COLORS = 6;

/** The stroke of a series colour; lines beyond the sixth are faint. */
export function strokeOf(color: number | "rest"): string {
  return color === "rest" ? "var(--text-faint)" : `var(--series-${color})`;
}

/** A colour for each key, the same on every chart of a page that is given the same keys. */
export function seriesColors(keys: Iterable<string>): Map<string, number | "rest"> {
  const colors = new Map<string, number | "rest">();
  for (const key of keys) {
    if (!colors.has(key)) colors.set(key, colors.size < COLORS ? colors.size + 1 : "rest");
  }
  return colors;
}
