import { AppError, type ErrorCode } from "@/lib/domain/errors";

const NOT_ANSWERING = "The console's database is not answering.";

/** What pg and PGlite report without a code. */
const LOST_CONNECTION =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|Client was closed|PGlite is clos)/;

/** What a failure of the database means to a caller, by SQLSTATE (its first characters) or by the code of the connection's error. */
const MEANINGS: [RegExp, ErrorCode, string][] = [
  [
    /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH)$/,
    "unavailable",
    "The console's database cannot be reached.",
  ],
  [/^(08|57P0)/, "unavailable", NOT_ANSWERING],
  [/^(28|3D)/, "unavailable", "The console's database refuses the sign-in."],
  [/^53/, "unavailable", "The console's database is out of connections, memory or disk."],
  [/^(57014|55P03)/, "unavailable", "The console's database took too long."],
  [/^22/, "invalid", "The text holds characters or numbers that cannot be stored."],
  [/^40/, "conflict", "Two changes met; nothing was written. Try again."],
];

/**
 * The AppError that a failure of the database is to its callers, with the failure as its cause. A defect of our own (a wrong
 * statement, a broken constraint) stays what it is.
 */
export function translateError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AppError) return cause;
    const meaning = meaningOf(cause);
    if (meaning !== undefined) return new AppError(meaning.code, meaning.message, { cause: error });
  }
  return error;
}

function meaningOf(error: Error): { code: ErrorCode; message: string } | undefined {
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const found = MEANINGS.find(([pattern]) => code !== undefined && pattern.test(code));
  if (found !== undefined) return { code: found[1], message: found[2] };
  if (error instanceof AggregateError) return error.errors.map((one) => (one instanceof Error ? meaningOf(one) : undefined)).find(Boolean);
  if (code === undefined && LOST_CONNECTION.test(error.message)) return { code: "unavailable", message: NOT_ANSWERING };
  return undefined;
}
