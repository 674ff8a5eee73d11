import { randomUUID } from "node:crypto";
import { nextTurn } from "@/lib/collector/run-slices";
import { BASE_PATH, env } from "@/lib/env";
import type { Context } from "@/lib/operations/context";
import type { MarkdownFile, Operation } from "@/lib/operations/define";
import { MARKDOWN_AUDIENCE } from "@/lib/operations/export-formats";
import { AnswerCache, answerOf, bodyOf, matchesTag } from "./answer-cache";
import { csvStream } from "./csv";
import { errorAnswer } from "./error-answer";
import { guardRequest } from "./guard";
import { log } from "./log";
import { metrics } from "./metrics";
import { processSlot } from "./process-slot";
import { type PathParameters, readInput } from "./read-input";
import { apiHeaders } from "./security-headers";
import { within } from "./within";

/** Well over a hundred full pages of one version, which is replaced every few seconds. */
const ANSWERS_BYTES_MAX = 8 * 1024 * 1024;
/** Whoever waits longer has gone; an import of the largest file takes a part of it. */
const ANSWER_MS = 120_000;
const JSON_TYPE = "application/json; charset=utf-8";

export type RouteHandler = (request: Request, route: { params: Promise<PathParameters | undefined> }) => Promise<Response>;
type MakeContext = (requestId: string, request: Request) => Promise<Context & { cookies?: readonly string[] }>;

/** Makes a route of an operation, with contexts from the given maker: guard, input, answer or error, headers. */
export function routeFor(operation: Operation, makeContext: MakeContext): RouteHandler {
  return async (request, { params }) => {
    const requestId = randomUUID();
    const stop = metrics().requests.startTimer({ operation: operation.name });
    const { baseUrl } = env().enter;
    let response: Response;
    let cookies: readonly string[] = [];
    try {
      guardRequest(request, baseUrl);
      const context = await makeContext(requestId, request);
      cookies = context.cookies ?? [];
      response = await within(ANSWER_MS, respond(operation, context, request, (await params) ?? {}));
    } catch (error) {
      const { status, body } = errorAnswer(error, requestId, operation.name, log());
      response = new Response(body, { status, headers: { "content-type": JSON_TYPE, "cache-control": "no-store" } });
    }
    response.headers.set("x-request-id", requestId);
    for (const [name, value] of apiHeaders(baseUrl)) response.headers.set(name, value);
    for (const cookie of cookies) response.headers.append("set-cookie", cookie);
    stop({ status: String(response.status) });
    return response;
  };
}

async function respond(operation: Operation, context: Context, request: Request, parameters: PathParameters): Promise<Response> {
  await operation.authorise(context);
  const { format, values } = await readInput(operation, request, parameters);
  if (format === "csv" && operation.csv !== undefined) return csvResponse(await operation.csv(context, values));
  const markdown = format === "markdown" || format === "markdown-forward" ? operation.markdown?.[MARKDOWN_AUDIENCE[format]] : undefined;
  if (markdown !== undefined) return markdownResponse(await markdown(context, values));
  const make = async (): Promise<string> => textOf(operation, context, await operation.run(context, values));
  const type = operation.answerType ?? JSON_TYPE;
  if (operation.redirects) return redirectTo((await operation.run(context, values)) as { location: string });
  const { version } = operation;
  if (version === undefined) {
    return new Response(await make(), { headers: { "content-type": type, "cache-control": "no-store" } });
  }
  // Only what was answered is kept, so a role that may not ask never finds an entry of its own.
  const key = JSON.stringify([
    operation.name,
    context.actor.role,
    context.actor.limits ?? null,
    version(context),
    Object.entries(values).sort(),
  ]);
  const answer = await answerCache().get(key, async () => {
    // A new version makes many answers due at once, each of milliseconds.
    await nextTurn();
    const made = version(context);
    return answerOf(await make(), made);
  });
  const headers = { "content-type": type, "cache-control": "private, no-cache", etag: answer.etag };
  if (matchesTag(request.headers.get("if-none-match"), answer.etag)) return new Response(null, { status: 304, headers });
  return new Response(bodyOf(answer), { headers });
}

function redirectTo({ location }: { location: string }): Response {
  const target = location.startsWith("/") ? `${BASE_PATH}${location}` : location;
  return new Response(null, { status: 303, headers: { location: target, "cache-control": "no-store" } });
}

function answerCache(): AnswerCache {
  return processSlot("answers", () => new AnswerCache(ANSWERS_BYTES_MAX));
}

/** A value that does not fit its schema is a fault of ours: it is logged, and the person still gets the rest of the answer. */
function textOf(operation: Operation, context: Context, value: unknown): string {
  const parsed = operation.output.safeParse(value);
  if (!parsed.success)
    log().error(
      { requestId: context.requestId, operation: operation.name, issues: parsed.error.issues.slice(0, 20) },
      "answer does not fit its schema",
    );
  const answer = parsed.success ? parsed.data : value;
  return operation.answerType === undefined ? JSON.stringify(answer) : String(answer);
}

function csvResponse(csv: Awaited<ReturnType<NonNullable<Operation["csv"]>>>): Response {
  return new Response(csvStream(csv), { headers: fileHeaders("text/csv", `${csv.filename}.csv`) });
}

function markdownResponse({ filename, text }: MarkdownFile): Response {
  return new Response(text, { headers: fileHeaders("text/markdown", `${filename}.md`) });
}

function fileHeaders(type: string, filename: string): Record<string, string> {
  return {
    "content-type": `${type}; charset=utf-8`,
    "content-disposition": `attachment; filename="${filename.replace(/[^a-z0-9.-]+/gi, "-")}"`,
    "cache-control": "no-store",
  };
}
