import { createHash } from "node:crypto";
import { clusterId } from "./broker";
import type { Cluster } from "./topology";

/** The account and region that the sandbox's AWS side plays. */
export const ACCOUNT_ID = "123456789012";
export const REGION = "us-east-1";

/** A cluster's ARN: the same for as long as its data is kept. */
export const clusterArn = (cluster: Cluster) => mskArn("cluster", cluster.id, clusterId(cluster));

/** The ARN of something of MSK's; its unique part is derived from `seed` in MSK's form. */
export function mskArn(type: string, name: string, seed: string, accountId = ACCOUNT_ID, region = REGION): string {
  return `arn:aws:kafka:${region}:${accountId}:${type}/${name}/${uuidOf(`${type} ${name} ${seed}`)}-7`;
}

/** A UUID that is always the same for the same words. */
export function uuidOf(words: string): string {
  const hex = createHash("sha256").update(words).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
