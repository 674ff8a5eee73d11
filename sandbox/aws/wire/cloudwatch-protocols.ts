import type { CloudWatchCall, CloudWatchContext } from "@/sandbox/aws/cloudwatch/call";
import { getMetricData } from "@/sandbox/aws/cloudwatch/get-metric-data";
import { listMetrics } from "@/sandbox/aws/cloudwatch/list-metrics";
import { putMetricData } from "@/sandbox/aws/cloudwatch/put-metric-data";
import { scopeOf } from "@/sandbox/aws/estate/cluster";
import { AwsError } from "@/sandbox/aws/http/aws-error";
import type { WireRequest, WireResponse } from "@/sandbox/aws/http/request";
import { decodeCbor, encodeCbor } from "./cbor";
import type { Operation } from "./protocol";

const OPERATIONS: Record<string, (call: CloudWatchCall) => object> = {
  ListMetrics: listMetrics,
  GetMetricData: getMetricData,
  PutMetricData: putMetricData,
};
const TARGET = "GraniteServiceVersion20100801";

/** How CloudWatch is spoken to: AWS's JavaScript SDK uses JSON 1.0, boto3 the CBOR protocol. */
export interface CloudWatchProtocol {
  operationName: (request: WireRequest) => string | undefined;
  decode: (body: Buffer) => unknown;
  encode: (value: object) => string | Buffer;
  headers: Record<string, string>;
}

const JSON_1_0: CloudWatchProtocol = {
  operationName: ({ headers }) => new RegExp(`^${TARGET}\\.(\\w+)$`).exec(headers["x-amz-target"] ?? "")?.[1],
  decode: (body) => JSON.parse(body.toString("utf8")),
  encode: (value) => JSON.stringify(inEpochSeconds(value)),
  headers: { "content-type": "application/x-amz-json-1.0" },
};

const CBOR: CloudWatchProtocol = {
  operationName: ({ path }) => new RegExp(`^/service/${TARGET}/operation/(\\w+)$`).exec(path)?.[1],
  decode: decodeCbor,
  encode: encodeCbor,
  headers: { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" },
};

export const cloudWatchProtocol = ({ headers }: WireRequest) => (headers["smithy-protocol"] === "rpc-v2-cbor" ? CBOR : JSON_1_0);

/** The operation of a request. Throws when it is none that the sandbox serves. */
export function cloudWatchOperation(context: CloudWatchContext, request: WireRequest, now: () => number): Operation {
  const protocol = cloudWatchProtocol(request);
  const name = protocol.operationName(request) ?? "";
  const run = OPERATIONS[name];
  if (run === undefined)
    throw new AwsError("UnknownOperationException", 400, `${name} is no operation of CloudWatch's that the sandbox serves.`);
  return {
    service: "cloudwatch",
    name,
    resource: null,
    run: async ({ accountId }, region) => {
      const answer = run({ context, scope: scopeOf({ accountId, region }), input: inputOf(protocol, request), nowMs: now() });
      return { status: 200, headers: protocol.headers, body: protocol.encode(answer) };
    },
  };
}

function inputOf({ decode }: CloudWatchProtocol, { body }: WireRequest): Record<string, unknown> {
  try {
    const value = body.length === 0 ? {} : decode(body);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new AwsError("SerializationException", 400, "The request body could not be read.");
}

/** CloudWatch's errors have their older, shorter codes in a header besides. */
export function cloudWatchError(request: WireRequest, { code, status, message }: AwsError): WireResponse {
  const protocol = cloudWatchProtocol(request);
  const fault = status < 500 ? "Sender" : "Receiver";
  return {
    status,
    headers: { ...protocol.headers, "x-amzn-errortype": code, "x-amzn-query-error": `${OLD_CODES[code] ?? code};${fault}` },
    body: protocol.encode({ __type: `com.amazonaws.cloudwatch#${code}`, message }),
  };
}

const OLD_CODES: Record<string, string> = {
  InvalidParameterValueException: "InvalidParameterValue",
  InternalServiceFault: "InternalServiceError",
  ThrottlingException: "Throttling",
  AccessDeniedException: "AccessDenied",
  UnrecognizedClientException: "InvalidClientTokenId",
  InvalidSignatureException: "SignatureDoesNotMatch",
  ExpiredTokenException: "ExpiredToken",
  MissingAuthenticationTokenException: "MissingAuthenticationToken",
};

/** JSON 1.0 writes a time as epoch seconds. */
function inEpochSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1_000;
  if (Array.isArray(value)) return value.map(inEpochSeconds);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, inEpochSeconds(field)]));
}
