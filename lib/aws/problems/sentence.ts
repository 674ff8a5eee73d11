const LENGTH_MAX = 400;

/**
 * AWS's own sentence without what must not be shown: key ids, and runs as long as a session token. A refused signature is answered
 * with the whole signed request, token included, so callers do not show that answer at all.
 */
export function shownSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : typeof error === "string" ? error : "";
  const plain = text
    .replace(/\b(A[KS]IA|AROA|AIDA)[A-Z0-9]{12,}\b/g, "(a key id)")
    .replace(/[A-Za-z0-9+/=%]{100,}/g, "(hidden)")
    .replace(/\s+/g, " ")
    .trim();
  const cut = plain.length > LENGTH_MAX ? `${plain.slice(0, LENGTH_MAX)}…` : plain;
  return cut === "" || cut === "UnknownError" || cut === "Unknown" ? "no reason given" : cut.replace(/[.\s]+$/, "");
}
