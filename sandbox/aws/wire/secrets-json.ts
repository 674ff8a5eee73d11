import { AwsError } from "@/sandbox/aws/http/aws-error";
import type { WireRequest } from "@/sandbox/aws/http/request";
import { getSecretValue } from "@/sandbox/aws/secrets/get-secret-value";
import type { Sandbox } from "@/sandbox/kafka/topology";
import { JSON_1_1 } from "./kms-json";
import type { Operation } from "./protocol";

const TARGET = "secretsmanager.GetSecretValue";

/** Secrets Manager speaks AWS JSON 1.1, as KMS does. Throws when it is no operation that the sandbox serves. */
export function secretsOperation(sandbox: Sandbox, { headers, body }: WireRequest): Operation {
  const target = headers["x-amz-target"] ?? "";
  if (target !== TARGET) {
    throw new AwsError("UnknownOperationException", 400, `${target} is no operation of Secrets Manager's that the sandbox serves.`);
  }
  const secretId = secretIdOf(body);
  return {
    service: "secretsmanager",
    name: "GetSecretValue",
    resource: secretId,
    run: async (caller, region) => ({
      status: 200,
      headers: JSON_1_1,
      body: JSON.stringify(getSecretValue(sandbox, caller, region, secretId)),
    }),
  };
}

function secretIdOf(body: Buffer): string {
  try {
    const { SecretId } = JSON.parse(body.toString("utf8")) as { SecretId?: unknown };
    if (typeof SecretId === "string" && SecretId !== "") return SecretId;
  } catch {
    // Said below.
  }
  throw new AwsError("ValidationException", 400, "1 validation error detected: Value null at 'secretId' failed to satisfy constraint");
}
