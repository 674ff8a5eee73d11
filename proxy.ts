import { type NextRequest, NextResponse } from "next/server";
import { homeOf } from "@/lib/domain/people/roles";
import { BASE_PATH, env } from "@/lib/env";
import { isSecure, readCookie, SESSION_COOKIE } from "@/lib/server/enter/cookies";
import { foreignHost, isOwnHost } from "@/lib/server/guard";
import { running } from "@/lib/server/running";
import { pagePolicy, transportHeaders } from "@/lib/server/security-headers";

/** Pages for who has not signed in. */
const ENTRANCES = /^\/(?:sign-in|welcome|invite)$/;

/**
 * Headers of pages, and the way to the sign-in. The API's routes set their own headers and check who asks, so that no request body
 * passes through here; a page without its data shows nothing.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { enter } = env();
  const host = request.headers.get("host");
  if (host === null || !isOwnHost(host, enter.baseUrl)) {
    return new NextResponse(`${foreignHost(enter.baseUrl)}\n`, { status: 403 });
  }
  const { pathname, search } = request.nextUrl;
  const isOpen = enter.signIn === "off" || ENTRANCES.test(pathname);
  if (!isOpen && readCookie(request.headers, SESSION_COOKIE, isSecure(enter)) === null)
    return toSignIn(`${pathname}${search}`, originOf(host, enter.baseUrl));
  const home = pathname === "/" ? await homeOfActor(request) : "/";
  if (home !== "/") return goTo(`${originOf(host, enter.baseUrl)}${BASE_PATH}${home}`);
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const policy = pagePolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "no-referrer");
  for (const [name, value] of transportHeaders(enter.baseUrl)) response.headers.set(name, value);
  return response;
}

/** Next takes no path here. The name has been checked to be the console's own: the configured one, or loopback's. */
function originOf(host: string, baseUrl: string | null): string {
  return baseUrl !== null && new URL(baseUrl).host === host.toLowerCase() ? baseUrl : `http://${host}`;
}

function toSignIn(from: string, origin: string): NextResponse {
  return goTo(`${origin}${BASE_PATH}/sign-in${from === "/" ? "" : `?returnTo=${encodeURIComponent(from)}`}`);
}

/** The overview is not for every role: whoever it is not for begins elsewhere. */
async function homeOfActor({ headers }: NextRequest): Promise<string> {
  const { role } = await (await running()).actorOf({ headers });
  return role === "nobody" || role === "probe" ? "/" : homeOf(role);
}

function goTo(location: string): NextResponse {
  return new NextResponse(null, { status: 307, headers: { location, "cache-control": "no-store" } });
}

/** Below a path of its origin the first page is that path itself, which the second pattern does not match there. */
export const config = { matcher: ["/", "/((?!api/|_next/static/|_next/image|icon.svg).*)"] };
