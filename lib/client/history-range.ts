export const RANGE_PRESETS = ["15m", "1h", "6h", "24h", "7d", "30d"] as const;
export type RangePreset = (typeof RANGE_PRESETS)[number];
export const DEFAULT_RANGE: RangePreset = "6h";

/** A span that ends now, or one between two ISO times. */
export type HistoryRange = { kind: "preset"; preset: RangePreset } | { kind: "custom"; from: string; to: string };

export function historyQuery(range: HistoryRange): { range: string } | { from: string; to: string } {
  return range.kind === "preset" ? { range: range.preset } : { from: range.from, to: range.to };
}

const PRESET_WORDS: Record<RangePreset, string> = { "15m": "15 min", "1h": "1 h", "6h": "6 h", "24h": "24 h", "7d": "7 d", "30d": "30 d" };

export function presetWords(preset: RangePreset): string {
  return PRESET_WORDS[preset];
}
