import type { WriteWay } from "@/lib/domain/change/facts";
import type { ResolvedConnection } from "@/lib/domain/connection";
import { hasTopicApi } from "@/lib/domain/msk-cluster";
import type { ClusterSnapshot } from "@/lib/domain/snapshot";

export interface WriteWays {
  topicsBy: WriteWay;
  quotasBy: WriteWay;
}

/**
 * How a cluster's topics and quotas are changed. Brokers that are reached are asked themselves; a cluster that only AWS shows takes
 * topics through MSK's UpdateTopic, and no quotas: MSK has no call for them, and serverless clusters have none at all.
 */
export function writeWays(snapshot: ClusterSnapshot, connection: ResolvedConnection): WriteWays {
  const msk = snapshot.msk?.cluster ?? null;
  const reached = connection.bootstrap.length > 0 && snapshot.metadataFrom === "kafka";
  const serverless = msk?.kind === "serverless";
  const noBrokers: WriteWay = {
    by: null,
    reason: `The brokers of ${snapshot.name} are not reached from here.`,
    wayOut: "Give its connection a way to the brokers: addresses, a sign-in and an open port.",
  };
  const noQuotas: WriteWay = {
    by: null,
    reason: "Serverless clusters have no quotas.",
    wayOut: "A provisioned cluster has them; AWS's own limits hold here.",
  };
  return {
    topicsBy: reached ? { by: "kafka" } : connection.msk !== null && msk !== null && hasTopicApi(msk) ? { by: "msk" } : noBrokers,
    quotasBy: serverless ? noQuotas : reached ? { by: "kafka" } : noBrokers,
  };
}
