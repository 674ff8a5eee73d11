import type { Operation } from "@/lib/operations/define";
import { requestContext } from "./context";
import { type RouteHandler, routeFor } from "./handler";

/** The one way an operation becomes a route: `export const GET = route(listTenants);` */
export function route(operation: Operation): RouteHandler {
  return routeFor(operation, requestContext);
}
