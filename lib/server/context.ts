import { env } from "@/lib/env";
import type { Context } from "@/lib/operations/context";
import { limitContext } from "@/lib/operations/limit-context";
import { contextOf } from "./context-of";
import { browserOf } from "./enter/browser-of";
import { isSecure } from "./enter/cookies";
import { running } from "./running";

export interface RequestContext extends Context {
  /** Lines of Set-Cookie that the answer carries. */
  cookies: readonly string[];
}

/** What an operation may touch while it answers one request. The only place where identity enters. */
export async function requestContext(requestId: string, request: Request): Promise<RequestContext> {
  const open = await running();
  const actor = await open.actorOf(request);
  if (actor.role !== "nobody" && actor.role !== "probe") open.collector.look();
  const browser = browserOf(request, isSecure(env().enter));
  const context = contextOf(open, actor, requestId, browser);
  const limits = actor.limits ?? null;
  return { ...(limits === null ? context : limitContext(context, limits)), cookies: browser.cookies };
}
