import { z } from "zod";
import type { Problem } from "./facts";
import { Slug } from "./slug";

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const SECRET_ARN = /^arn:aws[a-z-]*:secretsmanager:([a-z0-9-]+):\d{12}:secret:[\w/+=.@-]+$/;
const SECRET_NAME = /^[\w/+=.@-]{1,512}$/;

/** The region that a secret's ARN names; null: it is a name. */
export function regionOfSecret(secretId: string): string | null {
  return SECRET_ARN.exec(secretId)?.[1] ?? null;
}

export function isSecretId(text: string): boolean {
  return SECRET_NAME.test(text) || SECRET_ARN.test(text);
}

/** A secret of AWS Secrets Manager, or one value of it. */
export const ManagedReference = z.strictObject({
  /** Its name or its ARN; a secret of another account is found by its ARN alone. */
  secretsManager: z.string().refine(isSecretId, "must be the name or the ARN of a secret"),
  /** Of a secret that holds a JSON object, as MSK's do. Absent: the whole text. */
  key: z.string().min(1).max(200).exactOptional(),
  /** For a name. Absent: AWS_REGION. */
  region: z.string().regex(REGION, "must be a region such as eu-central-1").exactOptional(),
  /** The entry under `aws` as whose role it is read. Absent: in such an entry its own role, else the console's own credentials. */
  account: Slug.exactOptional(),
});
export type ManagedReference = z.infer<typeof ManagedReference>;

/** Where a secret lies. The secret itself is never in a file of the console. A relative file is relative to the connections file. */
export const SecretReference = z.union([
  z.strictObject({ env: z.string().min(1) }),
  z.strictObject({ file: z.string().min(1) }),
  ManagedReference,
]);
export type SecretReference = z.infer<typeof SecretReference>;

/** Its value, or why there is none: a sentence that names the secret and what is to be done, and never holds it. */
export type SecretAnswer = { ok: true; value: string } | { ok: false; problem: Problem };

/** A secret that is asked for when it is needed, as it may be rotated meanwhile. */
export interface HeldSecret {
  /** What it is called, for people. */
  name: string;
  /** Never rejects. Kept for some minutes: who needs it may ask each time. */
  read: () => Promise<SecretAnswer>;
  /** `value` was not accepted where it is meant for: unless another one has been read since, it is asked for anew. */
  refused: (value: string) => void;
}

/** A secret in hand, which stays as it is while the process runs; or a held one. Never logged, stored or sent to a browser. */
export type Secret = string | HeldSecret;

export async function readSecret(secret: Secret): Promise<SecretAnswer> {
  return typeof secret === "string" ? { ok: true, value: secret } : secret.read();
}

export function refuseSecret(secret: Secret, value: string): void {
  if (typeof secret !== "string") secret.refused(value);
}
