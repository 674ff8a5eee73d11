import type { Estate, MskCluster } from "@/sandbox/aws/estate/cluster";
import { badRequest, notFound } from "@/sandbox/aws/http/aws-error";
import type { Page } from "@/sandbox/aws/http/paging";
import { pageOf } from "@/sandbox/aws/http/paging";
import type { Caller } from "@/sandbox/aws/sts/sessions";
import type { OperationLog } from "./operation-log";
import type { TopicView } from "./topic-view";

/** What MSK's operations work on. */
export interface MskContext {
  estate: Estate;
  operations: OperationLog;
  viewOf: (cluster: MskCluster) => TopicView;
  /** Entries of a page at most, whatever a caller asks for. */
  pageSize: number;
}

/** One call, decoded: `path` holds the decoded parts of the address. */
export interface MskCall {
  context: MskContext;
  caller: Caller;
  region: string;
  path: Record<string, string>;
  query: Map<string, string>;
  body: Record<string, unknown>;
}

/** Clusters of the caller's account in the region the request was signed for. */
export function clustersOf({ context, caller, region }: MskCall): MskCluster[] {
  return context.estate.clusters
    .filter((cluster) => cluster.accountId === caller.accountId && cluster.region === region)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The cluster that the address names. */
export function clusterOf(call: MskCall): MskCluster {
  const arn = call.path.clusterArn ?? "";
  if (!arn.startsWith("arn:aws:kafka:")) throw badRequest("One or more of the parameters are not valid.", "clusterArn");
  const found = clustersOf(call).find((cluster) => cluster.arn === arn);
  if (found === undefined) throw notFound("The cluster you requested doesn't exist. Retry using the correct cluster ARN.", "clusterArn");
  return found;
}

/** A page as the query asks for it. */
export function paged<T>(call: MskCall, list: string, items: T[], keyOf: (item: T) => string): Page<T> {
  const asked = call.query.get("maxResults");
  const maxResults = asked === undefined ? undefined : Number(asked);
  if (maxResults !== undefined && !(Number.isInteger(maxResults) && maxResults >= 1 && maxResults <= 100))
    throw badRequest("maxResults must be between 1 and 100.", "maxResults");
  const page = pageOf(list, items, keyOf, { nextToken: call.query.get("nextToken"), maxResults }, call.context.pageSize);
  if (page === null) throw badRequest("The nextToken is not valid.", "nextToken");
  return page;
}

/** The next token as a field, or no field at all. */
export const tokenField = ({ nextToken }: { nextToken?: string }) => (nextToken === undefined ? {} : { nextToken });
