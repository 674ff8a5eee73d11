import { randomUUID } from "node:crypto";
import { AwsError } from "@/sandbox/aws/http/aws-error";
import type { WireRequest, WireResponse } from "@/sandbox/aws/http/request";
import type { Role } from "@/sandbox/aws/sts/assume-role";
import { assumeRole, callerIdentity } from "@/sandbox/aws/sts/assume-role";
import type { Sessions } from "@/sandbox/aws/sts/sessions";
import type { Operation } from "./protocol";

const NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
const HEADERS = { "content-type": "text/xml" };

/** STS speaks the old query protocol: a form in, XML out. Throws when the action is none that the sandbox serves. */
export function queryOperation(roles: readonly Role[], sessions: Sessions, request: WireRequest, now: () => number): Operation {
  const form = new URLSearchParams(request.body.toString("utf8"));
  const name = form.get("Action") ?? "";
  if (name !== "AssumeRole" && name !== "GetCallerIdentity")
    throw new AwsError("InvalidAction", 400, `${name} is no action of STS's that the sandbox serves.`);
  return {
    service: "sts",
    name,
    resource: form.get("RoleArn"),
    run: async (caller) => {
      const result = name === "AssumeRole" ? assumeRole(roles, sessions, caller, form, now()) : callerIdentity(caller);
      const body = `<${name}Response xmlns="${NAMESPACE}"><${name}Result>${result}</${name}Result>${metadata()}</${name}Response>`;
      return { status: 200, headers: HEADERS, body };
    },
  };
}

const metadata = () => `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;

const CODES: Record<string, string> = {
  UnrecognizedClientException: "InvalidClientTokenId",
  InvalidSignatureException: "SignatureDoesNotMatch",
  ExpiredTokenException: "ExpiredToken",
  ThrottlingException: "Throttling",
  AccessDeniedException: "AccessDenied",
  MissingAuthenticationTokenException: "MissingAuthenticationToken",
};

export function queryError({ code, status, message }: AwsError): WireResponse {
  const type = status < 500 ? "Sender" : "Receiver";
  const error = `<Error><Type>${type}</Type><Code>${CODES[code] ?? code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  return {
    status,
    headers: HEADERS,
    body: `<ErrorResponse xmlns="${NAMESPACE}">${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  };
}

const escapeXml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
