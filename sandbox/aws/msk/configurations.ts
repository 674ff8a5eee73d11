import { notFound } from "@/sandbox/aws/http/aws-error";
import type { MskCall } from "./call";
import { clusterOf, clustersOf, paged, tokenField } from "./call";

export function describeConfigurationRevision(call: MskCall) {
  const { arn = "", revision } = call.path;
  const owner = clustersOf(call).find(({ configuration }) => configuration?.arn === arn);
  if (owner?.configuration === null || owner === undefined || revision !== "1")
    throw notFound("The configuration revision you requested doesn't exist.", "arn");
  return {
    arn,
    creationTime: owner.createdAt,
    description: `Of ${owner.name}`,
    revision: 1,
    serverProperties: Buffer.from(owner.configuration.serverProperties).toString("base64"),
  };
}

/** Newest first, as in November 2026. */
const VERSIONS = [
  "4.1.x.kraft",
  "4.0.x.kraft",
  "3.9.x.kraft",
  "3.9.x",
  "3.8.x.kraft",
  "3.8.x",
  "3.7.x.kraft",
  "3.7.x",
  "3.6.0",
  "2.8.2.tiered",
];

export function listKafkaVersions(call: MskCall) {
  const page = paged(call, "versions", VERSIONS, (version) => version);
  const kafkaVersions = page.items.map((version) => ({ version, status: /^(3\.[67]|2)\./.test(version) ? "DEPRECATED" : "ACTIVE" }));
  return { kafkaVersions, ...tokenField(page) };
}

/** One secret a SCRAM user; with AWS the user's name is only inside the secret, here its name shows it. */
export async function listScramSecrets(call: MskCall) {
  const cluster = clusterOf(call);
  const arns = (await cluster.scramUsers()).map(
    (user) => `arn:aws:secretsmanager:${cluster.region}:${cluster.accountId}:secret:AmazonMSK_${user}-SANDBX`,
  );
  const page = paged(call, `secrets ${cluster.arn}`, arns, (arn) => arn);
  return { secretArnList: page.items, ...tokenField(page) };
}
