import { ListScramSecretsCommand } from "@aws-sdk/client-kafka";
import type { AwsLink } from "@/lib/aws/link/open-link";
import type { Reading } from "@/lib/domain/facts";
import { PAGE_SIZE, readList } from "./read-list";

/** The ARNs of the secrets that hold SCRAM users. The names of the users are inside the secrets, which the console does not read. */
export function readScramSecrets(link: AwsLink, arn: string): Promise<Reading<string[] | null>> {
  return readList(link, { operation: "ListScramSecrets", arn }, async ({ kafka, abortSignal }, token) => {
    const command = new ListScramSecretsCommand({ ClusterArn: arn, MaxResults: PAGE_SIZE, ...token });
    const answer = await kafka.send(command, { abortSignal });
    return { items: answer.SecretArnList ?? [], next: answer.NextToken };
  });
}
