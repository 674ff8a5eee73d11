import type { AwsError } from "@/sandbox/aws/http/aws-error";
import type { WireRequest, WireResponse } from "@/sandbox/aws/http/request";
import type { MskContext } from "@/sandbox/aws/msk/call";
import { findRoute, jsonBody, queryOf } from "@/sandbox/aws/msk/routes";
import type { Operation } from "./protocol";

/** MSK speaks restJson1: the operation is the method and the address. Throws when there is none. */
export function restJsonOperation(context: MskContext, request: WireRequest): Operation {
  const { route, path } = findRoute(request);
  return {
    service: "kafka",
    name: route.operation,
    resource: path.clusterArn ?? path.arn ?? path.clusterOperationArn ?? null,
    run: async (caller, region) => {
      const answer = await route.run({ context, caller, region, path, query: queryOf(request), body: jsonBody(request) });
      return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(answer) };
    },
  };
}

export function restJsonError({ code, status, message, invalidParameter }: AwsError): WireResponse {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-errortype": code },
    body: JSON.stringify({ message, ...(invalidParameter === undefined ? {} : { invalidParameter }) }),
  };
}
