import type { Estate } from "@/sandbox/aws/estate/cluster";
import { AwsError } from "@/sandbox/aws/http/aws-error";
import type { WireRequest, WireResponse } from "@/sandbox/aws/http/request";
import { describeKey } from "@/sandbox/aws/kms/describe-key";
import type { Operation } from "./protocol";

const TARGET = "TrentService.DescribeKey";
export const JSON_1_1 = { "content-type": "application/x-amz-json-1.1" };

/** KMS speaks AWS JSON 1.1: the operation is in a header. Throws when it is none that the sandbox serves. */
export function kmsOperation(estate: Estate, { headers, body }: WireRequest): Operation {
  const target = headers["x-amz-target"] ?? "";
  if (target !== TARGET)
    throw new AwsError("UnknownOperationException", 400, `${target} is no operation of KMS's that the sandbox serves.`);
  const keyId = keyIdOf(body);
  return {
    service: "kms",
    name: "DescribeKey",
    resource: keyId,
    run: async (caller, region) => ({ status: 200, headers: JSON_1_1, body: JSON.stringify(describeKey(estate, caller, region, keyId)) }),
  };
}

function keyIdOf(body: Buffer): string {
  try {
    const { KeyId } = JSON.parse(body.toString("utf8")) as { KeyId?: unknown };
    if (typeof KeyId === "string" && KeyId !== "") return KeyId;
  } catch {
    // Said below.
  }
  throw new AwsError(
    "ValidationException",
    400,
    "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null",
  );
}

/** The name of an error is in the body; what MSK refuses with 403 KMS and Secrets Manager refuse with 400. */
export function json11Error({ code, status, message }: AwsError): WireResponse {
  return { status: status === 403 ? 400 : status, headers: JSON_1_1, body: JSON.stringify({ __type: code, message }) };
}
