import { GetBootstrapBrokersCommand, type GetBootstrapBrokersResponse } from "@aws-sdk/client-kafka";
import { ask } from "@/lib/aws/link/ask";
import type { AwsLink } from "@/lib/aws/link/open-link";
import type { Reading } from "@/lib/domain/facts";
import type { MskBootstrap } from "@/lib/domain/msk-facts";

const WAYS: Record<keyof MskBootstrap, keyof GetBootstrapBrokersResponse> = {
  plaintext: "BootstrapBrokerString",
  tls: "BootstrapBrokerStringTls",
  scram: "BootstrapBrokerStringSaslScram",
  iam: "BootstrapBrokerStringSaslIam",
  publicTls: "BootstrapBrokerStringPublicTls",
  publicScram: "BootstrapBrokerStringPublicSaslScram",
  publicIam: "BootstrapBrokerStringPublicSaslIam",
};

/** The addresses of the ways in that are turned on. */
export async function readBootstrap(link: AwsLink, arn: string): Promise<Reading<MskBootstrap | null>> {
  const answer = await ask(link, { operation: "GetBootstrapBrokers", arn }, ({ kafka, abortSignal }) =>
    kafka.send(new GetBootstrapBrokersCommand({ ClusterArn: arn }), { abortSignal }),
  );
  if (!answer.ok) return { value: null, problems: [answer.problem] };
  const bootstrap: MskBootstrap = {};
  for (const [way, field] of Object.entries(WAYS) as [keyof MskBootstrap, keyof GetBootstrapBrokersResponse][]) {
    const addresses = (answer.value[field] ?? "").split(",").map((address) => address.trim());
    const given = addresses.filter((address) => address !== "");
    if (given.length > 0) bootstrap[way] = given;
  }
  return { value: bootstrap, problems: [] };
}
