import type { Estate, MskCluster } from "@/sandbox/aws/estate/cluster";
import { AwsError } from "@/sandbox/aws/http/aws-error";
import type { Caller } from "@/sandbox/aws/sts/sessions";

/** The keys of the estate are those of its clusters: by ARN or id, and Amazon MSK's own by its alias. */
export function describeKey({ clusters }: Estate, { accountId }: Caller, region: string, keyId: string): object {
  const own = clusters.filter((cluster) => cluster.accountId === accountId && cluster.region === region);
  const found = own.find((cluster) => goesBy(cluster, keyId));
  if (found === undefined || found.kmsKeyArn === null) throw new AwsError("NotFoundException", 400, `Key '${keyId}' does not exist`);
  const { kmsKeyArn: arn, keyManager, createdAt } = found;
  return {
    KeyMetadata: {
      AWSAccountId: accountId,
      Arn: arn,
      KeyId: arn.split("/").at(-1),
      CreationDate: Date.parse(createdAt) / 1_000,
      Description: "",
      Enabled: true,
      KeyManager: keyManager,
      KeySpec: "SYMMETRIC_DEFAULT",
      KeyState: "Enabled",
      KeyUsage: "ENCRYPT_DECRYPT",
      MultiRegion: false,
      Origin: "AWS_KMS",
    },
  };
}

function goesBy({ kmsKeyArn, keyManager }: MskCluster, keyId: string): boolean {
  return kmsKeyArn === keyId || kmsKeyArn?.split("/").at(-1) === keyId || (keyManager === "AWS" && keyId === "alias/aws/kafka");
}
