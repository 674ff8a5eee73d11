import { existsSync, readFileSync } from "node:fs";
import { AwsError } from "@/sandbox/aws/http/aws-error";
import type { Caller } from "@/sandbox/aws/sts/sessions";
import { ACCOUNT_ID, REGION } from "@/sandbox/kafka/arn";
import { passwordFile } from "@/sandbox/kafka/secrets";
import type { Sandbox } from "@/sandbox/kafka/topology";

const ID = /^(?:arn:aws:secretsmanager:([a-z0-9-]+):(\d{12}):secret:)?AmazonMSK_([^/]+?)(-SANDBX)?$/;

/** Every SCRAM user of the sandbox has a secret of MSK's kind, in the sandbox's own account and region, which holds its password of the moment. */
export function getSecretValue(sandbox: Sandbox, { accountId }: Caller, region: string, secretId: string): object {
  const [, namedRegion = region, namedAccount = accountId, user, suffix] = ID.exec(secretId) ?? [];
  const file = user === undefined ? "" : passwordFile(sandbox, user);
  const isHere = namedRegion === REGION && region === REGION && namedAccount === ACCOUNT_ID && accountId === ACCOUNT_ID;
  const isWhole = secretId.startsWith("arn:") === (suffix !== undefined);
  if (user === undefined || !isHere || !isWhole || !existsSync(file)) {
    throw new AwsError("ResourceNotFoundException", 400, "Secrets Manager can't find the specified secret.");
  }
  return {
    ARN: `arn:aws:secretsmanager:${REGION}:${ACCOUNT_ID}:secret:AmazonMSK_${user}-SANDBX`,
    Name: `AmazonMSK_${user}`,
    SecretString: JSON.stringify({ username: user, password: readFileSync(file, "utf8").trim() }),
    VersionStages: ["AWSCURRENT"],
  };
}
