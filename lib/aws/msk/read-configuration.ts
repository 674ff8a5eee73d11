import { DescribeConfigurationRevisionCommand } from "@aws-sdk/client-kafka";
import { ask } from "@/lib/aws/link/ask";
import type { AwsLink } from "@/lib/aws/link/open-link";
import type { Reading } from "@/lib/domain/facts";
import { parseProperties } from "./parse-properties";

/** The server properties of a custom configuration, by its ARN and revision. */
export async function readConfiguration(link: AwsLink, arn: string, revision: number): Promise<Reading<Record<string, string> | null>> {
  const target = { operation: "DescribeConfigurationRevision", arn } as const;
  const answer = await ask(link, target, ({ kafka, abortSignal }) =>
    kafka.send(new DescribeConfigurationRevisionCommand({ Arn: arn, Revision: revision }), { abortSignal }),
  );
  if (!answer.ok) return { value: null, problems: [answer.problem] };
  const bytes = answer.value.ServerProperties;
  if (bytes !== undefined) return { value: parseProperties(new TextDecoder().decode(bytes)), problems: [] };
  const message = `Revision ${revision} of the configuration came without its properties.`;
  return { value: null, problems: [{ code: "invalid", operation: target.operation, message }] };
}
