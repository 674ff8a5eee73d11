/** The closed set of failures a caller of the console can meet, with the HTTP status each becomes. */
export const ERROR_STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  too_many: 429,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** One thing that is wrong with an input: where it is, and what would be right. */
export interface ErrorDetail {
  /** Path inside the input, as the person wrote it: `tenants[3].placements[0].topics[0].prefix`. */
  path: string;
  message: string;
  /** Line of the uploaded file, from 1. */
  line?: number;
}

/** The one error that crosses layers. Its message is for a person and never holds a secret; the cause is for the log. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetail[];

  constructor(code: ErrorCode, message: string, options: { details?: ErrorDetail[]; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options.details ?? [];
  }
}

/**
 * Whether this is an AppError. By its shape, not by its class: a bundler may give the process two copies of this module.
 */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === "AppError" && "code" in error && Object.hasOwn(ERROR_STATUS, String(error.code));
}

/** What a list says whose next page is of a fleet that is not kept any longer. */
export function listUpdated(): AppError {
  return new AppError("precondition_failed", "This list has been updated since; start again from its first page.");
}
