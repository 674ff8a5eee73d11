import type { Problem } from "@/lib/domain/facts";

/** A broker that does not know a topic answers like one that is not ready, but asking again brings nothing. */
const NOT_THERE = /\(UNKNOWN_TOPIC_(OR_PARTITION|ID)\)$/;

/** Whether the same request may well succeed in a moment: nobody answered, or the cluster is not ready for it now. */
export function isTemporary({ code, message }: Problem): boolean {
  if (code === "unreachable" || code === "timeout") return true;
  return code === "unavailable" && !NOT_THERE.test(message);
}

/** Nothing came back, so that even whether the request arrived is not known. */
export function isSilence({ code }: Problem): boolean {
  return code === "unreachable" || code === "timeout";
}

const LENGTH_MAX = 2_000;

/** What a person reads: the broker's own sentence, and what can be done about it. Without what a database cannot hold. */
export function sentenceOf({ message, remedy }: Problem): string {
  const text = remedy === undefined ? message : `${message} ${remedy}`;
  return text.replaceAll("\u0000", "\uFFFD").slice(0, LENGTH_MAX);
}

/** What was thrown where nothing should throw, such as a cluster that is no longer connected. */
export function problemOfError(operation: string, error: unknown): Problem {
  return { code: "invalid", operation, message: error instanceof Error ? error.message : String(error) };
}
