import type { Audience, Operation } from "./define";

/** `json`: the answer itself. The others are files, and each is a line of the audit. */
export type Format = "json" | "csv" | "markdown" | "markdown-forward";

export const MARKDOWN_AUDIENCE = { markdown: "internal", "markdown-forward": "forward" } as const satisfies Partial<
  Record<Format, Audience>
>;

/** The formats in which an operation answers. */
export function formatsOf({ csv, markdown }: Pick<Operation, "csv" | "markdown">): Format[] {
  return [
    "json",
    ...(csv === undefined ? [] : (["csv"] as const)),
    ...(["markdown", "markdown-forward"] as const).filter((format) => markdown?.[MARKDOWN_AUDIENCE[format]] !== undefined),
  ];
}
