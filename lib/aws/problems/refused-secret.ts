import type { Problem } from "@/lib/domain/facts";

/** What a refusal that only GetSecretValue meets means; null: it means what it means for every call. */
export function refusedSecret(
  names: readonly string[],
  where: string,
  principal: string,
): Pick<Problem, "code" | "message" | "remedy"> | null {
  if (names.includes("DecryptionFailure")) {
    return {
      code: "forbidden",
      message: `${where} cannot decrypt it with its key.`,
      remedy: `Check that the secret's key of KMS is enabled, and allow kms:Decrypt on it to ${principal}.`,
    };
  }
  if (names.includes("ResourceNotFoundException")) {
    return {
      code: "invalid",
      message: `${where} has no such secret, or none with a current value.`,
      remedy: "Check its name and region. A secret of another account is found by its ARN alone.",
    };
  }
  if (names.includes("InvalidRequestException")) {
    return {
      code: "invalid",
      message: `${where} does not hand it out: it is marked for deletion, or not in a state to be read.`,
      remedy: "Restore it in Secrets Manager, or name another secret.",
    };
  }
  return null;
}
