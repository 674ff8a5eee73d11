import { AppError } from "@/lib/domain/errors";

const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** The configured address; null: the console answers on loopback only. */
export type BaseUrl = string | null;

function isLoopbackHost(host: string): boolean {
  return LOOPBACK_HOST.test(host);
}

/**
 * Whether a Host header names the console. Any other name is refused: a web site could otherwise point a name of its own at the console
 * and read it from a visitor's browser (DNS rebinding). Under loopback's names it answers always, for programs on this machine.
 */
export function isOwnHost(host: string | null, baseUrl: BaseUrl): boolean {
  return host !== null && (isLoopbackHost(host) || (baseUrl !== null && host.toLowerCase() === new URL(baseUrl).host));
}

/** Throws AppError `forbidden` for a request under a name that is not the console's, or for a write that another site started. */
export function guardRequest(request: Request, baseUrl: BaseUrl): void {
  const host = request.headers.get("host");
  if (!isOwnHost(host, baseUrl)) throw new AppError("forbidden", foreignHost(baseUrl));
  if (request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const ownOrigin = origin === null ? !request.headers.has("cookie") : isOwnOrigin(origin, host ?? "", baseUrl);
  if (!ownOrigin || (site !== null && site !== "same-origin" && site !== "none")) {
    throw new AppError("forbidden", "A change must come from the console's own pages, or from a program that sends no cookies.");
  }
}

/** The configured origin; under loopback's names the one that the request itself was sent to. */
function isOwnOrigin(origin: string, host: string, baseUrl: BaseUrl): boolean {
  if (origin === baseUrl) return true;
  return isLoopbackHost(host) && (origin === `http://${host}` || origin === `https://${host}`);
}

export function foreignHost(baseUrl: BaseUrl): string {
  return baseUrl === null
    ? "The console answers only under localhost, 127.0.0.1 or [::1]. PUBLIC_URL gives it another address."
    : "The console does not answer under this name.";
}
