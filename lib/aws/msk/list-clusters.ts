import { ListClustersV2Command } from "@aws-sdk/client-kafka";
import type { AwsLink } from "@/lib/aws/link/open-link";
import type { Reading } from "@/lib/domain/facts";
import type { MskCluster } from "@/lib/domain/msk-facts";
import { mapCluster } from "./map-cluster";
import { PAGE_SIZE, readList } from "./read-list";

/** Every cluster of the account in the region, of all kinds. */
export async function listClusters(link: AwsLink): Promise<Reading<MskCluster[] | null>> {
  const reading = await readList(link, { operation: "ListClustersV2" }, async ({ kafka, abortSignal }, token) => {
    const answer = await kafka.send(new ListClustersV2Command({ MaxResults: PAGE_SIZE, ...token }), { abortSignal });
    return { items: answer.ClusterInfoList ?? [], next: answer.NextToken };
  });
  const value = reading.value?.flatMap((cluster) => mapCluster(cluster) ?? []) ?? null;
  return { value, problems: reading.problems };
}
