import { AppError } from "@/lib/domain/errors";

const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Whether a Host header names this machine's loopback. While there is no sign-in any other name is refused: a web site could
 * otherwise point a name of its own at 127.0.0.1 and read the console from a visitor's browser (DNS rebinding).
 */
export function isLoopbackHost(host: string | null): boolean {
  return host !== null && LOOPBACK_HOST.test(host);
}

/** Throws AppError `forbidden` for a request that did not come to a loopback address, or for a write that another site started. */
export function guardRequest(request: Request): void {
  const host = request.headers.get("host");
  if (!isLoopbackHost(host)) {
    throw new AppError("forbidden", "The console answers only under localhost, 127.0.0.1 or [::1] until it has sign-in.");
  }
  if (request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  const ownOrigin = origin === null ? !request.headers.has("cookie") : origin === `http://${host}` || origin === `https://${host}`;
  if (!ownOrigin || (site !== null && site !== "same-origin" && site !== "none")) {
    throw new AppError("forbidden", "A change must come from the console's own pages, or from a program that sends no cookies.");
  }
}
