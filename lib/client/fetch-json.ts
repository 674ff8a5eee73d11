import { AppError, ERROR_STATUS, type ErrorCode, type ErrorDetail } from "@/lib/domain/errors";
import { UNATTENDED_HEADER } from "@/lib/domain/people/unattended";
import { isAttended } from "./attendance";
import { withBase } from "./base-path";

/** An error answer of the API, with the id under which the server's log has it. */
export class ApiError extends AppError {
  readonly requestId: string | null;

  constructor(code: ErrorCode, message: string, options: { details?: ErrorDetail[]; cause?: unknown; requestId?: string | null } = {}) {
    super(code, message, options);
    this.name = "ApiError";
    this.requestId = options.requestId ?? null;
  }
}

interface Envelope {
  error?: { code?: string; message?: string; details?: ErrorDetail[]; requestId?: string };
}

function isErrorCode(code: string | undefined): code is ErrorCode {
  return code !== undefined && Object.hasOwn(ERROR_STATUS, code);
}

async function readError(response: Response): Promise<ApiError> {
  const body: Envelope = await response.json().catch(() => ({}));
  const byStatus = Object.entries(ERROR_STATUS).find(([, status]) => status === response.status)?.[0];
  const given = body.error?.code;
  const code = isErrorCode(given) ? given : isErrorCode(byStatus) ? byStatus : "unavailable";
  return new ApiError(code, body.error?.message ?? `The server answered ${response.status} without an explanation.`, {
    details: body.error?.details ?? [],
    requestId: body.error?.requestId ?? null,
  });
}

/**
 * Asks the console's own API. The answer is taken to be the named view: server and browser are one build, and the operation
 * has checked it. Throws `ApiError`; an aborted request keeps its `AbortError`.
 */
export function fetchJson<T>(path: string, init: RequestInit = {}): Promise<T> {
  return ask(path, { ...init, headers: { accept: "application/json", ...init.headers } }, (response) => response.json() as Promise<T>);
}

/** An answer that is a text; as `fetchJson` otherwise. */
export function fetchText(path: string): Promise<string> {
  return ask(path, {}, (response) => response.text());
}

function unattended(init: RequestInit): RequestInit {
  return { ...init, headers: { ...init.headers, [UNATTENDED_HEADER]: "1" } };
}

async function ask<T>(path: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<T> {
  let response: Response;
  try {
    response = await fetch(withBase(path), isAttended() ? init : unattended(init));
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError("unavailable", "The console's server does not answer.", { cause });
  }
  if (!response.ok) throw await readError(response);
  try {
    return await read(response);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError("unavailable", "The server's answer broke off or could not be read.", { cause });
  }
}

/** Sends a body; as `fetchJson` otherwise. */
export function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return fetchJson<T>(path, signal === undefined ? init : { ...init, signal });
}

/** A path with the values that are given; empty ones are left out. */
export function apiPath(path: string, query: Record<string, string | number | null | undefined> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, String(value));
  }
  return withBase(search.size === 0 ? path : `${path}?${search}`);
}
