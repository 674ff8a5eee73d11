import { env } from "@/lib/env";
import { apiHeaders } from "./security-headers";

/** The answer to an address of the API that there is not, so that a program never gets a page for an answer. */
export function noSuchAddress(request: Request): Response {
  const message = `There is no ${request.method} ${new URL(request.url).pathname}; /api/openapi.json describes what there is.`;
  const body = JSON.stringify({ error: { code: "not_found", message, details: [], requestId: crypto.randomUUID() } });
  const headers = new Headers({ "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  for (const [name, value] of apiHeaders(env().enter.baseUrl)) headers.set(name, value);
  return new Response(body, { status: 404, headers });
}
