import { describeUserScramCredentialsV0 } from "@platformatic/kafka";
import type { Cluster } from "@/sandbox/kafka/topology";
import { askAnyBroker, whole } from "./ask";

/** Names of the SCRAM users of a cluster. */
export async function readScramUsers(cluster: Cluster): Promise<string[]> {
  const answer = await askAnyBroker(cluster, (connection) => whole(describeUserScramCredentialsV0.api.async(connection, null)));
  return answer.results.map(({ user }) => user).toSorted();
}
