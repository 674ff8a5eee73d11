import { type NextRequest, NextResponse } from "next/server";
import { isLoopbackHost } from "@/lib/server/guard";
import { pagePolicy } from "@/lib/server/security-headers";

/** Headers of pages. The API's routes set their own, so that no request body passes through here. */
export function proxy(request: NextRequest): NextResponse {
  if (!isLoopbackHost(request.headers.get("host"))) {
    return new NextResponse("The console answers only under localhost, 127.0.0.1 or [::1] until it has sign-in.\n", { status: 403 });
  }
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const policy = pagePolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "no-referrer");
  return response;
}

export const config = { matcher: ["/((?!api/|_next/static/|_next/image|icon.svg).*)"] };
