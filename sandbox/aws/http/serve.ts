import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { CloudWatchContext } from "@/sandbox/aws/cloudwatch/call";
import type { DoorContext } from "@/sandbox/aws/door/door";
import { isDoor, openDoor } from "@/sandbox/aws/door/door";
import type { Role } from "@/sandbox/aws/sts/assume-role";
import type { Keyring } from "@/sandbox/aws/sts/authenticate";
import { authenticate } from "@/sandbox/aws/sts/authenticate";
import { cloudWatchError, cloudWatchOperation } from "@/sandbox/aws/wire/cloudwatch-protocols";
import { json11Error, kmsOperation } from "@/sandbox/aws/wire/kms-json";
import type { Operation, WriteError } from "@/sandbox/aws/wire/protocol";
import { queryError, queryOperation } from "@/sandbox/aws/wire/query-xml";
import { restJsonError, restJsonOperation } from "@/sandbox/aws/wire/rest-json";
import { secretsOperation } from "@/sandbox/aws/wire/secrets-json";
import type { Sandbox } from "@/sandbox/kafka/topology";
import { AwsError } from "./aws-error";
import type { WireRequest, WireResponse } from "./request";
import { readRequest } from "./request";
import type { SignedBy } from "./sigv4";
import { readSignature } from "./sigv4";

export interface ServiceContext extends DoorContext {
  sandbox: Sandbox;
  cloudWatch: CloudWatchContext;
  roles: readonly Role[];
  keyring: Keyring;
}

/** Answers one HTTP request: the door's, or a signed one of AWS's. */
export async function serve(context: ServiceContext, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await readRequest(message);
  const answer = isDoor(request)
    ? await openDoor(context, request, message.socket.remoteAddress ?? "")
    : await answerSigned(context, request);
  if (answer === "cut") {
    message.socket.destroy();
    return;
  }
  response.writeHead(answer.status, {
    "x-amzn-requestid": randomUUID(),
    ...answer.headers,
    "content-length": Buffer.byteLength(answer.body),
  });
  response.end(answer.body);
}

async function answerSigned(context: ServiceContext, request: WireRequest): Promise<WireResponse | "cut"> {
  const by = readSignature(request);
  const writeError = errorWriter(request, by);
  try {
    if (by === null) throw new AwsError("MissingAuthenticationTokenException", 403, "Missing Authentication Token");
    const caller = authenticate(context.keyring, by, request, context.now());
    const operation = operationOf(context, request, by);
    context.calls.count(operation);
    const disturbance = context.faults.disturb(operation, caller, by.region);
    if (disturbance?.kind === "cut") return "cut";
    if (disturbance?.kind === "error") throw disturbance.error;
    if (disturbance?.kind === "slow") await delay(disturbance.delayMs, undefined, { ref: false });
    return await operation.run(caller, by.region);
  } catch (error) {
    if (error instanceof AwsError) return writeError(error);
    console.error(error);
    return writeError(new AwsError("InternalFailure", 500, "The sandbox failed; its log has the reason."));
  }
}

/** Services are told apart as AWS's own front door does it: by the name the request is signed for. */
function operationOf(context: ServiceContext, request: WireRequest, { service }: SignedBy): Operation {
  if (service === "kafka") return restJsonOperation(context.msk, request);
  if (service === "monitoring") return cloudWatchOperation(context.cloudWatch, request, context.now);
  if (service === "kms") return kmsOperation(context.msk.estate, request);
  if (service === "secretsmanager") return secretsOperation(context.sandbox, request);
  if (service === "sts") return queryOperation(context.roles, context.sessions, request, context.now);
  throw new AwsError(
    "UnknownOperationException",
    404,
    `${service} is no service of the sandbox's; there are kafka, monitoring, kms, secretsmanager and sts.`,
  );
}

function errorWriter(request: WireRequest, by: SignedBy | null): WriteError {
  const { headers } = request;
  if (by?.service === "kms" || by?.service === "secretsmanager") return json11Error;
  const isCloudWatch = by?.service === "monitoring" || headers["x-amz-target"] !== undefined || headers["smithy-protocol"] !== undefined;
  if (isCloudWatch) return (error) => cloudWatchError(request, error);
  return by?.service === "sts" ? queryError : restJsonError;
}
