import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { vi } from "vitest";
import { operationOf } from "./wire-operation";

/** A request as it came over the wire. */
export interface WireCall {
  operation: string;
  method: string;
  /** As sent: an ARN in it is percent-encoded. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  /** The JSON body, or the form of STS. */
  body: Record<string, unknown>;
  /** The credential's scope: which key signed for which service and region. null: not signed. */
  signed: { keyId: string; region: string; service: string } | null;
}

export interface WireAnswer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/** `undefined`: hang. */
type Handler = (call: WireCall) => WireAnswer | undefined;

export interface FakeAws {
  calls: WireCall[];
  of: (operation: string) => WireCall[];
  on: (operation: string, handler: Handler) => void;
  close: () => Promise<void>;
}

/** A server that answers in AWS's wire formats, to which the environment of the test points the SDK. */
export async function startFakeAws(): Promise<FakeAws> {
  const calls: WireCall[] = [];
  const handlers = new Map<string, Handler>();
  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const call = callOf(request, text);
      calls.push(call);
      const answer = (handlers.get(call.operation) ?? (() => mskError(501, "NotImplemented", call.operation)))(call);
      if (answer !== undefined) response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  pointTheSdkTo(url);
  return {
    calls,
    of: (operation) => calls.filter((call) => call.operation === operation),
    on: (operation, handler) => void handlers.set(operation, handler),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function pointTheSdkTo(url: string): void {
  for (const service of ["KAFKA", "CLOUDWATCH", "KMS", "SECRETS_MANAGER", "STS"]) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDOFTHECONSOLE0001");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  vi.stubEnv("AWS_SESSION_TOKEN", undefined);
  vi.stubEnv("AWS_PROFILE", undefined);
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function callOf(request: IncomingMessage, text: string): WireCall {
  const [path = "", query = ""] = (request.url ?? "").split("?");
  const body = text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : Object.fromEntries(new URLSearchParams(text));
  const scope = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=[^,]+, Signature=[0-9a-f]{64}$/;
  const [, keyId, region, service] = scope.exec(request.headers.authorization ?? "") ?? [];
  const method = request.method ?? "";
  return {
    operation: operationOf({ method, path, target: String(request.headers["x-amz-target"] ?? ""), action: String(body.Action ?? "") }),
    method,
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body,
    signed: keyId === undefined || region === undefined || service === undefined ? null : { keyId, region, service },
  };
}

export function json(body: unknown): WireAnswer {
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** restJson1: the error's name is in a header. */
export function mskError(status: number, type: string, message: string, more: Record<string, unknown> = {}): WireAnswer {
  return { status, headers: { "content-type": "application/json", "x-amzn-errortype": type }, body: JSON.stringify({ message, ...more }) };
}

/** AWS JSON 1.0: the error's name is in the body, and its older name in a header. */
export function cloudwatchError(status: number, type: string, message: string): WireAnswer {
  const headers = { "content-type": "application/x-amz-json-1.0", "x-amzn-query-error": `${type.replace(/Exception$/, "")};Sender` };
  return { status, headers, body: JSON.stringify({ __type: `com.amazonaws.cloudwatch.v2010_08_01#${type}`, message }) };
}

/** STS speaks XML. */
export function stsError(status: number, code: string, message: string): WireAnswer {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${error}<RequestId>r</RequestId></ErrorResponse>`;
  return { status, headers: { "content-type": "text/xml" }, body };
}

export function assumedRole(keyId: string, expiration: Date): WireAnswer {
  const credentials = `<AccessKeyId>${keyId}</AccessKeyId><SecretAccessKey>secret-of-the-session</SecretAccessKey><SessionToken>token-of-the-session</SessionToken><Expiration>${expiration.toISOString()}</Expiration>`;
  const user =
    "<AssumedRoleUser><AssumedRoleId>AROA:tenant-console</AssumedRoleId><Arn>arn:aws:sts::1:assumed-role/c/tenant-console</Arn></AssumedRoleUser>";
  const result = `<AssumeRoleResult><Credentials>${credentials}</Credentials>${user}</AssumeRoleResult>`;
  const body = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</AssumeRoleResponse>`;
  return { status: 200, headers: { "content-type": "text/xml" }, body };
}
