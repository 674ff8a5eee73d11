import { type AppError, ERROR_STATUS, isAppError } from "@/lib/domain/errors";
import type { Logger } from "./log";

/** The error as the API's envelope. An error nobody foresaw says nothing to the caller; the log has it whole under the request's id. */
export function errorAnswer(error: unknown, requestId: string, operation: string, log: Logger): { status: number; body: string } {
  if (isAppError(error)) {
    const status = ERROR_STATUS[error.code];
    log[status >= 500 ? "warn" : "debug"]({ requestId, operation, code: error.code, err: error }, error.message);
    return { status, body: envelope(error.code, error.message, error.details, requestId) };
  }
  log.error({ requestId, operation, err: error }, "unexpected error");
  const message = `Unexpected error. The console's log has it under request ${requestId}.`;
  return { status: 500, body: envelope("internal", message, [], requestId) };
}

function envelope(code: string, message: string, details: AppError["details"], requestId: string): string {
  return JSON.stringify({ error: { code, message, details, requestId } });
}
