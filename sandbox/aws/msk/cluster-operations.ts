import { badRequest, notFound } from "@/sandbox/aws/http/aws-error";
import type { MskCall } from "./call";
import { clusterOf, clustersOf, paged, tokenField } from "./call";
import { typeOf } from "./clusters";
import type { ClusterOperation } from "./operation-log";

export function listClusterOperationsV2(call: MskCall) {
  const cluster = clusterOf(call);
  const page = paged(call, `operations ${cluster.arn}`, call.context.operations.list(cluster.arn), ({ arn }) => arn);
  return { clusterOperationInfoList: page.items.map((operation) => summary(operation, typeOf(cluster))), ...tokenField(page) };
}

export function describeClusterOperationV2(call: MskCall) {
  const arn = call.path.clusterOperationArn ?? "";
  if (!arn.startsWith("arn:aws:kafka:")) throw badRequest("One or more of the parameters are not valid.", "clusterOperationArn");
  const operation = call.context.operations.find(arn);
  const cluster = clustersOf(call).find((candidate) => candidate.arn === operation?.clusterArn);
  if (operation === undefined || cluster === undefined)
    throw notFound("The cluster operation you requested doesn't exist.", "clusterOperationArn");
  return {
    clusterOperationInfo: {
      ...summary(operation, typeOf(cluster)),
      ...(operation.error === null ? {} : { errorInfo: { errorCode: "FAILED", errorString: operation.error } }),
      ...(cluster.kind === "serverless" ? { serverless: {} } : { provisioned: { operationSteps: [] } }),
    },
  };
}

function summary(operation: ClusterOperation, clusterType: string) {
  return {
    clusterArn: operation.clusterArn,
    clusterType,
    startTime: operation.startedAt,
    ...(operation.endedAt === null ? {} : { endTime: operation.endedAt }),
    operationArn: operation.arn,
    operationState: operation.state,
    operationType: operation.type,
  };
}
