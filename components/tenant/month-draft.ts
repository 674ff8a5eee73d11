import { exactBytes } from "@/lib/domain/change/exact-words";
import { parseBytes } from "@/lib/domain/units";
import type { MonthUse } from "@/lib/domain/usage/month";

export type MonthField = keyof MonthUse;

/** A month's values as a form holds them: all of it text, empty where it is not known. */
export type MonthDraft = Record<MonthField, string>;

/** What each value is called, in the order of the table. */
export const MONTH_FIELDS: readonly [field: MonthField, label: string, kind: "minutes" | "bytes"][] = [
  ["minutesSeen", "Minutes seen", "minutes"],
  ["minutesAbovePromise", "Above promise", "minutes"],
  ["minutesThrottledAbove", "Throttled above it", "minutes"],
  ["minutesThrottledBelow", "Throttled below it", "minutes"],
  ["minutesAtLimit", "At the limit, at least", "minutes"],
  ["minutesLagMissed", "Lag objective missed", "minutes"],
  ["producedBytes", "Produced", "bytes"],
  ["consumedBytes", "Consumed", "bytes"],
  ["storedBytes", "Stored, highest", "bytes"],
  ["storedAboveBytes", "Stored above included", "bytes"],
];

export function draftOfMonth(use: MonthUse): MonthDraft {
  const texts = MONTH_FIELDS.map(([field, , kind]) => {
    const value = use[field];
    return [field, value === null ? "" : kind === "bytes" ? exactBytes(Math.round(value)) : String(value)] as const;
  });
  return Object.fromEntries(texts) as MonthDraft;
}

export interface ReadMonth {
  /** null: something is missing or cannot be read. */
  use: MonthUse | null;
  problems: Partial<Record<MonthField, string>>;
}

/** What was typed as a month; an empty field is not known, and minutes seen always are. */
export function readMonthDraft(draft: MonthDraft): ReadMonth {
  const problems: ReadMonth["problems"] = {};
  const values: Partial<Record<MonthField, number | null>> = {};
  for (const [field, , kind] of MONTH_FIELDS) {
    const text = draft[field].trim();
    const value = text === "" ? null : kind === "bytes" ? parseBytes(text) : minutes(text);
    if (value === null && (text !== "" || field === "minutesSeen"))
      problems[field] = kind === "bytes" ? "Write a size such as 1.5 TB." : "Write whole minutes, such as 120.";
    values[field] = value;
  }
  return { use: Object.keys(problems).length === 0 ? (values as MonthUse) : null, problems };
}

function minutes(text: string): number | null {
  const digits = text.replaceAll(",", "");
  return /^\d{1,6}$/.test(digits) ? Number(digits) : null;
}
