import type { Actor, Context } from "@/lib/operations/context";
import { contextOf } from "./context-of";
import { running } from "./running";

/** Until there is sign-in, whoever reaches the console's loopback address operates it. */
const LOCAL_OPERATOR: Actor = { name: "local operator", role: "operator" };

/** What an operation may touch while it answers one request. The only place where identity enters. */
export async function requestContext(requestId: string): Promise<Context> {
  const open = await running();
  open.collector.look();
  return contextOf(open, LOCAL_OPERATOR, requestId);
}
