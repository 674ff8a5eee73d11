/** When a declared value ends, as a form holds it: empty, or the text of a local date and time. */
export interface EndingDraft {
  until: string;
  atEnd: string;
}

export const NO_ENDING: EndingDraft = { until: "", atEnd: "report" };

export type Ending = { until?: string; atEnd?: "report" | "take-back" };

/** What a request has of it; null: there is a text, and it is no time to come. */
export function readEnding({ until, atEnd }: EndingDraft, nowMs: number): Ending | null {
  if (until === "") return {};
  const at = Date.parse(until);
  if (Number.isNaN(at) || at <= nowMs) return null;
  return { until: new Date(at).toISOString(), atEnd: atEnd === "take-back" ? "take-back" : "report" };
}

/** A moment as an input for local date and time has it. */
export function localText(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
