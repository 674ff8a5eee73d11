import { DescribeKeyCommand, type KeyMetadata } from "@aws-sdk/client-kms";
import { ask } from "@/lib/aws/link/ask";
import type { AwsLink } from "@/lib/aws/link/open-link";
import type { Reading } from "@/lib/domain/facts";
import type { KmsKey } from "@/lib/domain/msk-facts";

/** Keys that were told, with the time of it in milliseconds since the epoch. */
export type KnownKeys = Map<string, { key: KmsKey; atMs: number }>;

/** Who manages a key never changes, and its state seldom: KMS bills each call. */
const FRESH_MS = 3_600_000;

/** Whether a key is AWS's managed one or a customer's. What was known once stays true where KMS does not answer, but for its state. */
export async function readKey(link: AwsLink, arn: string, known: KnownKeys): Promise<Reading<KmsKey | null>> {
  const before = known.get(arn);
  if (before !== undefined && link.now() - before.atMs < FRESH_MS) return { value: before.key, problems: [] };
  const target = { operation: "DescribeKey", arn } as const;
  const answer = await ask(link, target, ({ kms, abortSignal }) => kms.send(new DescribeKeyCommand({ KeyId: arn }), { abortSignal }));
  const stale = before === undefined ? null : { ...before.key, state: null };
  if (!answer.ok) return { value: stale, problems: [answer.problem] };
  const key = mapKey(arn, answer.value.KeyMetadata);
  if (key === null) {
    return {
      value: stale,
      problems: [{ code: "invalid", operation: target.operation, message: "KMS's answer says of no key who manages it." }],
    };
  }
  known.set(arn, { key, atMs: link.now() });
  return { value: key, problems: [] };
}

function mapKey(arn: string, told: KeyMetadata | undefined): KmsKey | null {
  if (told?.KeyManager !== "AWS" && told?.KeyManager !== "CUSTOMER") return null;
  return { arn, manager: told.KeyManager === "AWS" ? "aws" : "customer", state: told.KeyState ?? null };
}
